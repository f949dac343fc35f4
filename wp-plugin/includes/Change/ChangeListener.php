<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\Targets;

/** Who is told of changes. */
interface ChangeListener {

	/** May be told several times of one subject in one request; the targets add up. */
	/** @return bool false when it could not be written down, and is lost unless somebody tells of it again */
	public function changed( Change $change, Targets $targets ): bool;
}
