<?php

declare( strict_types=1 );

namespace Everypod;

/** Where the plugin gets the time from; tests bring their own. */
interface Clock {

	/** Seconds since 1970, UTC. */
	public function now(): int;

	/** Seconds of a clock that only goes forward, for measuring how long something takes. */
	public function elapsed(): float;
}
