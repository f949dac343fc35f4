<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use Everypod\Event\Secret;
use Everypod\Event\Signature;
use Everypod\Rest\Shapes;
use Everypod\Settings\Connection;
use Everypod\Settings\Destination;
use Everypod\Settings\Settings;
use Everypod\Tests\Harness\Network;
use Everypod\Tests\Harness\Pod;
use Everypod\Tests\Harness\Server;
use WP_REST_Response;
use WpOrg\Requests\Transport\Curl;
use WpOrg\Requests\Transport\Fsockopen;

/** Where there is no bridge, and events go to the pods through a load balancer. */
final class LoadBalancerTest extends TestCase {

	private const ROUTE = 'https://www.example.com' . Pod::ROUTE;
	private const OTHER = 'whsec_ZXZlcnlwb2QtZ29sZGVuLWZpeHR1cmUtc2VjcmV0LTM=';

	/** @var array<string, string> */
	protected array $constants = array(
		'EVERYPOD_DESTINATION' => 'load-balancer',
		'EVERYPOD_BRIDGE_URL'  => self::ROUTE,
		'EVERYPOD_SECRET'      => self::SECRET,
	);

	private ?Server $server = null;

	protected function tearDown(): void {
		$this->server?->stop();
		parent::tearDown();
	}

	/** @return array<string, array{string, string}> */
	public static function transports_and_routes(): array {
		return array(
			'B9 cURL'                            => array( Curl::class, Pod::ROUTE ),
			'B9 cURL, a route that ends in /'    => array( Curl::class, Pod::ROUTE . '/' ),
			'B9 streams'                         => array( Fsockopen::class, Pod::ROUTE ),
			'B9 streams, a route that ends in /' => array( Fsockopen::class, Pod::ROUTE . '/' ),
		);
	}

	/** @dataProvider transports_and_routes */
	public function test_b9_a_save_is_posted_to_the_route_as_it_stands_and_nothing_is_asked_afterwards( string $transport, string $route ): void {
		if ( ! $this->given_pod( array( 'route' => $route, 'states' => array( 'told', 'unreachable' ) ), $transport ) ) {
			return;
		}
		$this->constants['EVERYPOD_BRIDGE_URL'] = "http://localhost:{$this->server->port}$route";
		$post                                   = $this->save();
		self::assertSame( array( 'accepted', true, null ), array( $this->rows()[0]->state, $this->rows()[0]->is_final, $this->rows()[0]->problem ) );

		$this->on_real_sockets( $transport );
		$this->clock->now += 60;
		do_action( \Everypod\Delivery\RetrySchedule::HOOK );
		$delivery = $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" ), Shapes::post_delivery() )['delivery'];
		self::assertSame( array( 'load-balancer', 'accepted', true ), array( $delivery['destination'], $delivery['state'], $delivery['final'] ) );
		self::assertSame( array( 'told', 'unreachable' ), array_column( $delivery['report']['pods'], 'state' ) );
		self::assertSame( 1, $delivery['report']['counts']['told'] );

		$this->ok( $this->rest( 'GET', '/everypod/v1/deliveries' ), Shapes::deliveries() );
		$pods = $this->ok( $this->rest( 'GET', '/everypod/v1/pods' ), Shapes::pods() );
		self::assertNull( $pods['pods'] );
		self::assertSame( $delivery['report']['pods'], $pods['lastDelivery']['report']['pods'] );
		self::assertSame( array( 'connected', "POST $route HTTP/1.1" ), $this->server->saw() );
	}

	public function test_b9_the_connection_test_posts_its_event_and_counts_who_was_told(): void {
		if ( ! $this->given_pod( array(), Curl::class ) ) {
			return;
		}
		$tested = $this->ok( $this->rest( 'POST', '/everypod/v1/connection-test' ), Shapes::connection_test() );
		self::assertTrue( $tested['passed'] );
		self::assertSame( array( true, true ), array_column( $tested['steps'], 'passed' ) );
		self::assertStringContainsString( '2 of 2 pods were told', $tested['steps'][1]['message'] );
		self::assertSame( array( 'connected', 'POST ' . Pod::ROUTE . ' HTTP/1.1' ), $this->server->saw() );
		self::assertSame( array( 'connection.tested' ), $this->changes() );
	}

	public function test_b9_pods_that_take_longer_than_a_save_waits_are_heard_by_the_next_look_of_the_panel(): void {
		if ( ! $this->given_pod( array(), Curl::class, 2_300 ) ) {
			return;
		}
		$post = $this->save();
		self::assertSame( 'unreachable', $this->rows()[0]->problem->code->value );
		$this->on_real_sockets( Curl::class );
		$this->clock->now += 5;
		$delivery          = $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" ), Shapes::post_delivery() )['delivery'];
		self::assertSame( array( 'accepted', null ), array( $delivery['state'], $delivery['problem'] ) );
	}

	public function test_b9_the_connection_test_fails_where_a_pod_was_not_told(): void {
		$this->pods_answer( array( 'states' => array( 'told', 'refused', 'failed' ) ) );
		$tested = $this->ok( $this->rest( 'POST', '/everypod/v1/connection-test' ), Shapes::connection_test() );
		self::assertFalse( $tested['passed'] );
		self::assertStringContainsString( '1 of 3 pods were told', $tested['steps'][1]['message'] );
		self::assertStringContainsString( 'reason', $tested['steps'][1]['advice'] );
	}

	public function test_b9_what_no_pod_took_is_sent_again_under_the_same_id(): void {
		$this->network->is_down();
		$this->save();
		$waiting = $this->rows()[0];
		self::assertSame( array( 'waiting', 'unreachable' ), array( $waiting->state, $waiting->problem->code->value ) );
		$this->pods_answer();
		$this->clock->now += 5;
		$this->run_cron();
		self::assertSame( 'accepted', $this->rows()[0]->state );
		self::assertSame( array( $waiting->event_id, $waiting->event_id ), array_map( static fn( array $request ) => $request['headers']['webhook-id'], $this->network->requests ) );
		self::assertSame( array( $waiting->body, $waiting->body ), array_column( $this->network->requests, 'body' ) );
	}

	public function test_b9_what_no_pod_takes_for_three_days_is_given_up_and_can_be_sent_again(): void {
		$this->network->is_down();
		$this->save();
		$this->clock->now += 3 * 86_400;
		$this->run_cron();
		$row = $this->rows()[0];
		self::assertSame( 'dead', $row->state );
		$this->pods_answer();
		$delivery = $this->ok( $this->rest( 'POST', "/everypod/v1/deliveries/$row->event_id/retry" ), Shapes::delivery() );
		self::assertSame( array( 'load-balancer', 'accepted', true ), array( $delivery['destination'], $delivery['state'], $delivery['final'] ) );
	}

	/** @return array<string, array{callable(array<string, mixed>): array<string, mixed>, string}> */
	public static function answers_that_are_not_the_pods(): array {
		$pod    = static fn( array $changes ) => static fn( array $request ) => Pod::answer( $request, array( 'secret' => self::SECRET, 'changes' => $changes ) );
		$signed = static fn( array $request, string $secret, string $text ) => Signature::headers( Secret::parse_all( $secret ), $request['headers']['webhook-id'], (int) $request['headers']['webhook-timestamp'], $text );
		$body   = static fn( array $request ) => $pod( array() )( $request )['body'];
		return array(
			'B9 not signed'                    => array( static fn( array $request ) => array( 'headers' => array() ) + $pod( array() )( $request ), 'untrusted-answer' ),
			'B9 signed by somebody else'       => array( static fn( array $request ) => Network::response( 200, $body( $request ), $signed( $request, self::OTHER, Signature::answer_body( $body( $request ) ) ) ), 'untrusted-answer' ),
			'B9 in the form of a question'     => array( static fn( array $request ) => Network::response( 200, $body( $request ), $signed( $request, self::SECRET, $body( $request ) ) ), 'untrusted-answer' ),
			'B9 its own question come back'    => array( static fn( array $request ) => Network::response( 200, $request['body'], $request['headers'] ), 'untrusted-answer' ),
			'B9 in a journal, so by a bridge'  => array( $pod( array( 'seq' => 7 ) ), 'bad-answer' ),
			'B9 applied'                       => array( $pod( array( 'state' => 'applied' ) ), 'bad-answer' ),
			'B9 settled'                       => array( $pod( array( 'state' => 'settled' ) ), 'bad-answer' ),
			'B9 not final'                     => array( $pod( array( 'final' => false ) ), 'bad-answer' ),
			'B9 of another event'              => array( $pod( array( 'id' => 'event_other' ) ), 'bad-answer' ),
			'B9 a state that nobody knows'     => array( $pod( array( 'pods' => array( array( 'state' => 'verified' ) ) ) ), 'bad-answer' ),
			'B9 a page'                        => array( static fn() => Network::response( 200, '<!doctype html>' ), 'bad-answer' ),
			'B9 no such route'                 => array( static fn() => Network::response( 404, '<!doctype html>' ), 'bad-answer' ),
			'B9 a redirect to the other slash' => array( static fn() => Network::response( 308, '', array( 'location' => self::ROUTE . '/' ) ), 'bad-answer' ),
			'B9 another secret'                => array( static fn( array $request ) => Pod::answer( $request, array( 'secret' => self::OTHER ) ), 'refused-secret' ),
			'B9 a login'                       => array( static fn() => Network::response( 401, 'Who are you?' ), 'asks-for-login' ),
			'B9 no pod is ready'               => array( static fn() => Network::response( 503, 'no upstream' ), 'bridge-unavailable' ),
			'B9 too large'                     => array( static fn() => Network::response( 413, '' ), 'too-large' ),
		);
	}

	/**
	 * @dataProvider answers_that_are_not_the_pods
	 * @param callable(array<string, mixed>): array<string, mixed> $answer
	 */
	public function test_b9_no_other_answer_is_believed_and_the_event_waits( callable $answer, string $code ): void {
		$this->network->answer = $answer( ... );
		$this->save();
		$row = $this->rows()[0];
		self::assertSame( array( 'waiting', $code, null ), array( $row->state, $row->problem->code->value, $row->report ) );
		self::assertSame( array( 'POST ' . Pod::ROUTE ), $this->network->lines() );
	}

	public function test_b9_a_load_balancer_that_finds_no_pods_is_told_so(): void {
		$this->pods_answer( array( 'states' => array() ) );
		$post    = $this->save();
		$problem = $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" ), Shapes::post_delivery() )['delivery']['problem'];
		self::assertSame( 'no-pods', $problem['code'] );
		self::assertStringContainsString( 'EVERYPOD_PODS on the pods', $problem['advice'] );
	}

	public function test_b9_no_problem_of_the_pods_is_put_down_to_a_bridge(): void {
		// Only of a bridge: what it forgot, and the path of a GET.
		$of_a_bridge = array( ProblemCode::PathChanged, ProblemCode::Forgotten, ProblemCode::BadDestination );
		foreach ( ProblemCode::cases() as $code ) {
			if ( in_array( $code, $of_a_bridge, true ) ) {
				continue;
			}
			$words = ( new Problem( $code ) )->to_array( true, $this->settings() );
			$said  = str_replace( array( 'EVERYPOD_BRIDGE_URL', 'the destination is not a bridge' ), '', $words['message'] . ' ' . $words['advice'] );
			self::assertStringNotContainsString( 'bridge', strtolower( $said ), $code->value );
		}
	}

	public function test_b9_what_a_bridge_had_accepted_before_is_no_longer_asked_for_and_reads_unknown(): void {
		$this->constants['EVERYPOD_DESTINATION'] = 'bridge';
		$this->network->answer                   = static fn( array $request ) => Network::response( 202, Network::report( $request['headers']['webhook-id'], array( 'state' => 'accepted', 'final' => false ) ) );
		$this->new_request();
		$post                                    = $this->save();
		$this->network->requests                 = array();
		$this->constants['EVERYPOD_DESTINATION'] = 'load-balancer';
		$this->new_request();
		$this->clock->now += 60;
		$this->run_cron();
		$this->rest( 'GET', "/everypod/v1/posts/$post/delivery" );
		self::assertSame( 'accepted', $this->rows()[0]->state );
		self::assertNull( $this->rest( 'GET', '/everypod/v1/pods' )->get_data()['lastDelivery'] );
		$this->clock->now += 600;
		$this->run_cron();
		$delivery = $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" ), Shapes::post_delivery() )['delivery'];
		self::assertSame( array( 'bridge', 'unknown', true ), array( $delivery['destination'], $delivery['state'], $delivery['final'] ) );
		self::assertSame( array(), $this->network->requests );
	}

	public function test_b9_the_status_page_knows_of_no_pods_before_the_first_delivery(): void {
		$pods = $this->ok( $this->rest( 'GET', '/everypod/v1/pods' ), Shapes::pods() );
		self::assertSame( array( 'problem' => null, 'destination' => 'load-balancer', 'pods' => null, 'lastDelivery' => null ), $pods );
		self::assertSame( array(), $this->network->requests );
	}

	public function test_b9_a_constant_wins_over_the_form(): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertSame( array( 'bridge', 'none' ), array( $this->settings()->destination()->value, $this->settings()->destination()->source ) );
		self::assertNull( $this->settings()->save( url: self::ROUTE, to: Destination::LoadBalancer ) );
		self::assertSame( array( 'load-balancer', 'option' ), array( $this->settings()->destination()->value, $this->settings()->destination()->source ) );
		self::assertSame( array( 'bridge_url' => self::ROUTE, 'destination' => 'load-balancer' ), get_option( Settings::OPTION ) );
		$this->constants['EVERYPOD_DESTINATION'] = 'bridge';
		self::assertSame( array( 'bridge', 'constant' ), array( $this->settings()->destination()->value, $this->settings()->destination()->source ) );
		self::assertTrue( $this->settings()->connection()->has_bridge() );
	}

	/** @return array<string, array{string}> */
	public static function no_destinations(): array {
		return array_map( static fn( string $name ) => array( $name ), array( 'B9 another word' => 'cluster', 'B9 in capitals' => 'Bridge', 'B9 with a low line' => 'load_balancer' ) );
	}

	/** @dataProvider no_destinations */
	public function test_b9_a_destination_that_is_none_sends_nothing_and_says_where_to_mend_it( string $name ): void {
		$this->constants['EVERYPOD_DESTINATION'] = $name;
		$this->save();
		$problem = $this->rows()[0]->problem;
		self::assertSame( 'bad-destination', $problem->code->value );
		self::assertStringContainsString( 'EVERYPOD_DESTINATION', $problem->message() );
		self::assertStringContainsString( "'load-balancer'", $problem->advice( $this->settings() ) );
		self::assertSame( array(), $this->network->requests );
		$this->ok( $this->rest( 'GET', '/everypod/v1/settings' ), Shapes::settings() );

		$this->constants = array();
		self::assertSame( 400, $this->rest( 'POST', '/everypod/v1/settings', array( 'destination' => $name ) )->get_status() );
		update_option( Settings::OPTION, array( 'destination' => $name ) );
		self::assertSame( 'bridge', $this->settings()->destination()->value );
	}

	/** @return array<string, array{string}> */
	public static function addresses_without_a_route(): array {
		return array_map( static fn( string $url ) => array( $url ), array( 'B9 no path' => 'https://www.example.com', 'B9 the root' => 'https://www.example.com/', 'B9 only slashes' => 'https://www.example.com//' ) );
	}

	/** @dataProvider addresses_without_a_route */
	public function test_b9_an_address_without_a_route_is_that_of_no_load_balancer( string $url ): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertStringContainsString( Pod::ROUTE, (string) $this->settings()->save( url: $url, to: Destination::LoadBalancer ) );
		self::assertFalse( get_option( Settings::OPTION ) );
		self::assertNull( $this->settings()->save( url: $url ) );
		// The same address for another use.
		self::assertStringContainsString( Pod::ROUTE, (string) $this->settings()->save( to: Destination::LoadBalancer ) );
		self::assertSame( 'bridge', $this->settings()->destination()->value );
		$this->constants += array( 'EVERYPOD_BRIDGE_URL' => $url, 'EVERYPOD_DESTINATION' => 'load-balancer' );
		self::assertTrue( $this->settings()->connection() instanceof Problem );
	}

	/** @return array<string, array{string}> */
	public static function addresses_for_a_constant_only(): array {
		return array_map( static fn( string $host ) => array( "http://$host/siteapi/revalidate" ), array( 'B9 loopback' => '127.0.0.1:3000', 'B9 metadata' => '169.254.169.254', 'B9 a name that leads there' => 'rebound.example.com' ) );
	}

	/** @dataProvider addresses_for_a_constant_only */
	public function test_b9_the_form_takes_no_near_route_either( string $url ): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertStringContainsString( 'EVERYPOD_BRIDGE_URL', (string) $this->settings()->save( url: $url, to: Destination::LoadBalancer ) );
		$this->constants += array( 'EVERYPOD_BRIDGE_URL' => $url, 'EVERYPOD_DESTINATION' => 'load-balancer' );
		self::assertTrue( $this->settings()->connection() instanceof Connection );
	}

	public function test_b9_the_form_saves_a_destination_and_goes_back(): void {
		$this->constants = array();
		$saved           = $this->ok( $this->rest( 'POST', '/everypod/v1/settings', array( 'destination' => 'load-balancer', 'bridgeUrl' => self::ROUTE . '/', 'secret' => self::SECRET ) ), Shapes::settings() );
		self::assertSame( array( 'value' => 'load-balancer', 'source' => 'option' ), $saved['destination'] );
		self::assertSame( self::ROUTE . '/', $this->settings()->connection()->bridge_url );
		$this->new_request();
		$this->pods_answer( array( 'route' => Pod::ROUTE . '/' ) );
		$this->save();
		self::assertSame( 'accepted', $this->rows()[0]->state );
		$saved = $this->ok( $this->rest( 'POST', '/everypod/v1/settings', array( 'destination' => 'bridge', 'bridgeUrl' => 'https://bridge.example.com/' ) ), Shapes::settings() );
		self::assertSame( array( 'value' => 'bridge', 'source' => 'none' ), $saved['destination'] );
		self::assertSame( 'https://bridge.example.com', $this->settings()->connection()->bridge_url );
	}

	private function save(): int {
		$id = (int) wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		return $id;
	}

	/** @param array<string, mixed> $is */
	private function pods_answer( array $is = array() ): void {
		$this->network->answer = static fn( array $request ) => Pod::answer( $request, $is + array( 'secret' => self::SECRET ) );
	}

	/**
	 * A pod in a process of its own; false where there are no sockets to be had.
	 *
	 * @param array<string, mixed> $is
	 */
	private function given_pod( array $is, string $transport, int $slow_ms = 0 ): bool {
		if ( ! Server::can_run() ) {
			self::assertFalse( Server::can_run() );
			return false;
		}
		$this->server                           = new Server( array( 'slow_ms' => $slow_ms, 'pod' => $is + array( 'secret' => self::SECRET ) ) );
		$this->constants['EVERYPOD_BRIDGE_URL'] = "http://localhost:{$this->server->port}" . Pod::ROUTE;
		$this->on_real_sockets( $transport );
		return true;
	}

	private function on_real_sockets( string $transport ): void {
		$this->new_request();
		remove_filter( 'pre_http_request', array( $this->network, 'pre_http_request' ) );
		$choose = static function ( &$url, &$headers, &$data, &$type, &$options ) use ( $transport ): void {
			$options['transport'] = $transport;
		};
		add_action( 'requests-requests.before_request', $choose, 10, 5 );
	}

	/**
	 * @param array<string, mixed> $schema
	 * @return array<string, mixed>
	 */
	private function ok( WP_REST_Response $response, array $schema ): array {
		self::assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		$fits = rest_validate_value_from_schema( $response->get_data(), $schema, 'answer' );
		self::assertTrue( $fits, is_wp_error( $fits ) ? $fits->get_error_message() : '' );
		return $response->get_data();
	}
}
