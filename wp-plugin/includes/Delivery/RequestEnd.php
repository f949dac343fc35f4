<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Clock;
use Everypod\Limits;
use Everypod\Outbox\Intake;
use Everypod\Outbox\OpenEvent;
use Everypod\Outbox\Row;
use Everypod\Outbox\Rows;

/** Delivers what a request has made, at its end: after the answer, where the server can send that first. */
final class RequestEnd {

	private const NOTHING_WAITS = array(
		'failed_at' => 0,
		'next_due'  => null,
	);

	public function __construct(
		private readonly Intake $intake,
		private readonly Rows $rows,
		private readonly Courier $courier,
		private readonly RetrySchedule $schedule,
		private readonly Clock $clock
	) {}

	public function shutdown(): void {
		$this->intake->write();
		$own        = $this->intake->events();
		$is_overdue = $this->schedule->is_overdue( $this->clock->now() );
		if ( array() === $own && ! $is_overdue ) {
			if ( $this->intake->holds_some() ) {
				$this->schedule->update();
			}
			return;
		}
		$outlook = $this->schedule->is_planned() ? $this->rows->outlook( array_map( static fn( OpenEvent $event ) => $event->row_id, $own ) ) : self::NOTHING_WAITS;
		if ( $outlook['failed_at'] > $this->clock->now() - Limits::CIRCUIT_SECONDS ) {
			$this->schedule->update();
			return;
		}
		self::send_answer();
		// What was held is due by then, or cron is dead.
		$due = $is_overdue ? $this->rows->due( $this->clock->now() ) : array();
		if ( $this->deliver( array( ...$own, ...$due ) ) && array() === $due ) {
			$this->schedule->plan( $outlook['next_due'] );
		} else {
			$this->schedule->update();
		}
	}

	/**
	 * @param list<OpenEvent|Row> $events
	 * @return bool whether the bridge has taken all of them
	 */
	private function deliver( array $events ): bool {
		$deadline = $this->clock->elapsed() + Limits::DELIVERY_SECONDS;
		$taken    = 0;
		foreach ( $events as $event ) {
			$remaining = $deadline - $this->clock->elapsed();
			if ( $remaining < Limits::SHORTEST_REQUEST_SECONDS ) {
				break;
			}
			$outcome = $event instanceof Row
				? $this->courier->deliver( $event, $remaining, connect_seconds: Limits::SAVE_CONNECT_SECONDS )
				: $this->courier->deliver_own( $event, $remaining, Limits::SAVE_CONNECT_SECONDS );
			if ( $outcome instanceof Problem && ! $outcome->is_of_one_event() ) {
				break;
			}
			$taken += Handover::Accepted === $outcome ? 1 : 0;
		}
		return count( $events ) === $taken;
	}

	private static function send_answer(): void {
		ignore_user_abort( true );
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request();
		} elseif ( function_exists( 'litespeed_finish_request' ) ) {
			litespeed_finish_request();
		}
	}
}
