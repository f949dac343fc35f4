<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Event\Secret;
use Everypod\Event\Signature;
use Everypod\Tests\Harness\Network;
use WP_Error;

/** How an event gets from a save to the bridge. */
final class DeliveryTest extends TestCase {

	public function test_a_save_is_in_the_outbox_before_the_request_ends_and_with_the_bridge_afterwards(): void {
		$this->save();
		self::assertCount( 1, $this->rows() );
		self::assertSame( 'waiting', $this->rows()[0]->state );
		self::assertSame( array(), $this->network->requests );

		$this->end_request();

		self::assertSame( array( 'POST /v1/events' ), $this->network->lines() );
		self::assertSame( 'applied', $this->rows()[0]->state );
		self::assertTrue( $this->rows()[0]->is_final );
		self::assertSame( 'nextjs-a', $this->rows()[0]->report->pods()[0]['name'] );
	}

	public function test_the_message_is_signed_over_the_bytes_that_are_sent(): void {
		$this->save();
		$this->end_request();
		$request = $this->network->requests[0];
		self::assertSame( 'https://bridge.example.com:8443/v1/events', $request['url'] );
		self::assertSame( $this->rows()[0]->event_id, $request['headers']['webhook-id'] );
		self::assertSame( (string) $this->clock->now, $request['headers']['webhook-timestamp'] );
		self::assertTrue( Signature::is_trusted( Secret::parse_all( self::SECRET ), $request['headers'], $request['body'], $this->clock->now ) );
		self::assertSame( 'wait=0', $request['headers']['prefer'] );
		self::assertSame( '3', $request['headers']['everypod-protocol'] );
		self::assertSame( 'application/json', $request['headers']['content-type'] );
	}

	public function test_while_a_secret_is_changed_every_message_carries_both_signatures(): void {
		$this->constants['EVERYPOD_SECRET'] = self::SECRET . "\nwhsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
		$this->new_request();
		$this->save();
		$this->end_request();
		$signatures = explode( ' ', $this->network->requests[0]['headers']['webhook-signature'] );
		self::assertCount( 2, $signatures );
	}

	public function test_redirects_are_not_followed_and_certificates_always_checked(): void {
		$this->constants['EVERYPOD_CA_FILE'] = __FILE__;
		$this->new_request();
		add_filter( 'http_request_args', array( self::class, 'meddle' ), PHP_INT_MAX );
		$this->save();
		$this->end_request();
		$arguments = $this->network->requests[0]['arguments'];
		self::assertSame( 0, $arguments['redirection'] );
		self::assertTrue( $arguments['sslverify'] );
		self::assertSame( __FILE__, $arguments['sslcertificates'] );
		self::assertTrue( $arguments['timeout'] <= 2.0 );
	}

	public function test_no_filter_changes_what_was_signed(): void {
		add_filter( 'http_request_args', array( self::class, 'meddle' ), PHP_INT_MAX );
		$this->save();
		$this->end_request();
		$request = $this->network->requests[0];
		self::assertSame( $this->rows()[0]->body, $request['body'] );
		self::assertArrayHasKey( 'webhook-signature', $request['headers'] );
	}

	/**
	 * @param array<string, mixed> $arguments
	 * @return array<string, mixed>
	 */
	public static function meddle( array $arguments ): array {
		return array(
			'body'        => 'changed',
			'headers'     => array(),
			'redirection' => 5,
			'sslverify'   => false,
			'timeout'     => 60,
		) + $arguments;
	}

	/** @return array<string, array{int, array<string, mixed>|string, string}> */
	public static function refusals(): array {
		return array(
			'the secret is refused'    => array( 401, Network::problem( 'unauthorized' ), 'refused-secret' ),
			'too large'                => array( 413, '', 'too-large' ),
			'the id is known'          => array( 409, '', 'id-reused' ),
			'a request that took long' => array( 408, '', 'bridge-unavailable' ),
			'too many requests'        => array( 429, '', 'bridge-unavailable' ),
			'the journal is full'      => array( 503, array( 'detail' => 'The disk is full.' ), 'bridge-unavailable' ),
			'a redirect'               => array( 302, '', 'bad-answer' ),
			'a page that is not found' => array( 404, '<h1>Not found</h1>', 'bad-answer' ),
			'a firewall'               => array( 403, '<h1>Blocked</h1>', 'refused-event' ),
			'a page instead of JSON'   => array( 200, '<h1>Welcome</h1>', 'bad-answer' ),
			'JSON that is no report'   => array( 200, array( 'ok' => true ), 'bad-answer' ),
			'the report of another id' => array( 200, Network::report( 'event_other' ), 'bad-answer' ),
			'a state that is none'     => array( 202, Network::report( 'x', array( 'state' => 'done' ) ), 'bad-answer' ),
		);
	}

	/**
	 * @dataProvider refusals
	 * @param array<string, mixed>|string $body
	 */
	public function test_an_event_that_was_not_accepted_waits_with_the_reason( int $status, array|string $body, string $code ): void {
		$this->network->answers( $status, $body );
		$this->save();
		$this->end_request();
		$row = $this->rows()[0];
		self::assertSame( 'waiting', $row->state );
		self::assertSame( $code, $row->problem->code->value );
		self::assertSame( 1, $row->attempts );
		self::assertSame( $this->clock->now + 5, $row->not_before );
		self::assertNotSame( '', $row->problem->message() );
		self::assertNotSame( '', $row->problem->advice( $this->settings() ) );
	}

	public function test_a_bridge_that_is_down_costs_one_attempt_and_breaks_nothing(): void {
		$this->network->is_down();
		$this->given_changes_that_need_an_event_each();
		$this->save( 'One' );
		$this->save( 'Two' );
		$this->end_request();
		self::assertCount( 1, $this->network->requests );
		self::assertSame( array( 'waiting', 'waiting' ), array_map( static fn( $row ) => $row->state, $this->rows() ) );
		self::assertSame( 'unreachable', $this->rows()[0]->problem->code->value );
	}

	public function test_wordpress_that_may_call_nobody_says_so(): void {
		$this->network->answer = static fn() => new WP_Error( 'http_request_not_executed', 'User has blocked requests through HTTP.' );
		$this->save();
		$this->end_request();
		self::assertSame( 'blocked-by-wordpress', $this->rows()[0]->problem->code->value );
	}

	public function test_after_a_failure_saves_leave_it_to_the_retry_for_thirty_seconds(): void {
		$this->network->is_down();
		$this->save( 'One' );
		$this->end_request();

		$this->clock->now += 29;
		$this->save( 'Two' );
		$this->end_request();
		self::assertCount( 1, $this->network->requests );
		self::assertCount( 2, $this->rows() );

		$this->clock->now += 2;
		$this->save( 'Three' );
		$this->end_request();
		self::assertCount( 2, $this->network->requests );
	}

	/** @return array<string, array{int}> */
	public static function refusals_of_one_event(): array {
		return array(
			'too large'   => array( 413 ),
			'a firewall'  => array( 403 ),
			'not allowed' => array( 405 ),
		);
	}

	/** @dataProvider refusals_of_one_event */
	public function test_one_event_that_is_refused_holds_up_no_other( int $status ): void {
		$this->network->answers( $status );
		$this->given_changes_that_need_an_event_each();
		$this->save( 'One' );
		$this->save( 'Two' );
		$this->end_request();
		self::assertCount( 2, $this->network->requests );

		$this->save( 'Three' );
		$this->end_request();
		self::assertCount( 3, $this->network->requests );
	}

	public function test_a18_a_request_gives_no_more_than_two_seconds_to_all_its_events_and_begins_nothing_that_takes_longer(): void {
		$this->clock->elapses = 0.9;
		foreach ( range( 1, 5 ) as $number ) {
			$this->save( "Post $number" );
		}
		$this->end_request();
		self::assertCount( 1, $this->network->requests );
		self::assertTrue( $this->network->requests[0]['arguments']['timeout'] >= 1.0 );
	}

	private function given_changes_that_need_an_event_each(): void {
		add_filter( 'everypod_targets', static fn( array $targets, array $change ) => array_map( static fn( int $nth ) => array( 'path' => "/{$change['subject']['id']}/$nth" ), range( 1, 600 ) ), 10, 2 );
	}

	public function test_an_event_that_another_process_has_is_left_alone(): void {
		$this->save();
		$this->outbox->claim( $this->rows()[0], 'another process', $this->clock->now );
		$this->end_request();
		self::assertSame( array(), $this->network->requests );
	}

	public function test_an_id_that_was_used_for_something_else_is_replaced(): void {
		$this->network->answers( 409 );
		$this->save();
		$first = $this->rows()[0]->event_id;
		$this->end_request();
		self::assertNotSame( $first, $this->rows()[0]->event_id );

		$this->network->answer = null;
		$this->clock->now     += 5;
		$this->run_cron();
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_a_malformed_secret_is_a_problem_of_the_settings_and_is_sent_to_nobody(): void {
		$this->constants['EVERYPOD_SECRET'] = 'password';
		$this->new_request();
		$this->save();
		$this->end_request();
		self::assertSame( array(), $this->network->requests );
		self::assertSame( 'secret-not-set-up', $this->rows()[0]->problem->code->value );
	}

	public function test_an_outbox_that_cannot_be_written_breaks_no_save_and_is_said_in_the_log(): void {
		add_filter( 'query', static fn( string $query ) => 1 === preg_match( '/^INSERT INTO \S*everypod_outbox/', $query ) ? '' : $query );
		$log    = (string) tempnam( sys_get_temp_dir(), 'log' );
		$before = (string) ini_set( 'error_log', $log );
		$this->save();
		ini_set( 'error_log', $before );
		$said = (string) file_get_contents( $log );
		unlink( $log );
		self::assertSame( 'News', get_posts( array( 'title' => 'News' ) )[0]->post_title );
		self::assertStringContainsString( 'the outbox can\'t be written', $said );
	}

	private function save( string $title = 'News' ): void {
		wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish' ) );
	}
}
