<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Limits;

/** How long an event waits before it is tried again. */
final class Backoff {

	/** @param int $attempts how many have failed, at least one */
	public static function seconds( int $attempts ): int {
		// Beyond this many doublings the result is the longest wait anyway.
		$doublings = min( max( $attempts - 1, 0 ), 16 );
		return min( Limits::FIRST_RETRY_SECONDS * 2 ** $doublings, Limits::LAST_RETRY_SECONDS );
	}
}
