<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\BridgeProtocol;
use Everypod\Delivery\RetrySchedule;
use Everypod\Hooks;
use Everypod\Outbox\Outbox;
use Everypod\Outbox\Row;
use Everypod\Outbox\Rows;
use Everypod\Outbox\Schema;
use Everypod\Outbox\Subjects;
use Everypod\Plugin;
use Everypod\Settings\BridgeUrl;
use Everypod\Settings\Settings;
use Everypod\Tests\Harness\BaseTestCase;
use Everypod\Tests\Harness\Hooked;
use Everypod\Tests\Harness\Network;
use Everypod\Tests\Harness\TestClock;
use WP_Post;
use WP_REST_Request;
use WP_REST_Response;

/** A WordPress with the plugin, connected to a bridge; whatever a test changes is rolled back. */
abstract class TestCase extends BaseTestCase {

	protected const SECRET = 'whsec_ZXZlcnlwb2QtZ29sZGVuLWZpeHR1cmUtc2VjcmV0LTI=';

	protected TestClock $clock;
	protected Network $network;
	protected Outbox $outbox;
	protected Plugin $plugin;

	/** @var array<string, string> what wp-config.php defines */
	protected array $constants = array(
		'EVERYPOD_BRIDGE_URL' => 'https://bridge.example.com:8443',
		'EVERYPOD_SECRET'     => self::SECRET,
	);

	/** @var array<string, list<string>> what DNS says, where it says something else than 203.0.113.9 */
	protected array $names = array(
		'rebound.example.com'  => array( '127.0.0.1' ),
		'rebound6.example.com' => array( '::1' ),
		'both.example.com'     => array( '203.0.113.9', 'fe80::1' ),
	);

	/** What WordPress writes down as the time of a save, where it is not the machine's. */
	protected ?string $saves_at = null;

	/** Those of other plugins, each by what stands in it: made and dropped around a test, since MySQL rolls no table back. @return array<string, string> */
	protected function tables(): array {
		return array();
	}

	protected function setUp(): void {
		global $wpdb;
		foreach ( $this->tables() as $name => $columns ) {
			$wpdb->query( "CREATE TABLE $wpdb->prefix$name ( $columns )" );
		}
		$wpdb->query( 'START TRANSACTION' );
		$this->clock   = new TestClock();
		$this->network = new Network();
		$this->outbox  = new Outbox();
		wp_set_current_user( 1 );
		$this->new_request();
	}

	protected function tearDown(): void {
		global $wpdb;
		Hooked::reset();
		$wpdb->query( 'ROLLBACK' );
		foreach ( array_keys( $this->tables() ) as $name ) {
			$wpdb->query( "DROP TABLE $wpdb->prefix$name" );
		}
		wp_cache_flush();
		wp_set_current_user( 0 );
	}

	/** Everything that the plugin keeps in memory ends with a request. */
	protected function new_request(): void {
		Hooked::reset();
		$GLOBALS['wp_rest_server'] = null;
		$this->network->listen();
		foreach ( array( 'wp_insert_post_data', 'wp_insert_attachment_data' ) as $saved ) {
			add_filter( $saved, fn( array $data ) => null === $this->saves_at ? $data : array( 'post_modified_gmt' => $this->saves_at, 'post_modified' => $this->saves_at ) + $data );
		}
		$this->plugin = new Plugin( dirname( __DIR__, 2 ) . '/everypod.php', $this->settings(), $this->clock );
		( new Hooks( $this->plugin ) )->register();
	}

	protected function settings(): Settings {
		return new Settings(
			fn( string $name ) => $this->constants[ $name ] ?? '',
			new BridgeUrl( fn( string $host ) => $this->names[ $host ] ?? array( '203.0.113.9' ) )
		);
	}

	/** What PHP does after the last line of a request, and then a new request. */
	protected function end_request(): void {
		$this->plugin->quiet->shutdown();
		$this->plugin->request_end->shutdown();
		$this->new_request();
	}

	protected function run_cron(): void {
		do_action( RetrySchedule::HOOK );
		$this->new_request();
	}

	/** @return list<Row> oldest first */
	protected function rows(): array {
		$this->plugin->intake->write();
		$rows = ( new Rows() )->page( 1, 1000 );
		usort( $rows, static fn( Row $one, Row $other ) => $one->id <=> $other->id );
		return $rows;
	}

	/** The events that were made since the last call, each as "change: target, target …" in data. @return list<array<string, mixed>> */
	protected function events(): array {
		return array_map( static fn( Row $row ) => json_decode( $row->body, true )['data'], $this->rows() );
	}

	/** @return list<string> of every subject of every event */
	protected function changes(): array {
		$rows     = $this->rows();
		$subjects = Subjects::of( $rows );
		return array_merge( array(), ...array_map( static fn( Row $row ) => isset( $subjects[ $row->id ] ) ? array_column( $subjects[ $row->id ], 'change' ) : array( $row->change_name ), $rows ) );
	}

	/** @return list<string> every target of every event, as "path /a/" or "tag wp:post:1" */
	protected function targets(): array {
		$keys = array();
		foreach ( $this->events() as $event ) {
			foreach ( $event['targets'] as $target ) {
				$kind   = $target['scope'] ?? array_key_first( $target );
				$keys[] = $kind . ' ' . reset( $target );
			}
		}
		return $keys;
	}

	/** Ends the request and forgets its events, so that a test sees only what comes after. */
	protected function forget(): void {
		global $wpdb;
		$this->new_request();
		$wpdb->query( 'DELETE FROM ' . Schema::table() );
		$this->network->requests = array();
	}

	protected function given_a_bridge_of_the_third_protocol(): void {
		update_option( BridgeProtocol::OPTION, '3 https://bridge.example.com:8443' );
	}

	/** @param array<string, mixed> $fields */
	protected function given_post( array $fields = array() ): WP_Post {
		$id = wp_insert_post(
			$fields + array(
				'post_title'   => 'Hello',
				'post_name'    => 'hello',
				'post_content' => 'Words.',
				'post_status'  => 'publish',
				'post_author'  => 1,
			),
			true
		);
		self::assertTrue( is_int( $id ) );
		$this->forget();
		return get_post( $id );
	}

	protected function given_category( string $name, int $parent = 0 ): int {
		$term = wp_insert_term( $name, 'category', array( 'parent' => $parent ) );
		$this->forget();
		return (int) $term['term_id'];
	}

	protected function given_user( string $role, string $login ): int {
		$id = wp_insert_user(
			array(
				'user_login'   => $login,
				'user_pass'    => 'password',
				'user_email'   => "$login@example.com",
				'display_name' => ucfirst( $login ),
				'role'         => $role,
			)
		);
		self::assertTrue( is_int( $id ) );
		return $id;
	}

	/** @param array<string, mixed> $body */
	protected function rest( string $method, string $route, array $body = array() ): WP_REST_Response {
		$request = new WP_REST_Request( $method, $route );
		if ( 'GET' === $method ) {
			$request->set_query_params( $body );
		} elseif ( array() !== $body ) {
			$request->set_header( 'content-type', 'application/json' );
			$request->set_body( json_encode( $body ) );
		}
		return rest_do_request( $request );
	}
}
