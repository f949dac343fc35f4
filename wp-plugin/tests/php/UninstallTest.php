<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\RetrySchedule;
use Everypod\Outbox\Schema;
use Everypod\Settings\Settings;

final class UninstallTest extends TestCase {

	public function test_uninstalling_leaves_nothing_behind(): void {
		global $wpdb;
		$this->constants = array();
		$this->settings()->save( url: 'https://bridge.example.com' );
		$this->settings()->save( secret: self::SECRET );
		$this->plugin->init();
		self::assertSame( Schema::table(), $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', Schema::table() ) ) );

		define( 'WP_UNINSTALL_PLUGIN', 'everypod/everypod.php' );
		require dirname( __DIR__, 2 ) . '/uninstall.php';

		self::assertNull( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', Schema::table() ) ) );
		wp_cache_flush();
		self::assertSame( array(), $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%everypod%'" ) );
		self::assertFalse( get_option( Settings::SECRET_OPTION ) );
		self::assertFalse( wp_next_scheduled( RetrySchedule::HOOK ) );
	}
}
