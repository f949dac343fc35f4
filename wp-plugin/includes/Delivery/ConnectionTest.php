<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Change\Change;
use Everypod\Change\Subject;
use Everypod\Clock;
use Everypod\Event\Event;
use Everypod\Limits;
use Everypod\Outbox\Outbox;
use Everypod\Outbox\Rows;
use Everypod\Report\PodsSchema;
use Everypod\Settings\Connection;
use Everypod\Settings\Settings;
use Everypod\Target\Target;
use Everypod\Target\Targets;

/**
 * Tries the connection step by step, to the first that fails. Its event goes the way of every save, so that the test
 * can't pass where saves would fail.
 */
final class ConnectionTest {

	public const TOPIC = 'everypod.connection-test';

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox $outbox,
		private readonly Rows $rows,
		private readonly Courier $courier,
		private readonly BridgeClient $bridge,
		private readonly Clock $clock
	) {}

	/** @return list<array{name: string, passed: bool, message: string, advice?: string}> */
	public function run(): array {
		$connection = $this->settings->connection();
		if ( $connection instanceof Problem ) {
			return array( $this->failed( __( 'Settings', 'everypod' ), $connection ) );
		}
		$steps = array( self::passed( __( 'Settings', 'everypod' ), __( 'The address and the secret are well formed.', 'everypod' ) ) );
		if ( $connection->has_bridge() ) {
			$steps[] = $this->ask_for_pods( $connection );
		}
		if ( end( $steps )['passed'] ) {
			$steps[] = $this->send_event( $connection );
		}
		return $steps;
	}

	/** @return array{name: string, passed: bool, message: string, advice?: string} */
	private function ask_for_pods( Connection $connection ): array {
		$name    = __( 'Bridge and secret', 'everypod' );
		$started = $this->clock->elapsed();
		$answer  = $this->bridge->get( $connection, '/v1/pods', Limits::PATIENT_SECONDS );
		$seconds = $this->clock->elapsed() - $started;
		if ( null !== $answer->problem ) {
			return $this->failed( $name, $answer->problem );
		}
		if ( null === PodsSchema::parse( $answer->json ) ) {
			return $this->failed( $name, new Problem( ProblemCode::BadAnswer ) );
		}
		return self::passed(
			$name,
			$seconds > Limits::SAVE_CONNECT_SECONDS
				/* translators: %s: a number of seconds, such as 1.5 */
				? sprintf( __( 'The bridge answers and accepts the secret, but took %s seconds: a save waits one second for the connection, and leaves what takes longer to cron.', 'everypod' ), number_format_i18n( $seconds, 1 ) )
				: __( 'The bridge answers and accepts the secret.', 'everypod' )
		);
	}

	/** @return array{name: string, passed: bool, message: string, advice?: string} */
	private function send_event( Connection $connection ): array {
		$name  = __( 'A test event to every pod', 'everypod' );
		$event = Event::of(
			Change::by_current_user( 'connection.tested', Subject::connection() ),
			Targets::of( Target::topic( self::TOPIC ) ),
			$this->clock->now()
		);
		$id    = $this->outbox->add( $event, $this->clock->now() );
		$row   = null === $id ? null : $this->rows->get( $id );
		if ( null === $row ) {
			return $this->failed( $name, new Problem( ProblemCode::NoOutbox ) );
		}
		$outcome = $this->courier->deliver( $row, Limits::TEST_WAIT_SECONDS + Limits::PATIENT_SECONDS, Limits::TEST_WAIT_SECONDS );
		if ( $outcome instanceof Problem ) {
			return $this->failed( $name, $outcome );
		}
		$report = $this->rows->get( $row->id )?->report;
		if ( null === $report || array() === $report->pods() ) {
			return $this->failed( $name, new Problem( ProblemCode::NoPods, $report?->reason() ?? '' ) );
		}
		$wanted  = $connection->has_bridge() ? 'applied' : 'told';
		$reached = count( array_filter( $report->pods(), static fn( array $pod ) => $wanted === $pod['state'] ) );
		$message = sprintf(
			$connection->has_bridge()
				/* translators: 1: pods that applied the event, 2: all pods */
				? __( '%1$d of %2$d pods have applied the test event.', 'everypod' )
				/* translators: 1: pods that were told of the event, 2: all pods */
				: __( '%1$d of %2$d pods were told of the test event.', 'everypod' ),
			$reached,
			count( $report->pods() )
		);
		if ( count( $report->pods() ) === $reached ) {
			return self::passed( $name, $message );
		}
		return array(
			'name'    => $name,
			'passed'  => false,
			'message' => $message,
			'advice'  => __( 'The report of the test event, under the last deliveries, gives each pod\'s reason.', 'everypod' ),
		);
	}

	/** @return array{name: string, passed: bool, message: string} */
	private static function passed( string $name, string $message ): array {
		return array(
			'name'    => $name,
			'passed'  => true,
			'message' => $message,
		);
	}

	/** @return array{name: string, passed: bool, message: string, advice: string} */
	private function failed( string $name, Problem $problem ): array {
		$words = $problem->to_array( true, $this->settings );
		return array(
			'name'    => $name,
			'passed'  => false,
			'message' => $words['message'],
			'advice'  => $words['advice'],
		);
	}
}
