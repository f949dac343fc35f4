<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Closure;
use Everypod\Clock;
use Everypod\Limits;
use Everypod\Outbox\Outbox;
use Everypod\Outbox\Row;
use Everypod\Outbox\Rows;
use Everypod\Outbox\Sweep;
use Everypod\Settings\Settings;

/** Delivers what is due and asks for reports that are not final: run by cron, by every poll of a panel, and by a bridge. */
final class Retry {

	public function __construct(
		private readonly Outbox $outbox,
		private readonly Rows $rows,
		private readonly Courier $courier,
		private readonly RetrySchedule $schedule,
		private readonly Sweep $sweep,
		private readonly Settings $settings,
		private readonly Clock $clock
	) {}

	public function by_cron(): void {
		$this->sweep->run();
		$this->pass( Limits::CRON_PASS_SECONDS, Limits::PATIENT_SECONDS );
		$this->outbox->prune( $this->clock->now() );
	}

	/** A bridge that fetches stands in for a cron that is dead. What is due, it takes itself. */
	public function by_bridge(): void {
		$this->sweep->run_once_a_minute();
		$this->outbox->prune( $this->clock->now() );
	}

	public function by_poll(): void {
		$attempt = $this->settings->polled_seconds();
		$this->pass( max( $attempt, Limits::POLL_PASS_SECONDS ), $attempt );
	}

	/** @param float $attempt_seconds the most that one attempt of the pass may take */
	private function pass( float $seconds, float $attempt_seconds ): void {
		$deadline = $this->clock->elapsed() + $seconds;
		$outcomes = $this->deliver_due( $deadline, $attempt_seconds );
		if ( in_array( Handover::Accepted, $outcomes, true ) && ! self::is_stopped( $outcomes ) ) {
			$this->outbox->hasten( $this->clock->now() );
			$outcomes = $this->deliver_due( $deadline, $attempt_seconds );
		}
		if ( ! self::is_stopped( $outcomes ) ) {
			$this->each( $this->rows->unresolved( $this->clock->now() ), $deadline, $attempt_seconds, $this->courier->look( ... ) );
		}
		$this->schedule->update();
	}

	/** @return list<Problem|Handover|null> */
	private function deliver_due( float $deadline, float $attempt_seconds ): array {
		return $this->each( $this->rows->due( $this->clock->now() ), $deadline, $attempt_seconds, $this->courier->deliver( ... ) );
	}

	/**
	 * To the first failure of the bridge itself, after which nothing more is worth trying now.
	 *
	 * @param list<Row>                                $rows
	 * @param Closure(Row, float): (Problem|Handover|null) $act with the seconds that it may take
	 * @return list<Problem|Handover|null> one for each row that was tried
	 */
	private function each( array $rows, float $deadline, float $attempt_seconds, Closure $act ): array {
		$outcomes = array();
		foreach ( $rows as $row ) {
			$remaining = min( $deadline - $this->clock->elapsed(), $attempt_seconds );
			if ( $remaining < Limits::SHORTEST_REQUEST_SECONDS || self::is_stopped( $outcomes ) ) {
				break;
			}
			$outcomes[] = $act( $row, $remaining );
		}
		return $outcomes;
	}

	/** @param list<Problem|Handover|null> $outcomes */
	private static function is_stopped( array $outcomes ): bool {
		$last = end( $outcomes );
		return $last instanceof Problem && ! $last->is_of_one_event();
	}
}
