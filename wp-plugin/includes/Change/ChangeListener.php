<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\Targets;

/** Who is told of changes. */
interface ChangeListener {

	/** May be told several times of one subject in one request; the targets add up. */
	public function changed( Change $change, Targets $targets ): Taken;
}
