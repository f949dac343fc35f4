<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Event\Event;
use Everypod\Outbox\Row;
use Everypod\Tests\Harness\Network;
use WP_Error;

/** Several processes, and a bridge that fetches, are at one event: nobody undoes what another has done meanwhile. */
final class OwnershipTest extends TestCase {

	/** @return array<string, array{int, array<string, mixed>|string}> what the courier's attempt ends in */
	public static function ends_of_an_attempt(): array {
		return array(
			'A18 no answer'          => array( 0, '' ),
			'A18 the bridge is full' => array( 503, '' ),
			'A18 the id is known'    => array( 409, '' ),
			'A18 refused by a proxy' => array( 403, '' ),
			'A18 the secret refused' => array( 401, '' ),
		);
	}

	/**
	 * @dataProvider ends_of_an_attempt
	 * @param array<string, mixed>|string $body
	 */
	public function test_a18_what_a_bridge_has_fetched_meanwhile_stays_accepted( int $status, array|string $body ): void {
		$id  = $this->given_attempt_that_ends_so(
			function ( string $id ) use ( $status, $body ): array|WP_Error {
				$this->outbox->accept_fetched( $id, $this->clock->now );
				return 0 === $status ? new WP_Error( 'http_request_failed', 'cURL error 28: timed out' ) : Network::response( $status, $body );
			}
		);
		$row = $this->rows()[0];
		self::assertSame( array( $id, 'accepted', $this->clock->now ), array( $row->event_id, $row->state, $row->accepted_at ) );
		self::assertNull( $row->problem );
	}

	public function test_a18_after_three_days_too_what_a_bridge_has_fetched_is_not_given_up(): void {
		$this->network->is_down();
		$this->save();
		$this->end_request();
		$this->clock->now     += 3 * 86_400;
		$this->network->answer = function ( array $request ): WP_Error {
			$this->outbox->accept_fetched( $request['headers']['webhook-id'], $this->clock->now );
			return new WP_Error( 'http_request_failed', 'cURL error 28: timed out' );
		};
		$this->run_cron();
		self::assertSame( 'accepted', $this->rows()[0]->state );
	}

	public function test_a18_a_delivery_that_both_bring_there_is_accepted_once(): void {
		$this->given_attempt_that_ends_so(
			function ( string $id ): array {
				$this->outbox->accept_fetched( $id, $this->clock->now );
				return Network::response( 200, Network::report( $id ) );
			}
		);
		self::assertSame( 'accepted', $this->rows()[0]->state );
		$this->network->answer = null;
		$this->clock->now     += 60;
		$this->run_cron();
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_a18_a_courier_whose_lease_is_over_leaves_the_event_to_the_next_one(): void {
		$this->given_attempt_that_ends_so(
			function (): WP_Error {
				$this->clock->now += 31;
				$this->outbox->claim( $this->rows()[0], 'the next one', $this->clock->now );
				return new WP_Error( 'http_request_failed', 'cURL error 28: timed out' );
			}
		);
		$row = $this->rows()[0];
		self::assertNull( $row->problem );
		// It is still the next one's.
		self::assertNull( $this->outbox->claim( $row, 'a third one', $this->clock->now ) );
	}

	public function test_a18_what_was_widened_since_it_was_read_goes_out_as_it_is_now(): void {
		$this->save();
		$read = $this->rows()[0];
		$this->outbox->revise( $read->id, $this->another_event( $read->event_id ), array(), $this->clock->now );
		$mine = $this->outbox->claim( $read, 'courier', $this->clock->now );
		self::assertSame( $this->another_event()->body, $mine?->body );
	}

	public function test_a18_cron_sends_what_a_slow_save_has_written_last(): void {
		$this->save( 'One' );
		$this->rows();
		$this->new_request();
		$this->save( 'Two' );
		list( $one, $two ) = $this->rows();
		$this->new_request();
		$this->clock->now     += 5;
		$this->network->answer = function ( array $request ) use ( $one, $two ): array {
			if ( $request['headers']['webhook-id'] === $one->event_id ) {
				// Cron has read both by now, and the save of the second is still under way.
				$this->outbox->revise( $two->id, $this->another_event( $two->event_id ), array(), $this->clock->now );
			}
			return Network::response( 200, Network::report( $request['headers']['webhook-id'] ) );
		};
		$this->run_cron();
		self::assertSame( $this->another_event()->body, $this->network->requests[1]['body'] );
		self::assertSame( $this->network->requests[1]['body'], $this->rows()[1]->body );
	}

	public function test_a18_what_was_given_up_and_fetched_after_all_is_not_revived(): void {
		$this->network->is_down();
		$this->save();
		$this->end_request();
		$this->clock->now += 3 * 86_400;
		$this->run_cron();
		$dead = $this->rows()[0];
		self::assertSame( 'dead', $dead->state );
		$this->outbox->accept_fetched( $dead->event_id, $this->clock->now );
		$this->outbox->revive( $dead, $this->clock->now );
		self::assertSame( 'accepted', $this->rows()[0]->state );
	}

	/** @return array<string, array{array<string, mixed>|null}> what a second look, begun earlier, comes back with */
	public static function later_looks(): array {
		return array(
			'A18 an older report' => array( array( 'state' => 'accepted', 'final' => false ) ),
			'A18 no answer'       => array( null ),
		);
	}

	/**
	 * @dataProvider later_looks
	 * @param array<string, mixed>|null $older
	 */
	public function test_a18_a_final_report_stands_whoever_comes_back_late( ?array $older ): void {
		$this->network->answer = static fn( array $request ) => Network::response( 202, Network::report( $request['headers']['webhook-id'], array( 'state' => 'accepted', 'final' => false ) ) );
		$this->save();
		$this->end_request();
		// Late enough to call it unknown.
		$this->clock->now     += 601;
		$is_first              = true;
		$this->network->answer = function ( array $request ) use ( &$is_first, $older ): array|WP_Error {
			$id = basename( $request['url'] );
			if ( ! $is_first ) {
				return Network::response( 200, Network::report( $id, array( 'state' => 'settled' ) ) );
			}
			$is_first = false;
			// While this look is under way, another one gets the final report.
			$this->rest( 'GET', '/everypod/v1/deliveries' );
			return null === $older ? new WP_Error( 'http_request_failed', 'cURL error 28: timed out' ) : Network::response( 200, Network::report( $id, $older ) );
		};
		$this->run_cron();
		$row = $this->rows()[0];
		self::assertSame( array( 'settled', true, 0 ), array( $row->state, $row->is_final, $row->unknown_since ) );
		self::assertNull( $row->problem );
	}

	public function test_a18_an_event_that_a_bridge_may_fetch_was_not_tried_yet_and_says_nothing_more(): void {
		$this->save();
		$this->new_request();
		$this->clock->now += 5;
		$this->outbox->freeze( $this->clock->now, $this->clock->now );
		$row = $this->rows()[0];
		self::assertSame( 0, $row->attempts );
		self::assertFalse( $this->outbox->revise( $row->id, $this->another_event( $row->event_id ), array(), $this->clock->now ) );
		$delivery = $this->rest( 'GET', '/everypod/v1/posts/' . $row->subject_id . '/delivery' );
		self::assertSame( array( 'applied', 1 ), array( $delivery->get_data()['delivery']['state'], $delivery->get_data()['delivery']['attempts'] ) );
	}

	/** @param callable(string): (array<string, mixed>|WP_Error) $meanwhile given the event's id */
	private function given_attempt_that_ends_so( callable $meanwhile ): string {
		$this->save();
		$id                    = $this->rows()[0]->event_id;
		$this->network->answer = static fn( array $request ) => $meanwhile( $request['headers']['webhook-id'] );
		$this->end_request();
		return $id;
	}

	private function save( string $title = 'News' ): void {
		wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish' ) );
	}

	private function another_event( ?string $id = null ): Event {
		$change  = \Everypod\Change\Change::by_current_user( 'post.updated', \Everypod\Change\Subject::post( get_post( 1 ) ) );
		$targets = \Everypod\Target\Targets::of( \Everypod\Target\Target::path( '/widened/' ) );
		return Event::about( array( new \Everypod\Event\Part( $change, $targets ) ), \Everypod\Event\Room::plain(), 1_764_000_000, $id );
	}
}
