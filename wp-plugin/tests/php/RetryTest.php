<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\Backoff;
use Everypod\Delivery\RetrySchedule;
use Everypod\Tests\Harness\Network;

/** What happens to events after the request that made them. */
final class RetryTest extends TestCase {

	public function test_the_wait_doubles_from_five_seconds_to_fifteen_minutes(): void {
		self::assertSame(
			array( 5, 10, 20, 40, 80, 160, 320, 640, 900, 900 ),
			array_map( Backoff::seconds( ... ), range( 1, 10 ) )
		);
		self::assertSame( 900, Backoff::seconds( 1_000_000 ) );
	}

	public function test_cron_delivers_what_is_due_and_not_before(): void {
		$this->given_failed_save();
		$this->clock->now += 4;
		$this->run_cron();
		self::assertCount( 1, $this->network->requests );

		$this->clock->now     += 1;
		$this->network->answer = null;
		$this->run_cron();
		self::assertSame( 'applied', $this->rows()[0]->state );
		self::assertNull( $this->rows()[0]->problem );
	}

	public function test_every_attempt_has_the_same_id_and_a_time_of_its_own(): void {
		$this->given_failed_save();
		$this->clock->now += 5;
		$this->run_cron();
		list( $first, $second ) = $this->network->requests;
		self::assertSame( $first['headers']['webhook-id'], $second['headers']['webhook-id'] );
		self::assertSame( $first['body'], $second['body'] );
		self::assertNotSame( $first['headers']['webhook-timestamp'], $second['headers']['webhook-timestamp'] );
		self::assertSame( 2, $this->rows()[0]->attempts );
		self::assertSame( $this->clock->now + 10, $this->rows()[0]->not_before );
	}

	public function test_a_pass_stops_at_the_first_failure_of_the_bridge(): void {
		$this->given_failed_save( 'One' );
		$this->given_failed_save( 'Two' );
		$this->given_failed_save( 'Three' );
		$this->network->requests = array();
		$this->clock->now       += 60;
		$this->run_cron();
		self::assertCount( 1, $this->network->requests );
	}

	public function test_when_the_bridge_is_back_everything_that_waits_goes_at_once(): void {
		$this->given_failed_save( 'One' );
		foreach ( array( 5, 10, 20, 40 ) as $wait ) {
			$this->clock->now += $wait;
			$this->run_cron();
		}
		$this->clock->now += 31;
		$this->given_failed_save( 'Two' );
		self::assertGreaterThan( $this->clock->now + 5, $this->rows()[0]->not_before );

		$this->clock->now     += 5;
		$this->network->answer = null;
		$this->run_cron();
		self::assertSame( array( 'applied', 'applied' ), array_map( static fn( $row ) => $row->state, $this->rows() ) );
	}

	public function test_what_is_refused_by_itself_waits_its_turn_though_the_bridge_takes_others(): void {
		$this->network->answer = static fn( array $request ) => str_contains( $request['body'], 'DROP TABLE' )
			? Network::response( 403, 'Blocked' )
			: Network::response( 200, Network::report( $request['headers']['webhook-id'] ) );
		wp_insert_post( array( 'post_title' => 'How to DROP TABLE', 'post_status' => 'publish' ) );
		$this->end_request();
		foreach ( range( 1, 60 ) as $minute ) {
			$this->clock->now += 60;
			$this->run_cron();
			wp_insert_post( array( 'post_title' => "Other $minute", 'post_status' => 'publish' ) );
			$this->end_request();
		}
		$states = array_count_values( array_map( static fn( $row ) => $row->state, $this->rows() ) );
		self::assertSame( array( 'waiting' => 1, 'applied' => 60 ), $states );
		self::assertLessThan( 12, $this->rows()[0]->attempts );
	}

	public function test_an_event_that_another_process_has_says_nothing_of_the_bridge(): void {
		$this->given_failed_save( 'One' );
		foreach ( array( 5, 10, 20, 40 ) as $wait ) {
			$this->clock->now += $wait;
			$this->run_cron();
		}
		wp_insert_post( array( 'post_title' => 'Two', 'post_status' => 'publish' ) );
		$this->new_request();
		$this->clock->now += 6;
		$this->outbox->claim( $this->rows()[1], 'another process', $this->clock->now );
		$this->network->requests = array();
		$this->run_cron();
		self::assertSame( array(), $this->network->requests );
	}

	public function test_a_report_that_the_bridge_no_longer_has_keeps_no_other_from_being_asked_for(): void {
		foreach ( array( 'One', 'Two', 'Three' ) as $title ) {
			$this->given_accepted_save( $title );
		}
		$this->network->answers( 404, Network::problem( 'unknown-event' ) );
		$this->network->requests = array();
		$this->clock->now       += 60;
		$this->run_cron();
		self::assertCount( 3, $this->network->requests );
		self::assertSame( 'forgotten', $this->rows()[0]->problem->code->value );
	}

	public function test_a_request_that_was_killed_leaves_its_event_to_cron(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->new_request();
		$this->clock->now += 5;
		$this->run_cron();
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_a_process_that_died_while_it_had_an_event_loses_it_when_the_lease_is_over(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->outbox->claim( $this->rows()[0], 'a dead process', $this->clock->now );
		$this->new_request();
		$this->clock->now += 30;
		$this->run_cron();
		self::assertSame( 'waiting', $this->rows()[0]->state );
		$this->clock->now += 1;
		$this->run_cron();
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_after_three_days_an_event_is_a_dead_letter_and_stays(): void {
		$this->given_failed_save();
		$this->clock->now += 3 * 24 * 3600 - 1;
		$this->run_cron();
		self::assertSame( 'waiting', $this->rows()[0]->state );
		$this->clock->now += 900;
		$this->run_cron();
		self::assertSame( 'dead', $this->rows()[0]->state );
		$this->clock->now += 365 * 24 * 3600;
		$this->run_cron();
		self::assertSame( 'dead', $this->rows()[0]->state );
	}

	public function test_cron_asks_for_reports_that_are_not_final_so_that_a_closed_tab_leaves_nothing_at_accepted(): void {
		$this->given_accepted_save();
		self::assertSame( 'accepted', $this->rows()[0]->state );
		$this->network->answer = null;
		$this->clock->now     += 60;
		$this->run_cron();
		self::assertSame( 'GET /v1/events/' . $this->rows()[0]->event_id, $this->network->lines()[1] );
		self::assertSame( 'applied', $this->rows()[0]->state );
		self::assertTrue( $this->rows()[0]->is_final );
		$this->run_cron();
		self::assertCount( 2, $this->network->requests );
	}

	public function test_ten_minutes_after_acceptance_without_a_final_report_the_outcome_is_unknown(): void {
		$this->given_accepted_save();
		$this->network->is_down();
		$this->clock->now += 599;
		$this->run_cron();
		self::assertSame( 0, $this->rows()[0]->unknown_since );
		$this->clock->now += 5;
		$this->run_cron();
		self::assertSame( $this->clock->now, $this->rows()[0]->unknown_since );
		$looks             = count( $this->network->requests );
		$this->clock->now += 60;
		$this->run_cron();
		self::assertCount( $looks, $this->network->requests );
	}

	public function test_a_failed_event_is_scheduled_for_the_second_it_is_due(): void {
		$this->given_failed_save();
		self::assertSame( $this->clock->now + 5, wp_next_scheduled( RetrySchedule::HOOK, array( 'next' ) ) );
		$this->clock->now     += 5;
		$this->network->answer = null;
		$this->run_cron();
		self::assertFalse( wp_next_scheduled( RetrySchedule::HOOK, array( 'next' ) ) );
	}

	public function test_cron_runs_every_minute_even_if_nothing_was_scheduled(): void {
		$this->plugin->init();
		self::assertSame( 'everypod_minute', wp_get_schedule( RetrySchedule::HOOK ) );
		self::assertSame( 60, wp_get_schedules()['everypod_minute']['interval'] );
	}

	public function test_what_was_finished_is_forgotten_after_two_weeks(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$this->clock->now += 14 * 24 * 3600;
		$this->run_cron();
		self::assertCount( 1, $this->rows() );
		$this->clock->now += 1;
		$this->run_cron();
		self::assertCount( 0, $this->rows() );
	}

	private function given_failed_save( string $title = 'News' ): void {
		$this->network->is_down();
		wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish' ) );
		$this->end_request();
	}

	private function given_accepted_save( string $title = 'News' ): void {
		$this->network->answer = static fn( array $request ) => Network::response( 202, Network::report( $request['headers']['webhook-id'], array( 'state' => 'accepted', 'final' => false ) ) );
		wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish' ) );
		$this->end_request();
	}
}
