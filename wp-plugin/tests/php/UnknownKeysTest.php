<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Event\Secret;
use Everypod\Event\Signature;
use Everypod\Report\PodsSchema;
use Everypod\Report\Report;
use Everypod\Tests\Harness\Network;
use WP_REST_Request;

/**
 * The plugin updates itself apart from the cluster: what a later bridge says is read as far as it is known.
 *
 * @group every-php
 */
final class UnknownKeysTest extends TestCase {

	private const UNKNOWN = array(
		'laterOn' => array(
			'ip'      => '10.99.99.99',
			'targets' => array( array( 'path' => '/never' ) ),
		),
	);

	protected function tearDown(): void {
		$_SERVER['REQUEST_URI'] = '/';
		parent::tearDown();
	}

	/** @return list<array<string, mixed>> */
	private static function fixtures( string $name ): array {
		return json_decode( (string) file_get_contents( dirname( __DIR__, 3 ) . "/contract/fixtures/$name.json" ), true, 512, JSON_THROW_ON_ERROR );
	}

	/** @return array<string, mixed>|null what is read of a report or of pods; null where it is refused */
	private static function read( string $message, mixed $value ): ?array {
		return 'report' === $message ? Report::parse( $value )?->to_array() : PodsSchema::parse( $value );
	}

	public function test_a21_a_key_that_nobody_knows_is_ignored_wherever_it_stands_and_goes_no_further(): void {
		$places = 0;
		foreach ( array( ...self::fixtures( 'messages' ), ...self::fixtures( 'settled' ), ...self::fixtures( 'visits' ), ...self::fixtures( 'vanishing' ) ) as $fixture ) {
			if ( ! in_array( $fixture['message'], array( 'report', 'pods' ), true ) ) {
				continue;
			}
			foreach ( self::with_unknown_keys( $fixture['value'] ) as $where => $extended ) {
				$wanted = $fixture['valid'] ? $fixture['value'] : null;
				self::assertSame( $wanted, self::read( $fixture['message'], $extended ), "$fixture[name]: $where" );
				++$places;
			}
		}
		self::assertGreaterThan( 40, $places );
	}

	public function test_a21_golden_unknown_keys(): void {
		$read = 0;
		foreach ( self::fixtures( 'unknown-keys' ) as $fixture ) {
			if ( in_array( $fixture['message'], array( 'report', 'pods' ), true ) ) {
				self::assertSame( $fixture['reads'] ?? null, self::read( $fixture['message'], $fixture['value'] ), $fixture['name'] );
				++$read;
			}
		}
		self::assertGreaterThan( 3, $read );
	}

	public function test_a21_a_report_of_a_later_bridge_is_kept_and_shown_as_far_as_it_is_known(): void {
		$this->network->answer = static fn( array $request ) => Network::response( 200, self::everywhere( Network::report( $request['headers']['webhook-id'] ) ) );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		self::assertSame( 'applied', $this->rows()[0]->state );
		self::assertSame( Network::report( $this->rows()[0]->event_id ), $this->rows()[0]->report->to_array() );
		$shown = (string) json_encode( $this->rest( 'GET', '/everypod/v1/deliveries' )->get_data() );
		self::assertStringContainsString( 'nextjs-a', $shown );
		self::assertStringNotContainsString( '10.99.99.99', $shown );
	}

	public function test_a21_the_pods_of_a_later_bridge_are_shown_as_far_as_they_are_known(): void {
		$this->network->answers( 200, self::everywhere( Network::pods() ) );
		self::assertSame( Network::pods(), $this->rest( 'GET', '/everypod/v1/pods' )->get_data()['pods'] );
	}

	public function test_a21_a_problem_of_a_later_bridge_means_what_its_status_says(): void {
		$this->network->answers( 503, self::UNKNOWN + array( 'detail' => 'The disk is full.' ) );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		self::assertSame( 'bridge-unavailable', $this->rows()[0]->problem?->code->value );
		self::assertSame( 'The disk is full.', $this->rows()[0]->problem->detail );
	}

	public function test_a21_a_later_bridge_may_say_more_of_what_it_has_accepted(): void {
		$this->network->is_down();
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$id      = $this->rows()[0]->event_id;
		$path    = '/everypod/v1/outbox/accepted';
		$body    = (string) json_encode( array( 'ids' => array( $id ) ) + self::UNKNOWN );
		$request = new WP_REST_Request( 'POST', $path );
		foreach ( Signature::headers( Secret::parse_all( self::SECRET ), 'fetch_1', $this->clock->now, $body ) + array( 'content-type' => 'application/json' ) as $name => $value ) {
			$request->set_header( $name, $value );
		}
		$request->set_body( $body );
		$_SERVER['REQUEST_URI'] = "/wp-json$path";
		self::assertSame( array( 'ids' => array( $id ) ), rest_do_request( $request )->get_data() );
		self::assertSame( 'accepted', $this->rows()[0]->state );
	}

	/**
	 * @param array<mixed> $value
	 * @return array<mixed>
	 */
	private static function everywhere( array $value ): array {
		return self::with_unknown_keys( $value )['everywhere'];
	}

	/**
	 * A message once for each object in it, which has an unknown key; and once with one in all of them.
	 *
	 * @return array<string, mixed>
	 */
	private static function with_unknown_keys( mixed $value ): array {
		$places   = self::places( $value );
		$extended = array();
		foreach ( $places as $place ) {
			$extended[ '' === $place ? 'top' : $place ] = self::extend( $value, array( $place ) );
		}
		return $extended + array( 'everywhere' => self::extend( $value, $places ) );
	}

	/** @return list<string> */
	private static function places( mixed $value, string $at = '' ): array {
		if ( ! is_array( $value ) ) {
			return array();
		}
		$places = array_is_list( $value ) ? array() : array( $at );
		foreach ( $value as $key => $part ) {
			array_push( $places, ...self::places( $part, "$at/$key" ) );
		}
		return $places;
	}

	/** @param list<string> $places */
	private static function extend( mixed $value, array $places, string $at = '' ): mixed {
		if ( ! is_array( $value ) ) {
			return $value;
		}
		$extended = array();
		foreach ( $value as $key => $part ) {
			$extended[ $key ] = self::extend( $part, $places, "$at/$key" );
		}
		return in_array( $at, $places, true ) ? $extended + self::UNKNOWN : $extended;
	}
}
