<?php

declare( strict_types=1 );

namespace Everypod;

use Everypod\Delivery\AnswerTrust;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Delivery\RetrySchedule;
use Everypod\Outbox\Schema;

/** Ends the retry, and lets the next activation look at the outbox's table and the bridge's answers anew. What waits stays. */
final class Deactivation {

	/** @param bool $network_wide as WordPress passes it: switched off for every site at once */
	public static function run( bool $network_wide = false ): void {
		if ( $network_wide && is_multisite() ) {
			Sites::each( self::this_site( ... ) );
			return;
		}
		self::this_site();
	}

	private static function this_site(): void {
		RetrySchedule::clear();
		Schema::distrust();
		AnswerTrust::forget();
		BridgeProtocol::forget();
	}
}
