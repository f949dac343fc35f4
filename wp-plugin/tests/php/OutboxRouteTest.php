<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Event\Secret;
use Everypod\Event\Signature;
use Everypod\Rest\Shapes;
use Everypod\Rest\SignedAnswer;
use Everypod\Tests\Harness\Hooked;
use WP_REST_Request;
use WP_REST_Response;

/** The bridge fetches what waits, so that a WordPress whose cron is dead still heals. */
final class OutboxRouteTest extends TestCase {

	private const PATH = '/wp-json/everypod/v1/outbox';

	protected function tearDown(): void {
		$_SERVER['REQUEST_URI'] = '/';
		parent::tearDown();
	}

	public function test_the_bridge_gets_what_waits_as_a_delivery_would_carry_it(): void {
		$this->given_waiting_save( 'One' );
		$this->given_waiting_save( 'Two' );
		$this->clock->now += 5;
		$answer            = $this->ask( 'GET' );
		self::assertSame( 200, $answer->get_status() );
		self::assertTrue( rest_validate_value_from_schema( $answer->get_data(), Shapes::outbox(), 'outbox' ) );
		self::assertSame( array_map( static fn( $row ) => array( 'id' => $row->event_id, 'body' => $row->body ), $this->rows() ), $answer->get_data()['events'] );
	}

	public function test_the_answer_is_signed_with_the_id_of_the_request_and_served_as_signed(): void {
		$this->given_waiting_save( 'Ünïcode / slashes' );
		$this->clock->now += 5;
		$answer            = $this->ask( 'GET' );
		ob_start();
		self::assertTrue( apply_filters( 'rest_pre_serve_request', false, $answer, new WP_REST_Request(), rest_get_server() ) );
		$bytes   = (string) ob_get_clean();
		$headers = $answer->get_headers();
		self::assertSame( '3', $headers['everypod-protocol'] );
		self::assertTrue( $answer instanceof SignedAnswer );
		self::assertTrue( Signature::is_trusted( Secret::parse_all( self::SECRET ), $headers, $bytes, $this->clock->now, 'fetch_1' ) );
		self::assertSame( $answer->get_data(), json_decode( $bytes, true ) );
	}

	public function test_other_answers_are_served_as_ever(): void {
		self::assertFalse( apply_filters( 'rest_pre_serve_request', false, new WP_REST_Response(), new WP_REST_Request(), rest_get_server() ) );
	}

	public function test_a_filter_before_ours_that_returns_nothing_breaks_no_answer(): void {
		add_filter( 'rest_pre_serve_request', static function () {}, 5 );
		self::assertFalse( apply_filters( 'rest_pre_serve_request', false, new WP_REST_Response(), new WP_REST_Request(), rest_get_server() ) );
	}

	public function test_what_the_bridge_has_in_its_journal_is_accepted_and_its_report_asked_for(): void {
		$this->given_waiting_save( 'One' );
		$this->clock->now += 5;
		$this->ask( 'GET' );
		$id = $this->rows()[0]->event_id;
		self::assertSame( array( 'ids' => array( $id ) ), $this->ask( 'POST', array( 'ids' => array( $id ) ) )->get_data() );
		self::assertSame( 'accepted', $this->rows()[0]->state );
		self::assertNull( $this->rows()[0]->problem );

		$this->network->answer   = null;
		$this->network->requests = array();
		$this->run_cron();
		self::assertSame( array( "GET /v1/events/$id" ), $this->network->lines() );
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_a20_an_id_that_was_never_here_by_which_a_bridge_tries_its_secret_changes_nothing(): void {
		$this->given_waiting_save( 'One' );
		self::assertSame( 200, $this->ask( 'POST', array( 'ids' => array( 'probe_1' ) ) )->get_status() );
		self::assertSame( array( 'waiting' ), array_map( static fn( $row ) => $row->state, $this->rows() ) );
	}

	public function test_what_is_accepted_already_keeps_its_report(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$this->ask( 'POST', array( 'ids' => array( $this->rows()[0]->event_id ) ) );
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_a_save_that_may_still_say_more_is_not_handed_over_and_what_is_says_nothing_more(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		self::assertSame( array(), $this->ask( 'GET' )->get_data()['events'] );
		$this->clock->now += 5;
		$handed            = $this->ask( 'GET' )->get_data()['events'][0];
		wp_update_post( array( 'ID' => $post->ID, 'post_name' => 'moved' ) );
		self::assertSame( $handed['body'], $this->rows()[0]->body );
		self::assertCount( 2, $this->rows() );
	}

	public function test_a_killed_save_is_found_once_a_minute_and_what_was_finished_forgotten_where_cron_is_dead(): void {
		global $wpdb;
		$wpdb->query( "UPDATE $wpdb->posts SET post_date_gmt = '2020-01-01 00:00:00', post_modified_gmt = '2020-01-01 00:00:00'" );
		$this->clock->now = time() - 15 * 86_400;
		wp_insert_post( array( 'post_title' => 'Long ago', 'post_status' => 'publish', 'post_date' => '2020-01-01 00:00:00' ) );
		$this->end_request();
		$this->ask( 'GET' );
		$this->clock->now = time();
		Hooked::reset();
		$post = wp_insert_post( array( 'post_title' => 'Hello', 'post_status' => 'publish' ) );
		$this->new_request();

		$this->ask( 'GET' );
		self::assertSame( array(), $this->rows() );
		$this->clock->now += 59;
		$this->ask( 'GET' );
		self::assertSame( array(), $this->rows() );
		$this->clock->now += 10;
		$this->ask( 'GET' );
		$this->new_request();
		$this->clock->now += 5;
		self::assertStringContainsString( "wp:post:$post", $this->ask( 'GET' )->get_data()['events'][0]['body'] );
	}

	public function test_no_more_than_fifty_at_a_time_the_oldest_first(): void {
		foreach ( range( 1, 51 ) as $number ) {
			wp_insert_post( array( 'post_title' => "Post $number", 'post_status' => 'publish' ) );
			$this->new_request();
		}
		$this->clock->now += 5;
		$events            = $this->ask( 'GET' )->get_data()['events'];
		self::assertCount( 50, $events );
		self::assertStringContainsString( '"Post 1"', $events[0]['body'] );
	}

	/** @return array<string, array{callable(array<string, string>): array<string, string>}> */
	public static function forgeries(): array {
		return array(
			'no signature'      => array( static fn( array $headers ) => array() ),
			'another secret'    => array( static fn( array $headers ) => Signature::headers( Secret::parse_all( 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' ), 'fetch_1', (int) $headers['webhook-timestamp'], 'GET ' . self::PATH ) ),
			'too old'           => array( static fn( array $headers ) => Signature::headers( Secret::parse_all( self::SECRET ), 'fetch_1', (int) $headers['webhook-timestamp'] - 301, 'GET ' . self::PATH ) ),
			'for another route' => array( static fn( array $headers ) => Signature::headers( Secret::parse_all( self::SECRET ), 'fetch_1', (int) $headers['webhook-timestamp'], 'GET /v1/pods' ) ),
		);
	}

	/** @dataProvider forgeries */
	public function test_nobody_else_gets_anything_not_even_an_administrator( callable $forge ): void {
		$answer = $this->ask( 'GET', array(), $forge );
		self::assertSame( 401, $answer->get_status() );
		self::assertSame( 'The signature was not accepted.', $answer->get_data()['message'] );
		self::assertSame( 401, $this->ask( 'POST', array( 'ids' => array( 'event_1' ) ), $forge )->get_status() );
	}

	/** @return array<string, array{array<string, mixed>}> */
	public static function bad_lists(): array {
		return array(
			'none'     => array( array( 'ids' => array() ) ),
			'no id'    => array( array( 'ids' => array( 'a b' ) ) ),
			'too many' => array( array( 'ids' => array_map( static fn( int $number ) => "event_$number", range( 0, 50 ) ) ) ),
			'no list'  => array( array( 'more' => true ) ),
		);
	}

	/**
	 * @dataProvider bad_lists
	 * @param array<string, mixed> $list
	 */
	public function test_a_list_that_is_none_is_refused( array $list ): void {
		self::assertSame( 400, $this->ask( 'POST', $list )->get_status() );
	}

	private function given_waiting_save( string $title ): void {
		$this->network->is_down();
		wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish' ) );
		$this->end_request();
	}

	/** @param array<string, mixed> $list */
	private function ask( string $method, array $list = array(), ?callable $forge = null ): WP_REST_Response {
		$is_get                 = 'GET' === $method;
		$_SERVER['REQUEST_URI'] = $is_get ? self::PATH : self::PATH . '/accepted';
		$request                = new WP_REST_Request( $method, '/everypod/v1/outbox' . ( $is_get ? '' : '/accepted' ) );
		$body                   = $is_get ? '' : (string) json_encode( $list );
		$headers                = Signature::headers( Secret::parse_all( self::SECRET ), 'fetch_1', $this->clock->now, $is_get ? 'GET ' . self::PATH : $body );
		foreach ( $forge ? $forge( $headers ) : $headers as $name => $value ) {
			$request->set_header( $name, $value );
		}
		if ( ! $is_get ) {
			$request->set_header( 'content-type', 'application/json' );
			$request->set_body( $body );
		}
		return rest_do_request( $request );
	}
}
