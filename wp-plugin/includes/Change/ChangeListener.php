<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Event\Evidence;
use Everypod\Target\Targets;

/** Who is told of changes. */
interface ChangeListener {

	/**
	 * May be told several times of one subject in one request; the targets add up.
	 *
	 * @param Evidence|null $evidence null leaves what was said of it before
	 */
	public function changed( Change $change, Targets $targets, ?Evidence $evidence = null ): Taken;
}
