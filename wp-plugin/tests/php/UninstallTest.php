<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\AnswerTrust;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Delivery\RetrySchedule;
use Everypod\Outbox\Schema;
use Everypod\Settings\Settings;

final class UninstallTest extends TestCase {

	/** MySQL brings back no table, and drops none without keeping what was written before. */
	protected function tearDown(): void {
		parent::tearDown();
		Schema::drop();
		Schema::ensure();
	}

	public function test_a_site_that_a_network_deletes_takes_its_outbox_with_it(): void {
		self::assertSame( array( 'wp_posts', Schema::table(), Schema::subjects() ), apply_filters( 'wpmu_drop_tables', array( 'wp_posts' ), 1 ) );
	}

	public function test_deactivating_ends_the_retry_and_keeps_what_waits(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->plugin->init();
		// phpcs:ignore WordPress.NamingConventions.ValidHookName.UseUnderscores -- As WordPress names it.
		do_action( 'deactivate_' . plugin_basename( dirname( __DIR__, 2 ) . '/everypod.php' ), false );
		self::assertFalse( wp_next_scheduled( RetrySchedule::HOOK ) );
		self::assertCount( 1, $this->rows() );
	}

	public function test_uninstalling_leaves_nothing_behind(): void {
		global $wpdb;
		$this->constants = array();
		$this->settings()->save( url: 'https://bridge.example.com' );
		$this->settings()->save( secret: self::SECRET );
		update_option( AnswerTrust::OPTION, 'https://bridge.example.com' );
		update_option( BridgeProtocol::OPTION, 'https://bridge.example.com' );
		$this->plugin->init();
		self::assertSame( Schema::table(), $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', Schema::table() ) ) );

		define( 'WP_UNINSTALL_PLUGIN', 'everypod/everypod.php' );
		require dirname( __DIR__, 2 ) . '/uninstall.php';

		self::assertNull( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', Schema::table() ) ) );
		wp_cache_flush();
		self::assertSame( array(), $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%everypod%'" ) );
		self::assertFalse( get_option( Settings::OPTION ) );
		self::assertFalse( wp_next_scheduled( RetrySchedule::HOOK ) );
	}
}
