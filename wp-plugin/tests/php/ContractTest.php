<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Change\Change;
use Everypod\Change\Subject;
use Everypod\Event\Event;
use Everypod\Event\Secret;
use Everypod\Event\Signature;
use Everypod\Report\PodsSchema;
use Everypod\Report\Redaction;
use Everypod\Report\Report;
use Everypod\Rest\Shapes;
use Everypod\Target\Target;
use Everypod\Target\Targets;

/**
 * The golden fixtures, which TypeScript reads too.
 *
 * @group every-php
 */
final class ContractTest extends TestCase {

	/** @return list<array<string, mixed>> */
	private static function fixtures( string $name ): array {
		return json_decode( (string) file_get_contents( dirname( __DIR__, 3 ) . "/contract/fixtures/$name.json" ), true, 512, JSON_THROW_ON_ERROR );
	}

	/** @return list<array<string, mixed>> */
	private static function messages( string $message ): array {
		return array_values( array_filter( self::fixtures( 'messages' ), static fn( array $fixture ) => $message === $fixture['message'] ) );
	}

	public function test_signatures(): void {
		$fixtures = self::fixtures( 'signatures' );
		self::assertGreaterThan( 5, count( $fixtures ) );
		foreach ( $fixtures as $fixture ) {
			$secrets = Secret::parse_all( implode( ' ', $fixture['secrets'] ) );
			self::assertSame(
				$fixture['trusted'],
				Signature::is_trusted( $secrets, $fixture['headers'], $fixture['body'], $fixture['now'], $fixture['expectedId'] ?? null ),
				$fixture['name']
			);
		}
	}

	public function test_we_sign_as_the_vector_of_standard_webhooks_says(): void {
		$vector = self::fixtures( 'signatures' )[0];
		self::assertSame(
			$vector['headers'] + array( 'everypod-protocol' => '3' ),
			Signature::headers( Secret::parse_all( $vector['secrets'][0] ), $vector['headers']['webhook-id'], $vector['now'], $vector['body'] )
		);
	}

	public function test_secrets(): void {
		foreach ( self::fixtures( 'secrets' ) as $fixture ) {
			self::assertSame( $fixture['valid'], Secret::parse( $fixture['text'] ) instanceof Secret, $fixture['why'] ?? $fixture['text'] );
		}
	}

	public function test_target_keys(): void {
		foreach ( array( ...self::fixtures( 'target-keys' ), ...self::fixtures( 'vanishing-keys' ) ) as $fixture ) {
			$target = Target::parse( $fixture['target'] );
			self::assertSame( $fixture['key'], $target->key() );
			self::assertSame( $fixture['target'], $target->to_array() );
		}
	}

	public function test_targets_of_events_are_allowed_and_refused_alike(): void {
		$refused   = 0;
		$vanishing = array_filter( self::fixtures( 'vanishing' ), static fn( array $fixture ) => 'event' === $fixture['message'] );
		foreach ( array( ...self::messages( 'event' ), ...$vanishing ) as $fixture ) {
			$is_about_targets = $fixture['valid'] || 1 === preg_match( '/path|tag|topic|scope|target that|vanishes/', $fixture['name'] );
			$targets          = $fixture['value']['data']['targets'] ?? array();
			if ( ! $is_about_targets || ! array_is_list( $targets ) || array() === $targets ) {
				continue;
			}
			$are_good = ! in_array( null, array_map( Target::parse( ... ), $targets ), true );
			self::assertSame( $fixture['valid'], $are_good, $fixture['name'] );
			$refused += $fixture['valid'] ? 0 : 1;
		}
		self::assertGreaterThan( 12, $refused );
	}

	/** @return array<string, array{string}> */
	public static function golden_events(): array {
		return array(
			'somebody did it'   => array( 'a post was updated' ),
			'nobody did it'     => array( 'cron published a post, so nobody did it' ),
			'in another script' => array( 'a path as WordPress writes it' ),
		);
	}

	/** @dataProvider golden_events */
	public function test_we_write_events_as_the_golden_messages_are( string $name ): void {
		$wanted = array_values( array_filter( self::messages( 'event' ), static fn( array $fixture ) => $name === $fixture['name'] ) )[0]['value'];
		add_filter( 'pre_option_home', static fn() => $wanted['data']['site'] );
		$subject = $wanted['data']['subject'];
		$event   = Event::of(
			new Change( $wanted['data']['change'], new Subject( $subject['kind'], $subject['id'], $subject['title'] ), $wanted['data']['actor'] ),
			Targets::of( ...array_map( Target::parse( ... ), $wanted['data']['targets'] ) ),
			(int) strtotime( $wanted['timestamp'] )
		);
		self::assertSame( $wanted, json_decode( $event->body, true ) );
	}

	public function test_broken_bytes_and_long_titles_cost_no_event(): void {
		$event = Event::of(
			new Change( 'post.updated', new Subject( 'post', '1', "Broken \xC3 " . str_repeat( '😀', 400 ) ), null ),
			Targets::of( Target::tag( 'wp:post:1' ) ),
			$this->clock->now
		);
		$title = json_decode( $event->body, true )['data']['subject']['title'];
		self::assertStringContainsString( 'Broken', $title );
		self::assertTrue( strlen( mb_convert_encoding( $title, 'UTF-16LE', 'UTF-8' ) ) / 2 <= 300 );
	}

	public function test_reports(): void {
		$vanishing = array_filter( self::fixtures( 'vanishing' ), static fn( array $fixture ) => 'report' === $fixture['message'] );
		foreach ( array( ...self::messages( 'report' ), ...$vanishing ) as $fixture ) {
			self::assertSame( $fixture['valid'], Report::parse( $fixture['value'] ) instanceof Report, $fixture['name'] );
		}
	}

	/** `told` is newer than the other words: a report may have it, and may not count it. */
	public function test_b9_reports_of_pods_that_were_told(): void {
		foreach ( self::fixtures( 'report-told' ) as $fixture ) {
			$report = Report::parse( $fixture['value'] );
			self::assertSame( $fixture['valid'], $report instanceof Report, $fixture['name'] );
			if ( $report instanceof Report ) {
				self::assertSame( $fixture['value'], $report->to_array(), $fixture['name'] );
			}
		}
	}

	/** By what a pod has settled, and what a cap left out: fields of the second protocol. */
	public function test_reports_of_how_pods_settled(): void {
		$seen = array();
		foreach ( self::fixtures( 'settled' ) as $fixture ) {
			if ( 'report' !== $fixture['message'] ) {
				continue;
			}
			$report = Report::parse( $fixture['value'] );
			self::assertSame( $fixture['valid'], $report instanceof Report, $fixture['name'] );
			if ( $report instanceof Report ) {
				self::assertSame( $fixture['value'], $report->to_array(), $fixture['name'] );
			}
			$seen[] = $fixture['valid'];
		}
		self::assertTrue( in_array( true, $seen, true ) && in_array( false, $seen, true ) );
	}

	/** What came of visiting an event's paths: a field of the second protocol. */
	public function test_reports_of_visits(): void {
		$seen = array();
		foreach ( self::fixtures( 'visits' ) as $fixture ) {
			if ( 'report' !== $fixture['message'] ) {
				continue;
			}
			$report = Report::parse( $fixture['value'] );
			self::assertSame( $fixture['valid'], $report instanceof Report, $fixture['name'] );
			if ( $report instanceof Report ) {
				self::assertSame( $fixture['value'], $report->to_array(), $fixture['name'] );
				self::assertSame( $fixture['value'], Report::stored( $report->to_json() )?->to_array(), $fixture['name'] );
			}
			$seen[] = $fixture['valid'];
		}
		self::assertTrue( in_array( true, $seen, true ) && in_array( false, $seen, true ) );
	}

	public function test_a_result_of_a_later_bridge_costs_no_report(): void {
		$value = $this->visited( 'every result, the worst first' );
		$value['pods'][0]['visits']['paths'][0]['result'] = 'postponed';
		self::assertSame( $value, Report::parse( $value )?->to_array() );
	}

	/** @return array<string, mixed> */
	private function visited( string $name ): array {
		return array_values( array_filter( self::fixtures( 'visits' ), static fn( array $fixture ) => $name === $fixture['name'] ) )[0]['value'];
	}

	public function test_visits_are_shown_without_addresses_to_who_may_not_see_them(): void {
		$value                                        = $this->visited( 'every result, the worst first' );
		$value['pods'][0]['visits']['paths'][2]['to'] = 'http://10.4.0.11:3000/login';
		$shown                                        = Redaction::of( Report::parse( $value ) );
		$paths                                        = $shown['pods'][0]['visits']['paths'];
		self::assertSame( 'WordPress at … answered 502 three times.', $paths[0]['reason'] );
		self::assertSame( 'http://…/login', $paths[2]['to'] );
		self::assertSame( array_column( $value['pods'][0]['visits']['paths'], 'path' ), array_column( $paths, 'path' ) );
		self::assertSame( 9, $shown['pods'][0]['visits']['of'] );
		self::assertStringNotContainsString( '10.4.', (string) json_encode( $shown ) );
	}

	/** What the bridge gives a plugin that does not speak the second protocol; 0.1.0 refuses what it does not know. */
	public function test_0_1_0_takes_what_it_is_given_and_would_not_take_more(): void {
		$schema = json_decode( (string) file_get_contents( __DIR__ . '/report-schema-0.1.0.json' ), true, 512, JSON_THROW_ON_ERROR );
		$pairs  = self::fixtures( 'report-first' );
		self::assertTrue( rest_validate_value_from_schema( $pairs[0]['first'], $schema, 'report' ) );
		self::assertNotSame( true, rest_validate_value_from_schema( $pairs[0]['second'], $schema, 'report' ) );
		foreach ( $pairs as $pair ) {
			self::assertSame( $pair['first'], Report::parse( $pair['first'] )?->to_array(), $pair['name'] );
			self::assertSame( $pair['second'], Report::parse( $pair['second'] )?->to_array(), $pair['name'] );
		}
	}

	/** A21: `verified` is no state, as long as no bridge says it. */
	public function test_a21_a_report_has_no_state_that_no_bridge_says(): void {
		$good = array_values( array_filter( self::messages( 'report' ), static fn( array $fixture ) => $fixture['valid'] ) )[0]['value'];
		self::assertTrue( Report::parse( array( 'state' => 'settled' ) + $good ) instanceof Report );
		self::assertFalse( Report::parse( array( 'state' => 'verified' ) + $good ) instanceof Report );
	}

	public function test_pods(): void {
		foreach ( self::messages( 'pods' ) as $fixture ) {
			self::assertSame( $fixture['valid'], is_array( PodsSchema::parse( $fixture['value'] ) ), $fixture['name'] );
		}
	}

	public function test_what_waits_for_the_bridge(): void {
		foreach ( array( 'outbox' => Shapes::outbox(), 'outbox-accepted' => Shapes::outbox_accepted() ) as $message => $schema ) {
			$fixtures = array_filter( self::messages( $message ), static fn( array $fixture ) => $fixture['valid'] );
			self::assertNotSame( array(), $fixtures );
			foreach ( $fixtures as $fixture ) {
				self::assertTrue( rest_validate_value_from_schema( $fixture['value'], $schema, $message ), $fixture['name'] );
			}
		}
	}
}
