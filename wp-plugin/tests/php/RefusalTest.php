<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Tests\Harness\Network;

/** Who refuses, and why: the bridge itself, or something in front of it or in its place. */
final class RefusalTest extends TestCase {

	/** @return array<string, array{int, array<string, mixed>|string, array<string, string>, string}> */
	public static function answers_to_an_event(): array {
		$basic = array( 'www-authenticate' => 'Basic realm="Staging"' );
		$core  = array( 'code' => 'rest_forbidden', 'message' => 'No.', 'data' => array( 'status' => 401 ) );
		return array(
			'A20 the bridge itself'             => array( 401, Network::problem( 'unauthorized' ), array(), 'refused-secret' ),
			'A20 basic auth'                    => array( 401, '<h1>401</h1>', $basic, 'asks-for-login' ),
			'A20 basic auth, in JSON'           => array( 401, array( 'detail' => 'No.' ), $basic, 'asks-for-login' ),
			'A20 digest'                        => array( 401, '', array( 'www-authenticate' => 'Digest realm="x", nonce="y"' ), 'asks-for-login' ),
			'A20 a 401 of anybody'              => array( 401, '', array(), 'asks-for-login' ),
			'A20 a WordPress in its place'      => array( 401, $core, array(), 'asks-for-login' ),
			'A20 a problem of somebody else'    => array( 401, array( 'type' => 'about:blank', 'detail' => 'No.' ), array(), 'asks-for-login' ),
			'A20 a problem that is no text'     => array( 401, array( 'type' => array( 'urn:everypod:problem:unauthorized' ) ), array(), 'asks-for-login' ),
			'A20 the proxy that WordPress uses' => array( 407, '', array( 'proxy-authenticate' => 'Basic' ), 'asks-for-login' ),
			'A20 a login page'                  => array( 302, '', array( 'location' => 'https://login.example.com/' ), 'bad-answer' ),
			'A20 another server'                => array( 404, '<h1>Not found</h1>', array(), 'bad-answer' ),
			'A20 another program, in JSON'      => array( 404, array( 'error' => 'no such route' ), array(), 'bad-answer' ),
			'A20 the bridge, by another path'   => array( 404, Network::problem( 'unknown-route' ), array(), 'path-changed' ),
			'A20 an event it cannot read'       => array( 400, Network::problem( 'bad-request' ), array(), 'malformed' ),
			'A20 a firewall'                    => array( 400, '<h1>Bad request</h1>', array(), 'refused-event' ),
		);
	}

	/**
	 * @dataProvider answers_to_an_event
	 * @param array<string, mixed>|string $body
	 * @param array<string, string>       $headers
	 */
	public function test_a20_the_reason_names_who_refuses( int $status, array|string $body, array $headers, string $code ): void {
		$this->network->answers( $status, $body, $headers );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$problem = $this->rows()[0]->problem;
		self::assertSame( $code, $problem->code->value );
		if ( 'refused-secret' !== $code ) {
			self::assertStringNotContainsString( 'secret', $problem->message() . $problem->advice( $this->settings() ) );
		}
	}

	public function test_a20_an_administrator_reads_what_kind_of_login_is_asked_for(): void {
		$this->network->answers( 401, '', array( 'www-authenticate' => 'Basic realm="Staging"' ) );
		$problem = $this->rest( 'GET', '/everypod/v1/pods' )->get_data()['problem'];
		self::assertSame( 'asks-for-login', $problem['code'] );
		self::assertStringContainsString( 'Basic realm="Staging"', $problem['message'] );
	}

	/** @return array<string, array{array<string, mixed>, string}> */
	public static function answers_to_the_probe(): array {
		return array(
			'A20 what is posted is trusted'     => array( Network::response( 400, Network::problem( 'bad-request' ) ), 'path-changed' ),
			'A20 what is posted is not, either' => array( Network::response( 401, Network::problem( 'unauthorized' ) ), 'refused-secret' ),
			'A20 a firewall refuses the probe'  => array( Network::response( 403, 'Blocked' ), 'refused-secret' ),
			'A20 the bridge stops just then'    => array( Network::response( 503, Network::problem( 'stopping' ) ), 'refused-secret' ),
		);
	}

	/**
	 * A proxy that takes off a prefix, or adds a query, changes what a GET has signed, and nothing of a POST.
	 *
	 * @dataProvider answers_to_the_probe
	 * @param array<string, mixed> $to_the_probe
	 */
	public function test_a20_a_path_that_a_proxy_changes_is_not_taken_for_a_wrong_secret( array $to_the_probe, string $code ): void {
		$this->network->answer = static fn( array $request ) => 'GET' === $request['method'] ? Network::response( 401, Network::problem( 'unauthorized' ) ) : $to_the_probe;
		self::assertSame( $code, $this->rest( 'GET', '/everypod/v1/pods' )->get_data()['problem']['code'] );
		self::assertSame( array( 'GET /v1/pods', 'POST /v1/events' ), $this->network->lines() );
		self::assertSame( '{}', $this->network->requests[1]['body'] );
	}

	public function test_a20_a_report_behind_such_a_proxy_has_the_same_reason(): void {
		$this->network->answer = static fn( array $request ) => match ( true ) {
			'GET' === $request['method'] => Network::response( 401, Network::problem( 'unauthorized' ) ),
			'{}' === $request['body']    => Network::response( 400, Network::problem( 'bad-request' ) ),
			default                      => Network::response( 202, Network::report( $request['headers']['webhook-id'], array( 'final' => false ) ) ),
		};
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$this->clock->now += 60;
		$this->run_cron();
		self::assertSame( 'path-changed', $this->rows()[0]->problem->code->value );
	}

	/** @return array<string, array{array<string, mixed>|string, string}> */
	public static function answers_without_a_report(): array {
		return array(
			'A20 the bridge has forgotten it' => array( Network::problem( 'unknown-event' ), 'forgotten' ),
			'A20 another server'              => array( '<h1>Not found</h1>', 'bad-answer' ),
			'A20 the bridge, by another path' => array( Network::problem( 'unknown-route' ), 'path-changed' ),
		);
	}

	/**
	 * @dataProvider answers_without_a_report
	 * @param array<string, mixed>|string $body
	 */
	public function test_a20_only_the_bridge_can_have_forgotten_an_event( array|string $body, string $code ): void {
		$this->network->answer = static fn( array $request ) => Network::response( 202, Network::report( $request['headers']['webhook-id'], array( 'final' => false ) ) );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$this->network->answers( 404, $body );
		$this->clock->now += 60;
		$this->run_cron();
		self::assertSame( $code, $this->rows()[0]->problem->code->value );
	}

	public function test_a20_nothing_is_translated_where_other_plugins_ask_for_the_schedules_early(): void {
		$asked = array();
		add_filter(
			'gettext_everypod',
			static function ( string $text ) use ( &$asked ): string {
				$asked[] = $text;
				return $text;
			}
		);
		self::assertArrayHasKey( 'everypod_minute', wp_get_schedules() );
		self::assertSame( array(), $asked );
	}

	public function test_a20_cron_waits_ten_seconds_for_an_attempt_a_save_two_of_which_one_to_connect(): void {
		$this->network->is_down();
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$this->clock->now += 60;
		$this->run_cron();
		self::assertSame( array( 2.0, 10.0 ), array_map( static fn( array $request ) => $request['arguments']['timeout'], $this->network->requests ) );
	}
}
