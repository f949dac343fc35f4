<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Change\Change;
use Everypod\Change\ChangeListener;
use Everypod\Change\Subject;
use Everypod\Change\Taken;
use Everypod\Clock;
use Everypod\Limits;
use Everypod\Log;
use Everypod\Settings\Settings;
use Everypod\Target\PostTargets;
use Throwable;

/**
 * Sends what was killed after its post was written and before its event was. Posts that were public before leave an
 * event at the beginning of the save already.
 */
final class Sweep {

	/** Of which time on it looks, up to which id it has looked, and when that was. */
	public const MARK_OPTION = 'everypod_sweep';

	public function __construct(
		private readonly ChangeListener $listener,
		private readonly Settings $settings,
		private readonly UnsentPosts $unsent,
		private readonly Clock $clock
	) {}

	public function run_once_a_minute(): void {
		$mark = self::mark();
		if ( null === $mark || $mark['until'] + Limits::SWEEP_GRACE_SECONDS <= $this->clock->now() - Limits::CRON_SECONDS ) {
			$this->run();
		}
	}

	public function run(): void {
		if ( ! Schema::mend() ) {
			return;
		}
		// Saves that are still under way come next time.
		$until = $this->clock->now() - Limits::SWEEP_GRACE_SECONDS;
		$mark  = self::mark();
		// Read first: what is inserted meanwhile is above it.
		$last_id = self::last_id();
		if ( null === $mark || ! $this->settings->is_configured() ) {
			// What was there before there was a bridge is not made up for.
			self::set_mark( $until, $last_id, $until );
			return;
		}
		$from = max( $mark['from'], $until - Limits::SWEEP_BACK_SECONDS );
		$sent = 0;
		foreach ( $this->unsent->find( $from, $until, $mark['id'] ) as $id ) {
			if ( ! $this->send( $id ) ) {
				return;
			}
			++$sent;
			if ( Limits::POSTS_PER_SWEEP === $sent ) {
				$last_id = max( $mark['id'], $id );
				break;
			}
		}
		if ( $this->listener->write() ) {
			self::set_mark( $mark['from'], $last_id, $until );
		}
	}

	/** @return bool false when the outbox can't be written */
	private function send( int $id ): bool {
		$post = PostTargets::post( $id );
		try {
			return ! $post || Taken::Lost !== $this->listener->changed( Change::by_current_user( 'post.updated', Subject::post( $post ) ), PostTargets::of( $post ) );
		} catch ( Throwable $thrown ) {
			// One post that another plugin's filter breaks must not keep the others waiting.
			Log::thrown( 'The sweep', $thrown );
			return true;
		}
	}

	private static function last_id(): int {
		global $wpdb;
		return (int) $wpdb->get_var( $wpdb->prepare( 'SELECT MAX( ID ) FROM %i', $wpdb->posts ) );
	}

	/** @return array{from: int, id: int, until: int}|null null before the first sweep */
	private static function mark(): ?array {
		$mark = get_option( self::MARK_OPTION );
		return is_array( $mark )
			? array(
				'from'  => (int) $mark['from'],
				'id'    => (int) $mark['id'],
				'until' => (int) $mark['until'],
			)
			: null;
	}

	private static function set_mark( int $from, int $id, int $until ): void {
		update_option(
			self::MARK_OPTION,
			array(
				'from'  => $from,
				'id'    => $id,
				'until' => $until,
			),
			false
		);
	}
}
