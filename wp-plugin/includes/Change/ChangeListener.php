<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Closure;
use Everypod\Event\Evidence;
use Everypod\Target\Targets;

/** Who is told of changes. */
interface ChangeListener {

	/**
	 * May be told several times of one subject in one request; the targets add up.
	 *
	 * @param Targets|Closure $targets  or, where many small changes are told of one subject, what looks them up once
	 * @param Evidence|null   $evidence null leaves what was said of it before
	 * @param Targets|null    $for_now  what more is told until it is known how the change has ended, which is said by other ones or
	 *                                  none; null leaves what was said before
	 * @phpstan-param Targets|Closure(): Targets $targets
	 */
	public function changed( Change $change, Targets|Closure $targets, ?Evidence $evidence = null, ?Targets $for_now = null ): Taken;

	/**
	 * What came to nothing was not told of, where that was all that this request has told of a subject.
	 *
	 * @return bool false where more was
	 */
	public function take_back( Subject $subject ): bool;

	/**
	 * Writes down what was told and still waits for more of its request.
	 *
	 * @return bool false where it can't be, and is lost unless somebody tells of it again
	 */
	public function write(): bool;
}
