<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\BridgeProtocol;
use Everypod\Rest\Shapes;
use Everypod\Settings\Settings;
use Everypod\Tests\Harness\Network;
use WP_REST_Response;

/** The API that the screens read. */
final class RestTest extends TestCase {

	protected function tearDown(): void {
		ini_restore( 'error_log' );
		parent::tearDown();
	}

	/** @return array<string, array{string, string, array<string, int>}> route, method, and the status for each person */
	public static function permissions(): array {
		$managers = array( 'visitor' => 401, 'subscriber' => 403, 'author' => 403, 'editor' => 403, 'administrator' => 200 );
		$editors  = array( 'visitor' => 401, 'subscriber' => 403, 'author' => 403, 'editor' => 200, 'administrator' => 200 );
		return array(
			'a report of another author\'s post' => array( 'GET', '/everypod/v1/posts/{post}/delivery', $editors ),
			'"Revalidate now" of one'            => array( 'POST', '/everypod/v1/posts/{post}/revalidate', $editors ),
			'"Take down now" of one'             => array( 'POST', '/everypod/v1/posts/{post}/take-down', $editors ),
			'"Retry" of one'                     => array( 'POST', '/everypod/v1/deliveries/{delivery}/retry', $editors ),
			'all deliveries'                     => array( 'GET', '/everypod/v1/deliveries', $managers ),
			'the pods'                           => array( 'GET', '/everypod/v1/pods', $managers ),
			'the settings'                       => array( 'GET', '/everypod/v1/settings', $managers ),
			'changing them'                      => array( 'POST', '/everypod/v1/settings', $managers ),
			'the connection test'                => array( 'POST', '/everypod/v1/connection-test', $managers ),
		);
	}

	/**
	 * @dataProvider permissions
	 * @param array<string, int> $statuses
	 */
	public function test_who_may( string $method, string $route, array $statuses ): void {
		$post  = $this->given_delivered_post();
		$route = str_replace( array( '{post}', '{delivery}' ), array( (string) $post, $this->rows()[0]->event_id ), $route );
		foreach ( $statuses as $role => $status ) {
			$this->clock->now += 5;
			wp_set_current_user( 'visitor' === $role ? 0 : $this->given_user( $role, $role ) );
			self::assertSame( $status, $this->rest( $method, $route )->get_status(), $role );
		}
	}

	public function test_an_author_may_see_the_report_of_an_own_post(): void {
		$author = $this->given_user( 'author', 'grace' );
		$post   = $this->given_delivered_post( $author );
		wp_set_current_user( $author );
		self::assertSame( 200, $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" )->get_status() );
	}

	public function test_every_route_has_a_permission_callback_and_a_schema(): void {
		$routes = rest_get_server()->get_routes( 'everypod/v1' );
		unset( $routes['/everypod/v1'] );
		self::assertCount( 10, $routes );
		foreach ( $routes as $route => $endpoints ) {
			foreach ( array_filter( $endpoints, 'is_array' ) as $endpoint ) {
				self::assertTrue( is_callable( $endpoint['permission_callback'] ), $route );
				self::assertNotSame( '__return_true', $endpoint['permission_callback'], $route );
			}
			self::assertSame( 'object', rest_get_server()->get_route_options( $route )['schema'][0]::{rest_get_server()->get_route_options( $route )['schema'][1]}()['type'], $route );
		}
	}

	public function test_a_post_that_was_never_sent_has_no_delivery(): void {
		$post = $this->given_post();
		self::assertSame( array( 'configured' => true, 'visible' => true, 'unsent' => false, 'delivery' => null ), $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post->ID/delivery" ), Shapes::post_delivery() ) );
	}

	public function test_a_save_that_was_kept_from_the_pods_is_told_from_the_one_before_it(): void {
		$this->clock->now = time();
		$post             = $this->given_delivered_post();
		$route            = "/everypod/v1/posts/$post/delivery";
		self::assertFalse( $this->ok( $this->rest( 'GET', $route ), Shapes::post_delivery() )['unsent'] );

		add_filter( 'everypod_should_send', '__return_false' );
		$this->saved_a_minute_later( $post );
		$kept = $this->ok( $this->rest( 'GET', $route ), Shapes::post_delivery() );
		self::assertTrue( $kept['unsent'] );
		self::assertSame( 'post.published', $kept['delivery']['change'] );

		remove_filter( 'everypod_should_send', '__return_false' );
		$this->clock->now += 120;
		$this->saved_a_minute_later( $post );
		self::assertFalse( $this->ok( $this->rest( 'GET', $route ), Shapes::post_delivery() )['unsent'] );
	}

	public function test_a_new_time_zone_says_nothing_of_what_was_sent(): void {
		// WordPress dates the post by its own clock, which may have gone on by a second.
		$this->clock->now = time() + 5;
		$post             = $this->given_delivered_post();
		$this->clock->now = time() + 86_400;
		update_option( 'timezone_string', 'America/New_York' );
		$this->new_request();
		self::assertFalse( $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" ), Shapes::post_delivery() )['unsent'] );
	}

	public function test_a_public_post_that_is_dated_in_the_future_was_sent_all_the_same(): void {
		$this->clock->now = time();
		add_filter( 'wp_insert_post_data', static fn( array $data ) => array( 'post_status' => 'publish' ) + $data );
		$post = wp_insert_post( array( 'post_title' => 'Concert', 'post_status' => 'publish', 'post_date' => gmdate( 'Y-m-d H:i:s', time() + 30 * 86_400 ) ) );
		$this->end_request();
		$this->clock->now += 60;
		self::assertSame( 'publish', get_post_status( $post ) );
		self::assertFalse( $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" ), Shapes::post_delivery() )['unsent'] );
	}

	public function test_a_private_post_is_one_that_visitors_can_not_see(): void {
		$post = $this->given_post( array( 'post_status' => 'private' ) );
		self::assertFalse( $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post->ID/delivery" ), Shapes::post_delivery() )['visible'] );
	}

	public function test_a_site_without_a_connection_says_so(): void {
		$post            = $this->given_post();
		$this->constants = array();
		$this->new_request();
		self::assertFalse( $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post->ID/delivery" ), Shapes::post_delivery() )['configured'] );
	}

	public function test_the_last_delivery_of_a_post_with_a_line_per_pod(): void {
		$post     = $this->given_delivered_post();
		$delivery = $this->delivery_of( $post );
		self::assertSame( 'post.published', $delivery['change'] );
		self::assertSame( array( 'kind' => 'post', 'id' => (string) $post, 'title' => 'News & views' ), $delivery['subject'] );
		self::assertSame( 'applied', $delivery['state'] );
		self::assertTrue( $delivery['final'] );
		self::assertNull( $delivery['problem'] );
		self::assertNull( $delivery['nextAttemptAt'] );
		self::assertSame( '10.244.1.17', $delivery['report']['pods'][0]['ip'] );
	}

	public function test_a_look_of_the_panel_asks_the_bridge_for_the_report_now(): void {
		$post = $this->given_accepted_post();
		self::assertSame( 'applied', $this->delivery_of( $post )['state'] );
		self::assertSame( array( 'POST /v1/events', 'GET /v1/events/' . $this->rows()[0]->event_id ), $this->network->lines() );
	}

	public function test_a_look_of_the_panel_delivers_what_is_due_on_the_whole_site(): void {
		$this->network->is_down();
		$this->given_delivered_post();
		$other                 = $this->given_post_that_stays();
		$this->clock->now     += 5;
		$this->network->answer = null;
		$this->delivery_of( $other );
		self::assertSame( array( 'applied', 'applied' ), array_map( static fn( $row ) => $row->state, $this->rows() ) );
	}

	public function test_a_waiting_delivery_says_why_and_when_it_is_tried_again(): void {
		$this->network->is_down();
		$post     = $this->given_delivered_post();
		$delivery = $this->delivery_of( $post );
		self::assertSame( 'waiting', $delivery['state'] );
		self::assertSame( 'unreachable', $delivery['problem']['code'] );
		self::assertSame( gmdate( 'Y-m-d\TH:i:s\Z', $this->clock->now + 5 ), $delivery['nextAttemptAt'] );
		self::assertFalse( $delivery['final'] );
	}

	public function test_no_pods_is_a_problem_and_no_success(): void {
		$post                  = $this->given_post()->ID;
		$this->network->answer = static fn( array $request ) => Network::response(
			202,
			Network::report(
				'POST' === $request['method'] ? $request['headers']['webhook-id'] : basename( $request['url'] ),
				array(
					'state'  => 'accepted',
					'final'  => true,
					'pods'   => array(),
					'counts' => array( 'pods' => 0 ) + Network::report( 'x' )['counts'],
					'reason' => 'DNS lists no pod.',
				)
			)
		);
		wp_update_post( array( 'ID' => $post, 'post_content' => 'More' ) );
		$this->end_request();
		$delivery = $this->delivery_of( $post );
		self::assertSame( 'accepted', $delivery['state'] );
		self::assertSame( 'no-pods', $delivery['problem']['code'] );
		self::assertStringContainsString( 'DNS lists no pod.', $delivery['problem']['message'] );
	}

	public function test_an_outcome_that_nobody_knows_is_called_unknown(): void {
		$post = $this->given_accepted_post();
		$this->network->is_down();
		$this->clock->now += 600;
		$delivery          = $this->delivery_of( $post );
		self::assertSame( 'unknown', $delivery['state'] );
		self::assertSame( gmdate( 'Y-m-d\TH:i:s\Z', $this->clock->now ), $delivery['unknownSince'] );
		self::assertTrue( $delivery['final'] );
	}

	public function test_a_final_report_ends_that_an_outcome_is_unknown(): void {
		$post = $this->given_accepted_post();
		$this->network->is_down();
		$this->clock->now += 600;
		$id                = $this->delivery_of( $post )['id'];
		$since             = $this->delivery_of( $post )['unknownSince'];
		$this->clock->now += 60;
		$still             = $this->ok( $this->rest( 'POST', "/everypod/v1/deliveries/$id/retry" ), Shapes::delivery() );
		self::assertSame( array( 'unknown', $since ), array( $still['state'], $still['unknownSince'] ) );
		$this->network->answer = null;
		$known                 = $this->ok( $this->rest( 'POST', "/everypod/v1/deliveries/$id/retry" ), Shapes::delivery() );
		self::assertSame( array( 'applied', null ), array( $known['state'], $known['unknownSince'] ) );
	}

	public function test_people_who_may_not_manage_the_site_see_no_addresses(): void {
		$editor                = $this->given_user( 'editor', 'ada' );
		$this->network->answer = static fn( array $request ) => Network::response(
			200,
			Network::report(
				$request['headers']['webhook-id'],
				array(
					'pods' => array(
						array( 'name' => 'nextjs-a', 'ip' => '10.244.1.17', 'instance' => 'Zt3kq8WmPx01', 'state' => 'applied', 'ms' => 4, 'attempts' => 1 ),
						array( 'name' => '10.244.1.18', 'ip' => '10.244.1.18', 'instance' => '', 'state' => 'unreachable', 'ms' => 900, 'attempts' => 3, 'reason' => 'Nothing listens at 10.244.1.18:3000 (nextjs-headless.myapp.svc.cluster.local).' ),
						array( 'name' => 'nextjs-c', 'ip' => 'fd00::c', 'instance' => '', 'state' => 'unreachable', 'ms' => 900, 'attempts' => 3, 'reason' => 'No route to [fd00:0:0::c]:3000.' ),
					),
				)
			)
		);
		$post                  = $this->given_delivered_post();
		wp_set_current_user( $editor );
		$answer = $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" ), Shapes::post_delivery() );
		$text   = (string) wp_json_encode( $answer );
		foreach ( array( '10.244', 'fd00', 'svc.cluster', ':3000' ) as $address ) {
			self::assertStringNotContainsString( $address, $text );
		}
		self::assertSame( array( 'nextjs-a', 'Pod 2', 'nextjs-c' ), array_column( $answer['delivery']['report']['pods'], 'name' ) );
		self::assertStringContainsString( 'Nothing listens at', $answer['delivery']['report']['pods'][1]['reason'] );
	}

	public function test_people_who_may_not_manage_the_site_see_no_address_of_the_bridge_either(): void {
		$editor = $this->given_user( 'editor', 'ada' );
		$this->network->is_down();
		$post = $this->given_delivered_post();
		wp_set_current_user( $editor );
		$problem = $this->delivery_of( $post )['problem'];
		self::assertSame( 'unreachable', $problem['code'] );
		self::assertStringNotContainsString( '10.0.0.5', $problem['message'] );
		wp_set_current_user( 1 );
		self::assertStringContainsString( '10.0.0.5', $this->delivery_of( $post )['problem']['message'] );
	}

	public function test_revalidate_now_sends_everything_that_the_post_shows_on(): void {
		$post     = $this->given_post();
		$delivery = $this->ok( $this->rest( 'POST', "/everypod/v1/posts/$post->ID/revalidate" ), Shapes::post_delivery() )['delivery'];
		self::assertSame( 'post.revalidated', $delivery['change'] );
		self::assertContains( 'path /hello/', $this->targets() );
		self::assertContains( 'path /category/uncategorized/', $this->targets() );
		$this->end_request();
		self::assertSame( array( 'POST /v1/events' ), $this->network->lines() );
	}

	public function test_revalidate_now_works_once_in_five_seconds_and_post(): void {
		$post  = $this->given_post();
		$other = $this->given_post( array( 'post_name' => 'other' ) );
		$this->rest( 'POST', "/everypod/v1/posts/$post->ID/revalidate" );
		$this->end_request();
		$this->clock->now += 2;
		$refused           = $this->rest( 'POST', "/everypod/v1/posts/$post->ID/revalidate" );
		self::assertSame( 429, $refused->get_status() );
		self::assertSame( 3, $refused->get_data()['data']['retryAfterSeconds'] );
		self::assertSame( 200, $this->rest( 'POST', "/everypod/v1/posts/$other->ID/revalidate" )->get_status() );
		$this->clock->now += 3;
		self::assertSame( 200, $this->rest( 'POST', "/everypod/v1/posts/$post->ID/revalidate" )->get_status() );
	}

	/** @return array<string, array{callable(self): void, int, string, string}> what keeps it back, status, code, and what is said */
	public static function revalidations_of_which_nothing_is_sent(): array {
		return array(
			'A17 a filter says no'                  => array( static fn() => add_filter( 'everypod_should_send', '__return_false' ), 409, 'everypod_kept_back', 'everypod_should_send' ),
			'A17 a filter leaves no target'         => array( static fn() => add_filter( 'everypod_targets', '__return_empty_array' ), 409, 'everypod_kept_back', 'everypod_targets' ),
			'A17 the outbox cannot be written'      => array( static fn() => self::nothing_is_written(), 503, 'everypod_no_outbox', 'The outbox can\'t be written' ),
			'A17 neither does it take what is kept' => array(
				static function (): void {
					add_filter( 'everypod_should_send', '__return_false' );
					self::nothing_is_written();
				},
				503,
				'everypod_no_outbox',
				'The outbox can\'t be written',
			),
			'A17 there is no bridge'                => array(
				static function ( self $test ): void {
					$test->constants = array();
					$test->new_request();
				},
				409,
				'everypod_not_set_up',
				'not set up',
			),
		);
	}

	/** @dataProvider revalidations_of_which_nothing_is_sent */
	public function test_a17_a_revalidation_of_which_nothing_was_sent_says_so_and_why( callable $keep_back, int $status, string $code, string $why ): void {
		$post = $this->given_delivered_post();
		$keep_back( $this );
		$answer = $this->rest( 'POST', "/everypod/v1/posts/$post/revalidate" );
		self::assertSame( $status, $answer->get_status() );
		self::assertSame( $code, $answer->get_data()['code'] );
		self::assertArrayNotHasKey( 'delivery', $answer->get_data() );
		self::assertStringContainsString( 'Nothing was sent', $answer->get_data()['message'] );
		self::assertStringContainsString( $why, $answer->get_data()['message'] );
		$this->end_request();
		self::assertSame( array( 'post.published' ), $this->changes() );
		self::assertSame( array( 'POST /v1/events' ), $this->network->lines() );
	}

	public function test_a17_a_revalidation_that_was_kept_back_counts_as_one_use_too(): void {
		$post  = $this->given_delivered_post();
		$route = "/everypod/v1/posts/$post/revalidate";
		add_filter( 'everypod_should_send', '__return_false' );
		self::assertSame( 409, $this->rest( 'POST', $route )->get_status() );
		$this->end_request();
		add_filter( 'everypod_should_send', '__return_false' );
		$this->clock->now += 4;
		$refused           = $this->rest( 'POST', $route );
		self::assertSame( array( 429, 1 ), array( $refused->get_status(), $refused->get_data()['data']['retryAfterSeconds'] ) );
		self::assertStringNotContainsString( 'was revalidated', $refused->get_data()['message'] );
		$this->clock->now += 1;
		self::assertSame( 409, $this->rest( 'POST', $route )->get_status() );
	}

	public function test_a17_a_revalidation_that_could_not_be_written_may_be_tried_again_at_once(): void {
		$post = $this->given_delivered_post();
		self::nothing_is_written();
		self::assertSame( 503, $this->rest( 'POST', "/everypod/v1/posts/$post/revalidate" )->get_status() );
		$this->end_request();
		$answer = $this->ok( $this->rest( 'POST', "/everypod/v1/posts/$post/revalidate" ), Shapes::post_delivery() );
		self::assertSame( 'post.revalidated', $answer['delivery']['change'] );
	}

	public function test_take_down_now_sends_the_same_targets_and_says_of_each_that_it_vanishes(): void {
		update_option( BridgeProtocol::OPTION, 'https://bridge.example.com:8443' );
		$post = $this->given_post();
		$this->rest( 'POST', "/everypod/v1/posts/$post->ID/revalidate" );
		// The other button was used for this post just now.
		$this->new_request();
		$delivery = $this->ok( $this->rest( 'POST', "/everypod/v1/posts/$post->ID/take-down" ), Shapes::post_delivery() )['delivery'];
		self::assertSame( 'post.taken_down', $delivery['change'] );
		$targets = array_column( $this->events(), 'targets' );
		self::assertSame( array_map( static fn( array $target ) => $target + array( 'vanishes' => true ), $targets[0] ), $targets[1] );
		self::assertSame( 'publish', get_post_status( $post->ID ) );
		$this->end_request();
		self::assertSame( array( 'POST /v1/events' ), $this->network->lines() );
	}

	public function test_take_down_now_works_once_in_five_seconds_and_post(): void {
		$post  = $this->given_post();
		$route = "/everypod/v1/posts/$post->ID/take-down";
		self::assertSame( 200, $this->rest( 'POST', $route )->get_status() );
		$this->end_request();
		$this->clock->now += 2;
		$refused           = $this->rest( 'POST', $route );
		self::assertSame( array( 429, 3 ), array( $refused->get_status(), $refused->get_data()['data']['retryAfterSeconds'] ) );
		$this->clock->now += 3;
		self::assertSame( 200, $this->rest( 'POST', $route )->get_status() );
	}

	/** @dataProvider revalidations_of_which_nothing_is_sent */
	public function test_a_take_down_of_which_nothing_was_sent_says_so_and_why( callable $keep_back, int $status, string $code, string $why ): void {
		$post = $this->given_delivered_post();
		$keep_back( $this );
		$answer = $this->rest( 'POST', "/everypod/v1/posts/$post/take-down" );
		self::assertSame( array( $status, $code ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		self::assertStringContainsString( $why, $answer->get_data()['message'] );
		$this->end_request();
		self::assertSame( array( 'post.published' ), $this->changes() );
	}

	public function test_what_visitors_can_not_see_is_down_already(): void {
		$post   = $this->given_post( array( 'post_status' => 'private' ) );
		$answer = $this->rest( 'POST', "/everypod/v1/posts/$post->ID/take-down" );
		self::assertSame( 409, $answer->get_status() );
		self::assertStringContainsString( 'nothing to take down', $answer->get_data()['message'] );
		self::assertSame( array(), $this->rows() );
	}

	public function test_a_draft_has_nothing_to_revalidate(): void {
		$post = $this->given_post( array( 'post_status' => 'draft' ) );
		self::assertSame( 409, $this->rest( 'POST', "/everypod/v1/posts/$post->ID/revalidate" )->get_status() );
		self::assertSame( array(), $this->rows() );
	}

	public function test_deliveries_come_newest_first_and_by_pages(): void {
		foreach ( array( 'one', 'two', 'three' ) as $title ) {
			wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish' ) );
			$this->end_request();
		}
		$answer = $this->ok( $this->rest( 'GET', '/everypod/v1/deliveries', array( 'page' => 2, 'per_page' => 2 ) ), Shapes::deliveries() );
		self::assertSame( 3, $answer['total'] );
		self::assertSame( array( 'one' ), array_column( array_column( $answer['deliveries'], 'subject' ), 'title' ) );
		self::assertSame( 400, $this->rest( 'GET', '/everypod/v1/deliveries', array( 'per_page' => 1000 ) )->get_status() );
	}

	public function test_what_was_given_up_is_counted_and_comes_first_however_much_came_after_it(): void {
		$this->network->is_down();
		$lost              = $this->given_delivered_post();
		$this->clock->now += 3 * 86_400;
		$this->run_cron();
		$this->network->answer = null;
		$this->clock->now     += 60;
		foreach ( range( 1, 3 ) as $number ) {
			wp_insert_post( array( 'post_title' => "New $number", 'post_status' => 'publish' ) );
			$this->end_request();
		}
		$first = $this->ok( $this->rest( 'GET', '/everypod/v1/deliveries', array( 'per_page' => 2 ) ), Shapes::deliveries() );
		self::assertSame( array( 4, 1 ), array( $first['total'], $first['dead'] ) );
		self::assertSame( array( (string) $lost, 'New 3' ), array( $first['deliveries'][0]['subject']['id'], $first['deliveries'][1]['subject']['title'] ) );
		$second = $this->ok( $this->rest( 'GET', '/everypod/v1/deliveries', array( 'page' => 2, 'per_page' => 2 ) ), Shapes::deliveries() );
		self::assertSame( 1, $second['dead'] );
		self::assertSame( array( 'New 2', 'New 1' ), array_column( array_column( $second['deliveries'], 'subject' ), 'title' ) );
	}

	public function test_retry_tries_a_waiting_delivery_now(): void {
		$this->network->is_down();
		$this->given_delivered_post();
		$this->network->answer = null;
		$id                    = $this->rows()[0]->event_id;
		self::assertSame( 'applied', $this->ok( $this->rest( 'POST', "/everypod/v1/deliveries/$id/retry" ), Shapes::delivery() )['state'] );
	}

	public function test_retry_puts_a_dead_letter_back(): void {
		$this->network->is_down();
		$this->given_delivered_post();
		$this->clock->now += 3 * 24 * 3600;
		$this->run_cron();
		self::assertSame( 'dead', $this->rows()[0]->state );
		$id = $this->rows()[0]->event_id;
		self::assertSame( 'waiting', $this->ok( $this->rest( 'POST', "/everypod/v1/deliveries/$id/retry" ), Shapes::delivery() )['state'] );
		$this->network->answer = null;
		self::assertSame( 'applied', $this->ok( $this->rest( 'POST', "/everypod/v1/deliveries/$id/retry" ), Shapes::delivery() )['state'] );
	}

	public function test_retrying_what_is_not_there(): void {
		self::assertSame( 404, $this->rest( 'POST', '/everypod/v1/deliveries/event_none/retry' )->get_status() );
	}

	public function test_settings_never_give_the_secret_away(): void {
		$this->constants = array();
		$this->new_request();
		$saved = $this->ok( $this->rest( 'POST', '/everypod/v1/settings', array( 'bridgeUrl' => 'http://10.0.0.5:8080', 'secret' => self::SECRET ) ), Shapes::settings() );
		self::assertSame( array( 'set' => true, 'source' => 'option' ), $saved['secret'] );
		self::assertSame( array( 'value' => 'http://10.0.0.5:8080', 'source' => 'option' ), $saved['bridgeUrl'] );
		self::assertStringNotContainsString( 'whsec_', (string) wp_json_encode( $this->rest( 'GET', '/everypod/v1/settings' )->get_data() ) );
		self::assertSame( self::SECRET, get_option( Settings::OPTION )['secret'] );
	}

	public function test_what_is_not_given_stays_and_null_removes_the_secret(): void {
		$this->constants = array();
		$this->new_request();
		$this->rest( 'POST', '/everypod/v1/settings', array( 'bridgeUrl' => 'http://10.0.0.5:8080', 'secret' => self::SECRET ) );
		$this->rest( 'POST', '/everypod/v1/settings', array( 'bridgeUrl' => 'http://10.0.0.6:8080' ) );
		self::assertSame( self::SECRET, get_option( Settings::OPTION )['secret'] );
		$this->rest( 'POST', '/everypod/v1/settings', array( 'secret' => null ) );
		self::assertSame( array( 'bridge_url' => 'http://10.0.0.6:8080' ), get_option( Settings::OPTION ) );
	}

	public function test_a_bad_setting_is_refused_with_the_reason(): void {
		$refused = $this->rest( 'POST', '/everypod/v1/settings', array( 'bridgeUrl' => 'http://127.0.0.1:8080' ) );
		self::assertSame( 400, $refused->get_status() );
		self::assertStringContainsString( 'EVERYPOD_BRIDGE_URL', $refused->get_data()['message'] );
	}

	public function test_one_bad_setting_keeps_the_others_from_being_saved(): void {
		$this->constants = array();
		$this->new_request();
		$refused = $this->rest( 'POST', '/everypod/v1/settings', array( 'bridgeUrl' => 'http://10.0.0.5:8080', 'secret' => 'whsec_tooshort' ) );
		self::assertSame( 400, $refused->get_status() );
		self::assertFalse( get_option( Settings::OPTION ) );
	}

	public function test_the_connection_test_sends_an_event_the_way_of_every_save(): void {
		$answer = $this->ok( $this->rest( 'POST', '/everypod/v1/connection-test' ), Shapes::connection_test() );
		self::assertTrue( $answer['passed'] );
		self::assertSame( array( 'GET /v1/pods', 'POST /v1/events' ), $this->network->lines() );
		self::assertSame( array( 'topic everypod.connection-test' ), $this->targets() );
		self::assertStringContainsString( '1 of 1', $answer['steps'][2]['message'] );
	}

	public function test_a_get_signs_its_method_and_path(): void {
		$this->rest( 'GET', '/everypod/v1/pods' );
		$request = $this->network->requests[0];
		self::assertTrue(
			\Everypod\Event\Signature::is_trusted( \Everypod\Event\Secret::parse_all( self::SECRET ), $request['headers'], 'GET /v1/pods', $this->clock->now )
		);
	}

	/** @return array<string, array{int, array<string, mixed>|string, int, string}> */
	public static function failing_tests(): array {
		return array(
			'the secret is refused'  => array( 401, Network::problem( 'unauthorized' ), 2, 'EVERYPOD_SECRET' ),
			'no bridge answers'      => array( 404, '', 2, 'address of the bridge' ),
			'the bridge is stopping' => array( 503, '', 2, 'log' ),
		);
	}

	/**
	 * @dataProvider failing_tests
	 * @param array<string, mixed>|string $body
	 */
	public function test_the_connection_test_stops_at_the_first_step_that_fails( int $status, array|string $body, int $steps, string $advice ): void {
		$this->network->answers( $status, $body );
		$answer = $this->ok( $this->rest( 'POST', '/everypod/v1/connection-test' ), Shapes::connection_test() );
		self::assertFalse( $answer['passed'] );
		self::assertCount( $steps, $answer['steps'] );
		self::assertStringContainsString( $advice, end( $answer['steps'] )['advice'] );
	}

	public function test_the_connection_test_fails_when_a_pod_did_not_apply(): void {
		$this->network->answer = static fn( array $request ) => 'GET' === $request['method']
			? Network::response( 200, Network::pods() )
			: Network::response( 202, Network::report( $request['headers']['webhook-id'], array( 'state' => 'accepted', 'final' => false, 'pods' => array( array( 'name' => 'nextjs-a', 'ip' => '10.244.1.17', 'instance' => '', 'state' => 'unreachable', 'ms' => 900, 'attempts' => 3 ) ) ) ) );
		$answer                = $this->ok( $this->rest( 'POST', '/everypod/v1/connection-test' ), Shapes::connection_test() );
		self::assertFalse( $answer['passed'] );
		self::assertStringContainsString( '0 of 1', $answer['steps'][2]['message'] );
	}

	public function test_pods_come_as_the_bridge_tells_them_or_with_the_reason_why_not(): void {
		$answer = $this->ok( $this->rest( 'GET', '/everypod/v1/pods' ), Shapes::pods() );
		self::assertSame( array( 'problem' => null, 'destination' => 'bridge', 'pods' => Network::pods(), 'lastDelivery' => null ), $answer );
		$this->network->answers( 401, Network::problem( 'unauthorized' ) );
		$answer = $this->ok( $this->rest( 'GET', '/everypod/v1/pods' ), Shapes::pods() );
		self::assertSame( 'refused-secret', $answer['problem']['code'] );
		self::assertNull( $answer['pods'] );
	}

	private function given_delivered_post( int $author = 1 ): int {
		$id = wp_insert_post( array( 'post_title' => 'News &amp; views', 'post_status' => 'publish', 'post_author' => $author ) );
		$this->end_request();
		return $id;
	}

	/** Dated by hand, because WordPress takes the machine's clock for it. */
	private function saved_a_minute_later( int $post_id ): void {
		$this->clock->now += 60;
		$date              = gmdate( 'Y-m-d H:i:s', $this->clock->now );
		$later             = static fn( array $data ) => array( 'post_modified_gmt' => $date, 'post_modified' => $date ) + $data;
		add_filter( 'wp_insert_post_data', $later );
		wp_update_post( array( 'ID' => $post_id, 'post_content' => 'Other words.' ) );
		remove_filter( 'wp_insert_post_data', $later );
		$this->end_request();
		$this->new_request();
	}

	private function given_accepted_post(): int {
		$this->network->answer = static fn( array $request ) => Network::response( 202, Network::report( $request['headers']['webhook-id'], array( 'state' => 'accepted', 'final' => false ) ) );
		$id                    = $this->given_delivered_post();
		$this->network->answer = null;
		return $id;
	}

	private function given_post_that_stays(): int {
		$id = wp_insert_post( array( 'post_title' => 'Another', 'post_status' => 'publish' ) );
		$this->new_request();
		return $id;
	}

	private static function nothing_is_written(): void {
		ini_set( 'error_log', '/dev/null' );
		add_filter( 'query', static fn( string $query ) => 1 === preg_match( '/^INSERT INTO \S*everypod_outbox/', $query ) ? '' : $query );
	}

	/** @return array<string, mixed> */
	private function delivery_of( int $post_id ): array {
		return $this->ok( $this->rest( 'GET', "/everypod/v1/posts/$post_id/delivery" ), Shapes::post_delivery() )['delivery'];
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
