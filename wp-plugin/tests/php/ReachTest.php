<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\ProblemCode;
use Everypod\Settings\Settings;
use Everypod\Tests\Harness\Network;
use Everypod\Tests\Harness\Server;
use WpOrg\Requests\Transport\Curl;
use WpOrg\Requests\Transport\Fsockopen;

/** What is really connected to, over real sockets: by either transport that WordPress has. */
final class ReachTest extends TestCase {

	/** @var list<Server> */
	private array $servers = array();

	/** @var list<string> */
	private array $files = array();

	protected function tearDown(): void {
		array_map( static fn( Server $server ) => $server->stop(), $this->servers );
		array_map( unlink( ... ), $this->files );
		parent::tearDown();
	}

	/** @return array<string, array{string, string, string}> */
	public static function names_that_have_moved(): array {
		$cases = array();
		foreach ( array( 'cURL' => Curl::class, 'streams' => Fsockopen::class ) as $name => $transport ) {
			$cases[ "A19 $name, IPv4" ]         = array( $transport, '127.0.0.1', '127.0.0.1' );
			$cases[ "A19 $name, IPv6" ]         = array( $transport, '::1', '::1' );
			$cases[ "A19 $name, IPv4 in IPv6" ] = array( $transport, '127.0.0.1', '::ffff:127.0.0.1' );
		}
		return $cases;
	}

	/** @dataProvider names_that_have_moved */
	public function test_a19_a_name_that_leads_to_loopback_since_it_was_entered_is_not_connected_to( string $transport, string $listens, string $address ): void {
		if ( ! $this->on_real_sockets( $transport ) ) {
			return;
		}
		$server = $this->given_server( array( 'address' => str_contains( $listens, ':' ) ? "[$listens]" : $listens ) );
		$this->given_bridge_by_form( "http://bridge.example.com:$server->port" );
		$this->names['bridge.example.com'] = array( '203.0.113.9', $address );
		$this->save();
		self::assertSame( array(), $server->saw() );
		self::assertSame( ProblemCode::NearAddress, $this->rows()[0]->problem->code );
		self::assertStringContainsString( 'EVERYPOD_BRIDGE_URL', $this->rows()[0]->problem->advice( $this->settings() ) );
	}

	/** @return array<string, array{string}> */
	public static function transports(): array {
		return array(
			'A19 cURL'    => array( Curl::class ),
			'A19 streams' => array( Fsockopen::class ),
		);
	}

	/**
	 * Nothing is looked up a second time: the name has no address, and the one that was checked can't be connected to.
	 *
	 * @dataProvider transports
	 */
	public function test_a19_what_is_connected_to_is_the_address_that_was_checked( string $transport ): void {
		foreach ( array( '255.255.255.255', 'ff02::1' ) as $address ) {
			if ( ! $this->on_real_sockets( $transport ) ) {
				return;
			}
			$this->names['bridge.invalid'] = array( $address );
			$this->given_bridge_by_form( 'http://bridge.invalid.:8080' );
			$this->save();
			$problem = $this->rows()[0]->problem;
			self::assertSame( ProblemCode::Unreachable, $problem->code );
			self::assertMatchesRegularExpression( '/connect|reachable|permission|timed out/i', $problem->detail );
			self::assertDoesNotMatch( '/resolve|getaddrinfo/i', $problem->detail );
			$this->forget();
		}
	}

	public function test_a19_a_name_without_an_address_is_said_to_have_none(): void {
		$this->given_bridge_by_form( 'http://bridge.invalid:8080' );
		$this->names['bridge.invalid'] = array();
		$this->save();
		self::assertSame( array(), $this->network->requests );
		self::assertSame( 'unreachable', $this->rows()[0]->problem->code->value );
		self::assertStringContainsString( 'no address', $this->rows()[0]->problem->detail );
	}

	/** @dataProvider transports */
	public function test_a19_a_constant_may_name_loopback( string $transport ): void {
		if ( ! $this->on_real_sockets( $transport ) ) {
			return;
		}
		$server                                 = $this->given_server();
		$this->constants['EVERYPOD_BRIDGE_URL'] = "HTTP://LocalHost:$server->port";
		$this->save();
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	/** @return array<string, array{string, string}> */
	public static function certificates(): array {
		$cases = array();
		foreach ( array( 'cURL' => Curl::class, 'streams' => Fsockopen::class ) as $name => $transport ) {
			$cases[ "A19 $name, of nobody known" ]   = array( $transport, '' );
			$cases[ "A19 $name, for another name" ]  = array( $transport, 'DNS:other.example.com' );
			$cases[ "A19 $name, a file of no such" ] = array( $transport, 'not a certificate' );
		}
		return $cases;
	}

	/** @dataProvider certificates */
	public function test_a19_a_certificate_that_is_not_accepted_is_named_with_its_constant_and_nothing_is_sent( string $transport, string $trusted_for ): void {
		if ( ! $this->on_real_sockets( $transport ) ) {
			return;
		}
		$certificate = $this->given_certificate( str_contains( $trusted_for, ':' ) ? $trusted_for : 'DNS:localhost' );
		$server      = $this->given_server( array( 'certificate' => $certificate ) );
		if ( '' !== $trusted_for ) {
			$this->constants['EVERYPOD_CA_FILE'] = str_contains( $trusted_for, ':' ) ? $certificate : __FILE__;
		}
		$this->constants['EVERYPOD_BRIDGE_URL'] = "https://localhost:$server->port";
		$this->save();
		$problem = $this->rows()[0]->problem;
		self::assertSame( 'certificate', $problem->code->value, $problem->detail );
		self::assertStringContainsString( 'EVERYPOD_CA_FILE', $problem->advice( $this->settings() ) );
		self::assertSame( array(), array_diff( $server->saw(), array( 'connected' ) ) );
	}

	/** @return array<string, array{string, string}> */
	public static function words_of_transports(): array {
		return array(
			'A19 unknown authority' => array( 'cURL error 60: SSL certificate problem: unable to get local issuer certificate', 'certificate' ),
			'A19 without words'     => array( 'cURL error 60: ', 'certificate' ),
			'A19 an older cURL'     => array( 'cURL error 51: SSL: no alternative certificate subject name matches target host name', 'certificate' ),
			'A19 expired'           => array( 'cURL error 60: SSL certificate problem: certificate has expired', 'certificate' ),
			'A19 a broken file'     => array( 'cURL error 77: error setting certificate verify locations:  CAfile: /x.pem', 'certificate' ),
			'A19 another build'     => array( 'cURL error 35: error:0A000086:SSL routines::certificate verify failed', 'certificate' ),
			'A19 streams'           => array( 'SSL certificate did not match the requested domain name', 'certificate' ),
			'A19 no TLS there'      => array( 'cURL error 35: error:0A00010B:SSL routines::wrong version number', 'unreachable' ),
			'A19 wants one of ours' => array( 'cURL error 56: OpenSSL SSL_read: tlsv13 alert certificate required', 'unreachable' ),
			'A19 nobody listens'    => array( 'cURL error 7: Failed to connect to 10.0.0.5 port 8080', 'unreachable' ),
			'A19 a number inside'   => array( 'cURL error 28: Connection timed out after 600 milliseconds', 'unreachable' ),
		);
	}

	/** @dataProvider words_of_transports */
	public function test_a19_a_certificate_is_known_by_the_words_of_each_transport( string $words, string $code ): void {
		$this->network->answer = static fn() => new \WP_Error( 'http_request_failed', $words );
		$this->save();
		self::assertSame( $code, $this->rows()[0]->problem->code->value );
	}

	public function test_a20_a_connection_of_one_and_a_half_seconds_is_left_by_the_save_and_delivered_by_cron(): void {
		if ( ! $this->on_real_sockets( Curl::class ) ) {
			return;
		}
		$certificate                            = $this->given_certificate( 'DNS:localhost' );
		$server                                 = $this->given_server( array( 'certificate' => $certificate, 'slow_ms' => 1_500 ) );
		$this->constants['EVERYPOD_CA_FILE']    = $certificate;
		$this->constants['EVERYPOD_BRIDGE_URL'] = "https://localhost:$server->port";
		$this->on_real_sockets( Curl::class );
		$started = hrtime( true );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		self::assertLessThan( 2.0, ( hrtime( true ) - $started ) / 1e9 );
		self::assertSame( 'unreachable', $this->rows()[0]->problem->code->value );

		$this->on_real_sockets( Curl::class );
		$this->clock->now += 5;
		$this->run_cron();
		self::assertSame( 'applied', $this->rows()[0]->state );
		self::assertSame( array( 'POST /v1/events HTTP/1.1' ), array_values( array_diff( $server->saw(), array( 'connected' ) ) ) );
	}

	public function test_a20_the_connection_test_waits_as_long_as_cron_and_says_that_saves_do_not(): void {
		if ( ! $this->on_real_sockets( Curl::class ) ) {
			return;
		}
		$server                                 = $this->given_server();
		$this->constants['EVERYPOD_BRIDGE_URL'] = "http://localhost:$server->port";
		$this->on_real_sockets( Curl::class );
		$steps = $this->rest( 'POST', '/everypod/v1/connection-test' )->get_data()['steps'];
		self::assertStringNotContainsString( 'cron', $steps[1]['message'] );

		$this->clock->elapses = 1.5;
		$steps                = $this->rest( 'POST', '/everypod/v1/connection-test' )->get_data()['steps'];
		self::assertTrue( $steps[1]['passed'] );
		self::assertMatchesRegularExpression( '/\d seconds.*cron/', $steps[1]['message'] );
	}

	/** A new request that goes out by this transport; false where there are no sockets to be had. */
	private function on_real_sockets( string $transport ): bool {
		if ( ! Server::can_run() ) {
			self::assertFalse( Server::can_run() );
			return false;
		}
		$this->new_request();
		remove_filter( 'pre_http_request', array( $this->network, 'pre_http_request' ) );
		add_action(
			'requests-requests.before_request',
			static function ( &$url, &$headers, &$data, &$type, &$options ) use ( $transport ): void {
				$options['transport'] = $transport;
			},
			10,
			5
		);
		return true;
	}

	/** @param array<string, mixed> $is */
	private function given_server( array $is = array() ): Server {
		$server          = new Server( $is );
		$this->servers[] = $server;
		return $server;
	}

	private function given_certificate( string $subject ): string {
		$file          = Server::certificate( $subject );
		$this->files[] = $file;
		return $file;
	}

	private function given_bridge_by_form( string $url ): void {
		$this->constants = array();
		self::assertNull( $this->settings()->save( $url, self::SECRET ) );
	}

	private function save(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->plugin->request_end->shutdown();
	}

	private static function assertDoesNotMatch( string $pattern, string $text ): void {
		self::assertSame( 0, preg_match( $pattern, $text ), $text );
	}
}
