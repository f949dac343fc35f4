<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Outbox\Schema;
use Everypod\Outbox\Sweep;
use Everypod\Tests\Harness\Hooked;

/** Saves that were killed before they were over. */
final class SweepTest extends TestCase {

	protected function setUp(): void {
		global $wpdb;
		parent::setUp();
		$wpdb->query( "UPDATE $wpdb->posts SET post_date_gmt = '2020-01-01 00:00:00', post_modified_gmt = '2020-01-01 00:00:00'" );
		// Posts carry the time of the machine.
		$this->clock->now = time() - 120;
		$this->run_cron();
		$this->clock->now = time();
	}

	public function test_a_new_post_whose_save_was_killed_is_found(): void {
		$post              = $this->killed_save( array( 'post_status' => 'publish' ) );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertSame( array( 'post.updated' ), $this->changes() );
		self::assertContains( "tag wp:post:$post", $this->targets() );
		self::assertContains( 'path /hello/', $this->targets() );
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_it_is_found_once(): void {
		$this->killed_save( array( 'post_status' => 'publish' ) );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertCount( 1, $this->rows() );
	}

	public function test_a_scheduled_post_whose_publishing_was_killed_is_found_by_its_date(): void {
		global $wpdb;
		$id = $this->killed_save( array( 'post_status' => 'future', 'post_date' => '2099-01-01 00:00:00' ) );
		$wpdb->update(
			$wpdb->posts,
			array( 'post_status' => 'publish', 'post_date_gmt' => gmdate( 'Y-m-d H:i:s' ), 'post_modified_gmt' => '2020-01-01 00:00:00' ),
			array( 'ID' => $id )
		);
		clean_post_cache( $id );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertContains( "tag wp:post:$id", $this->targets() );
	}

	public function test_a_save_that_went_well_is_not_sent_again(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertCount( 1, $this->rows() );
	}

	/** Cron retries first, and comes to the publishing late. */
	public function test_a_scheduled_post_that_was_published_late_is_found(): void {
		global $wpdb;
		$id = $this->killed_save( array( 'post_status' => 'future', 'post_date' => '2099-01-01 00:00:00' ) );
		$wpdb->update(
			$wpdb->posts,
			array( 'post_date_gmt' => gmdate( 'Y-m-d H:i:s', $this->clock->now + 60 ), 'post_modified_gmt' => '2020-01-01 00:00:00' ),
			array( 'ID' => $id )
		);
		clean_post_cache( $id );
		$this->clock->now += 300;
		$this->run_cron_to_its_end();
		Hooked::reset();
		wp_publish_post( $id );
		$this->new_request();
		$this->clock->now += 300;
		$this->run_cron_to_its_end();
		self::assertContains( "tag wp:post:$id", $this->targets() );
	}

	public function test_a_post_that_was_taken_back_and_published_again_is_found(): void {
		$this->clock->now -= 10;
		$post              = wp_insert_post( array( 'post_title' => 'Hello', 'post_status' => 'publish' ) );
		$this->end_request();
		$this->clock->now += 10;
		wp_update_post( array( 'ID' => $post, 'post_status' => 'draft' ) );
		$this->end_request();
		self::assertSame( array( 'post.published', 'post.unpublished' ), $this->changes() );
		$this->killed_save( array( 'ID' => $post, 'post_status' => 'publish' ) );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertSame( array( 'post.published', 'post.unpublished', 'post.updated' ), $this->changes() );
	}

	public function test_a_new_post_with_a_date_of_the_past_is_found(): void {
		$post              = $this->killed_save( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_date' => '2024-01-01 00:00:00' ) );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertContains( "tag wp:post:$post", $this->targets() );
	}

	public function test_what_is_too_much_for_one_sweep_is_left_to_the_next(): void {
		foreach ( range( 1, 205 ) as $number ) {
			$this->killed_save( array( 'post_name' => "hello-$number", 'post_status' => 'publish' ) + ( $number % 2 ? array() : array( 'post_date' => '2024-01-01 00:00:00' ) ) );
		}
		$this->clock->now += 120;
		$this->run_cron_to_its_end();
		self::assertCount( 200, $this->changes() );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertCount( 205, $this->changes() );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertCount( 205, $this->changes() );
	}

	public function test_what_was_changed_before_there_was_a_bridge_is_not_sent(): void {
		$constants       = $this->constants;
		$this->constants = array();
		$this->killed_save( array( 'post_status' => 'publish' ) );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		$this->constants = $constants;
		$this->new_request();
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertSame( array(), $this->rows() );
	}

	/** Cron has no user, so the rule would not know the change again. */
	public function test_what_a_rule_of_the_site_kept_back_is_not_sent_either(): void {
		$rule = static fn( bool $send, array $change ) => $send && '1' !== ( $change['actor']['id'] ?? '' );
		add_filter( 'everypod_should_send', $rule, 10, 2 );
		wp_insert_post( array( 'post_title' => 'Imported', 'post_status' => 'publish' ) );
		$this->end_request();
		wp_set_current_user( 0 );
		add_filter( 'everypod_should_send', $rule, 10, 2 );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertSame( array(), $this->rows() );
		self::assertSame( array(), $this->network->requests );
	}

	public function test_a_filter_that_leaves_no_target_is_asked_once_for_one_save(): void {
		$asked  = 0;
		$divert = static function () use ( &$asked ): array {
			++$asked;
			return array();
		};
		add_filter( 'everypod_targets', $divert );
		wp_insert_post( array( 'post_title' => 'Diverted', 'post_status' => 'publish' ) );
		$this->end_request();
		$by_the_save = $asked;
		add_filter( 'everypod_targets', $divert );
		$this->clock->now += 75;
		$this->run_cron_to_its_end();
		self::assertSame( $by_the_save, $asked );
	}

	public function test_what_was_kept_back_is_forgotten_once_the_sweep_looks_no_further_back(): void {
		global $wpdb;
		add_filter( 'everypod_should_send', '__return_false' );
		wp_insert_post( array( 'post_title' => 'Kept', 'post_status' => 'publish' ) );
		$this->new_request();
		$count             = static fn() => $wpdb->get_var( 'SELECT COUNT(*) FROM ' . Schema::table() );
		self::assertSame( '1', $count() );
		$this->clock->now += 4 * 86_400 + 1;
		$this->run_cron();
		self::assertSame( '0', $count() );
	}

	public function test_drafts_are_not_sent(): void {
		$this->killed_save( array( 'post_status' => 'draft' ) );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertSame( array(), $this->rows() );
	}

	public function test_a_save_that_is_still_under_way_is_left_to_itself(): void {
		$this->killed_save( array( 'post_status' => 'publish' ) );
		$this->run_cron_to_its_end();
		self::assertSame( array(), $this->rows() );
	}

	public function test_what_was_there_before_the_first_sweep_is_not_sent(): void {
		delete_option( Sweep::MARK_OPTION );
		$this->killed_save( array( 'post_status' => 'publish' ) );
		$this->clock->now += 61;
		$this->run_cron_to_its_end();
		self::assertSame( array(), $this->rows() );
	}

	public function test_a_post_that_visitors_could_see_leaves_its_event_at_the_beginning_of_the_save(): void {
		$post = $this->given_post();
		add_action( 'post_updated', static fn() => throw new \RuntimeException( 'killed' ) );
		try {
			wp_trash_post( $post->ID );
		} catch ( \RuntimeException $killed ) {
			$this->new_request();
		}
		self::assertSame( 'trash', get_post_status( $post->ID ) );
		self::assertContains( 'path /hello/', $this->targets() );
	}

	/**
	 * Writes the post, and nobody listens.
	 *
	 * @param array<string, mixed> $fields
	 */
	private function killed_save( array $fields ): int {
		Hooked::reset();
		$id = wp_insert_post( $fields + array( 'post_title' => 'Hello', 'post_name' => 'hello' ) );
		$this->new_request();
		return $id;
	}

	private function run_cron_to_its_end(): void {
		do_action( \Everypod\Delivery\RetrySchedule::HOOK );
		$this->end_request();
	}
}
