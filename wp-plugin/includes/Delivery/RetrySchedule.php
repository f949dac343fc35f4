<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Limits;
use Everypod\Outbox\Rows;

/**
 * When WP-Cron runs the retry: every minute, and besides at the very time the next event is due. The first heals what
 * the second loses, since WP-Cron forgets a single event before it runs.
 */
final class RetrySchedule {

	public const HOOK     = 'everypod_retry';
	public const INTERVAL = 'everypod_minute';

	/** Tells the single event from the recurring one, and keeps WP-Cron from taking two for duplicates. */
	private const NEXT = array( 'next' );

	public function __construct( private readonly Rows $rows ) {}

	/**
	 * @param array<string, array{interval: int, display: string}> $schedules
	 * @return array<string, array{interval: int, display: string}>
	 */
	public function cron_schedules( array $schedules ): array {
		$schedules[ self::INTERVAL ] = array(
			'interval' => Limits::CRON_SECONDS,
			// Not translated: other plugins ask for the schedules before WordPress may look for translations.
			'display'  => 'Every minute (Everypod)',
		);
		return $schedules;
	}

	/** Reads an option that WordPress has loaded anyway; writes only when the recurring event is missing. */
	public function ensure(): void {
		if ( ! wp_next_scheduled( self::HOOK ) ) {
			wp_schedule_event( time(), self::INTERVAL, self::HOOK );
		}
	}

	/** Moves the single event to when the next waiting event is due. */
	public function update(): void {
		$this->plan( $this->rows->next_due() );
	}

	/** @param int|null $due when the next waiting event is due; null when none waits */
	public function plan( ?int $due ): void {
		$scheduled = wp_next_scheduled( self::HOOK, self::NEXT );
		if ( $due === $scheduled || ( null === $due && false === $scheduled ) ) {
			return;
		}
		wp_clear_scheduled_hook( self::HOOK, self::NEXT );
		if ( null !== $due ) {
			wp_schedule_single_event( $due, self::HOOK, self::NEXT );
		}
	}

	/** Whether something waits, as far as that is known without asking the database: what waits has a plan. */
	public function is_planned(): bool {
		return false !== wp_next_scheduled( self::HOOK, self::NEXT );
	}

	/**
	 * Whether what is due should have gone by cron already, and whoever asks can see to it without keeping a visitor: by an
	 * option that WordPress has loaded anyway.
	 */
	public function is_overdue( int $now ): bool {
		$due = wp_next_scheduled( self::HOOK, self::NEXT );
		return is_int( $due ) && $due + Limits::OVERDUE_SECONDS <= $now && ( self::is_somebody_logged_in() || function_exists( 'fastcgi_finish_request' ) || function_exists( 'litespeed_finish_request' ) );
	}

	/** Some requests end before WordPress can know. */
	private static function is_somebody_logged_in(): bool {
		return function_exists( 'is_user_logged_in' ) && is_user_logged_in();
	}

	public static function clear(): void {
		wp_unschedule_hook( self::HOOK );
	}
}
