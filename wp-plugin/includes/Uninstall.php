<?php

declare( strict_types=1 );

namespace Everypod;

use Everypod\Delivery\AnswerTrust;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Delivery\RetrySchedule;
use Everypod\Outbox\Schema;
use Everypod\Outbox\Sweep;
use Everypod\Read\SiteKey;
use Everypod\Settings\Settings;

/** Removes everything that the plugin has stored: the outbox, the settings, the cron events. */
final class Uninstall {

	public static function run(): void {
		if ( ! is_multisite() ) {
			self::this_site();
			return;
		}
		Sites::each( self::this_site( ... ) );
	}

	/**
	 * A site that is deleted from a network takes its tables with it. WordPress knows only its own.
	 *
	 * @param array<string> $tables
	 * @return array<string>
	 */
	public static function wpmu_drop_tables( array $tables, int $site_id ): array {
		return array( ...$tables, ...Schema::tables_of( $site_id ) );
	}

	private static function this_site(): void {
		Schema::drop();
		RetrySchedule::clear();
		delete_option( Settings::OPTION );
		array_map( delete_option( ... ), Settings::FORMER_OPTIONS );
		delete_option( Sweep::MARK_OPTION );
		AnswerTrust::forget();
		BridgeProtocol::forget();
		SiteKey::forget();
	}
}
