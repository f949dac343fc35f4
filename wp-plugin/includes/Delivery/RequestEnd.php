<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Clock;
use Everypod\Limits;
use Everypod\Outbox\Intake;
use Everypod\Outbox\Row;
use Everypod\Outbox\Rows;

/** Delivers what a request has made, at its end: after the answer, where the server can send that first. */
final class RequestEnd {

	public function __construct(
		private readonly Intake $intake,
		private readonly Rows $rows,
		private readonly Courier $courier,
		private readonly RetrySchedule $schedule,
		private readonly Clock $clock
	) {}

	public function shutdown(): void {
		$this->intake->write();
		$event_ids  = $this->intake->event_ids();
		$is_overdue = $this->schedule->is_overdue( $this->clock->now() );
		if ( array() === $event_ids && ! $is_overdue ) {
			if ( $this->intake->holds_some() ) {
				$this->schedule->update();
			}
			return;
		}
		if ( $this->rows->failed_since( $this->clock->now() - Limits::CIRCUIT_SECONDS ) ) {
			$this->schedule->update();
			return;
		}
		self::send_answer();
		$deadline = $this->clock->elapsed() + Limits::DELIVERY_SECONDS;
		// What was held is due by then, or cron is dead.
		$due = $is_overdue ? $this->rows->due( $this->clock->now() ) : array();
		foreach ( array( ...$event_ids, ...$due ) as $event_id ) {
			$remaining = $deadline - $this->clock->elapsed();
			if ( $remaining < Limits::SHORTEST_REQUEST_SECONDS ) {
				break;
			}
			// Not found: another site of the network, whose own cron delivers it.
			$row     = $event_id instanceof Row ? $event_id : $this->rows->find( $event_id );
			$outcome = null === $row ? null : $this->courier->deliver( $row, $remaining, connect_seconds: Limits::SAVE_CONNECT_SECONDS );
			if ( $outcome instanceof Problem && ! $outcome->is_of_one_event() ) {
				break;
			}
		}
		$this->schedule->update();
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
