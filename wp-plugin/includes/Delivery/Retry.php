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

/** Delivers what is due and asks for reports that are not final: run by cron, by every poll of a panel, and by a bridge. */
final class Retry {

	public function __construct(
		private readonly Outbox $outbox,
		private readonly Rows $rows,
		private readonly Courier $courier,
		private readonly RetrySchedule $schedule,
		private readonly Sweep $sweep,
		private readonly Clock $clock
	) {}

	public function by_cron(): void {
		$this->sweep->run();
		$this->pass( Limits::CRON_PASS_SECONDS );
		$this->outbox->prune( $this->clock->now() );
	}

	/** A bridge that fetches stands in for a cron that is dead. What is due, it takes itself. */
	public function by_bridge(): void {
		$this->sweep->run_once_a_minute();
		$this->outbox->prune( $this->clock->now() );
	}

	public function by_poll(): void {
		$this->pass( Limits::POLL_PASS_SECONDS );
	}

	private function pass( float $seconds ): void {
		$deadline = $this->clock->elapsed() + $seconds;
		$deliver  = $this->courier->deliver( ... );
		$due      = $this->rows->due( $this->clock->now() );
		$works    = $this->each( $due, $deadline, $deliver );
		if ( $works && array() !== $due ) {
			$this->outbox->hasten( $this->clock->now() );
			$works = $this->each( $this->rows->due( $this->clock->now() ), $deadline, $deliver );
		}
		if ( $works ) {
			$this->each( $this->rows->unresolved( $this->clock->now() ), $deadline, $this->courier->look( ... ) );
		}
		$this->schedule->update();
	}

	/**
	 * @param list<Row>                    $rows
	 * @param Closure(Row, float): ?Problem $act with the seconds that it may take
	 * @return bool false when the bridge failed, so that nothing more is worth trying now
	 */
	private function each( array $rows, float $deadline, Closure $act ): bool {
		foreach ( $rows as $row ) {
			$remaining = min( $deadline - $this->clock->elapsed(), Limits::DELIVERY_SECONDS );
			if ( $remaining <= 0 ) {
				break;
			}
			$problem = $act( $row, $remaining );
			if ( null !== $problem && ! $problem->is_of_one_event() ) {
				return false;
			}
		}
		return true;
	}
}
