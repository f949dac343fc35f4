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
	 * @param Targets|null  $for_now  what more is told until it is known how the change has ended, which is said by other ones or
	 *                                none; null leaves what was said before
	 */
	public function changed( Change $change, Targets $targets, ?Evidence $evidence = null, ?Targets $for_now = null ): Taken;
}
