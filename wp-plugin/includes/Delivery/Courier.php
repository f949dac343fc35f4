<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Clock;
use Everypod\Event\Event;
use Everypod\Event\Signature;
use Everypod\Limits;
use Everypod\Outbox\OpenEvent;
use Everypod\Outbox\Outbox;
use Everypod\Outbox\Row;
use Everypod\Report\Report;
use Everypod\Settings\Connection;
use Everypod\Settings\Settings;

/** Takes one event to the bridge or to the pods, or looks after one that is there. The same way for saves, retries and the test. */
final class Courier {

	private readonly string $name;

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox $outbox,
		private readonly BridgeClient $bridge,
		private readonly Clock $clock
	) {
		$this->name = Signature::new_id( 'courier' );
	}

	/** One attempt. The outcome is written to the outbox. */
	public function deliver( Row $row, float $timeout_seconds = Limits::DELIVERY_SECONDS, int $wait = 0, float $connect_seconds = INF ): Problem|Handover {
		$row = $this->outbox->claim( $row, $this->name, $this->clock->now() );
		return null === $row ? Handover::LeftToAnother : $this->hand_over( $row, $timeout_seconds, $wait, $connect_seconds );
	}

	/** The first attempt, by the request that has written the event. */
	public function deliver_own( OpenEvent $own, float $timeout_seconds, float $connect_seconds ): Problem|Handover {
		$row = $this->outbox->claim_own( $own, $this->name, $this->clock->now() );
		return null === $row ? Handover::LeftToAnother : $this->hand_over( $row, $timeout_seconds, 0, $connect_seconds );
	}

	/** @param Row $row as it was claimed */
	private function hand_over( Row $row, float $timeout_seconds, int $wait, float $connect_seconds ): Problem|Handover {
		$connection = $this->settings->connection();
		if ( $connection instanceof Problem ) {
			$this->outbox->postpone( $row, $connection, $this->clock->now() );
			return $connection;
		}
		$answer  = $this->bridge->post_event( $connection, $row->event_id, $row->body, $timeout_seconds, $wait, $connect_seconds );
		$outcome = self::report_in( $answer, $row, $connection );
		if ( $outcome instanceof Report ) {
			$this->outbox->accept( $row, $outcome, $this->clock->now() );
			return Handover::Accepted;
		}
		$other = self::for_another_name( $outcome, $row );
		if ( null !== $other ) {
			$this->outbox->rename( $row, $other );
		}
		$this->outbox->postpone( $row, $outcome, $this->clock->now() );
		return $outcome;
	}

	/** Asks the bridge, where there is one, for an accepted event's report; after ten minutes without a final one, it is unknown. */
	public function look( Row $row, float $timeout_seconds = Limits::DELIVERY_SECONDS ): ?Problem {
		$now        = $this->clock->now();
		$connection = $this->settings->connection();
		$outcome    = match ( true ) {
			$connection instanceof Problem  => $connection,
			! $connection->has_bridge()     => null,
			default                         => self::report_in( $this->bridge->get_report( $connection, $row->event_id, $timeout_seconds ), $row, $connection ),
		};
		if ( $outcome instanceof Report ) {
			$this->outbox->learn( $row, $outcome, $now );
		} elseif ( null !== $outcome ) {
			$this->outbox->look_failed( $row, $outcome, $now );
		}
		$is_final = $outcome instanceof Report && $outcome->is_final();
		if ( ! $is_final && $now - $row->accepted_at >= Limits::UNRESOLVED_SECONDS ) {
			$this->outbox->mark_unknown( $row, $now );
		}
		return $outcome instanceof Report ? null : $outcome;
	}

	/** A bridge that was put back to 0.1.0 takes no evidence and nothing that vanishes, and can't say that this is it. */
	private static function for_another_name( Problem $problem, Row $row ): ?string {
		$first = Event::as_first( $row->body );
		return match ( $problem->code ) {
			ProblemCode::IdReused  => Event::without_evidence( $row->body ),
			ProblemCode::Malformed => $first === $row->body ? null : $first,
			default                => null,
		};
	}

	private static function report_in( BridgeAnswer $answer, Row $row, Connection $connection ): Report|Problem {
		if ( null !== $answer->problem ) {
			return $answer->problem;
		}
		$report = Report::parse( $answer->json );
		if ( null === $report || $report->id() !== $row->event_id ) {
			return new Problem( ProblemCode::BadAnswer, __( 'The answer is not the report of this event.', 'everypod' ) );
		}
		if ( ! $connection->has_bridge() && ! $report->is_direct() ) {
			return new Problem( ProblemCode::BadAnswer, __( 'The answer is that of a bridge.', 'everypod' ) );
		}
		return $report;
	}
}
