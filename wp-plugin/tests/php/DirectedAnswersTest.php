<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\AnswerTrust;
use Everypod\Delivery\ProblemCode;
use Everypod\Event\Secret;
use Everypod\Event\Signature;
use Everypod\Settings\Connection;
use Everypod\Tests\Harness\Network;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Answers are signed in a form that no question has: what WordPress believes of a bridge, and what it tells one.
 *
 * @group every-php
 */
final class DirectedAnswersTest extends TestCase {

	private const OUTBOX = '/wp-json/everypod/v1/outbox';

	protected function tearDown(): void {
		$_SERVER['REQUEST_URI'] = '/';
		parent::tearDown();
	}

	public function test_a9_golden_answers(): void {
		$fixtures = json_decode( (string) file_get_contents( dirname( __DIR__, 3 ) . '/contract/fixtures/answer-signatures.json' ), true, 512, JSON_THROW_ON_ERROR );
		foreach ( $fixtures as $fixture ) {
			$connection = new Connection( 'https://bridge.example.com', Secret::parse_all( implode( ' ', $fixture['secrets'] ) ), '' );
			AnswerTrust::forget();
			if ( $fixture['directs'] ) {
				$directed = Signature::headers( $connection->secrets, $fixture['question']['id'], $fixture['now'], Signature::answer_body( '{}' ) );
				self::assertNull( ( new AnswerTrust() )->fault( $connection, $directed, '{}', $fixture['now'], $fixture['question']['id'] ) );
			}
			$fault = ( new AnswerTrust() )->fault( $connection, $fixture['headers'], $fixture['body'], $fixture['now'], $fixture['question']['id'] );
			// On these routes 0.1.0 signs nothing at all, so here it is an answer without a signature that is of its form.
			$is_believed = array() === $fixture['headers'] ? ! $fixture['directs'] : 'directed' === $fixture['form'];
			self::assertSame( $is_believed, null === $fault, $fixture['name'] );
		}
	}

	public function test_a9_each_question_to_the_bridge_asks_for_a_directed_answer(): void {
		$this->save();
		$this->rest( 'GET', '/everypod/v1/pods' );
		self::assertSame( array( 'POST /v1/events', 'GET /v1/pods' ), $this->network->lines() );
		self::assertSame( array( 'directed', 'directed' ), array_map( static fn( array $request ) => $request['headers']['everypod-answer'], $this->network->requests ) );
	}

	/** @return array<string, array{callable(array<string, mixed>, array<string, mixed>): array<string, mixed>, string}> the request and the bridge's signed answer to what comes back */
	public static function changed_answers(): array {
		return array(
			'it is changed on the way'          => array( static fn( array $request, array $answer ) => array( 'body' => str_replace( '"applied"', '"settled"', $answer['body'] ) ) + $answer, 'Its signature is not the bridge\'s' ),
			'its signature is taken off'        => array( static fn( array $request, array $answer ) => array( 'headers' => array() ) + $answer, 'It is not signed' ),
			'it is the question, come back'     => array( static fn( array $request, array $answer ) => self::signed( $request, $answer['body'], 'mirrored' ), 'Its signature is not the bridge\'s' ),
			'it answers another question'       => array( static fn( array $request, array $answer ) => self::signed( array( 'headers' => array( 'webhook-id' => 'event_other' ) ) + $request, $answer['body'] ), 'Its signature is not the bridge\'s' ),
			'it is made up with another secret' => array( static fn( array $request, array $answer ) => self::signed( $request, $answer['body'], 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' ), 'Its signature is not the bridge\'s' ),
		);
	}

	/**
	 * @dataProvider changed_answers
	 * @param callable(array<string, mixed>, array<string, mixed>): array<string, mixed> $change
	 */
	public function test_a9_an_answer_that_is_not_the_bridges_own_is_not_believed_and_the_event_waits_on( callable $change, string $reason ): void {
		$this->bridge_signs();
		$this->save();
		self::assertSame( 'applied', $this->rows()[0]->state );

		$this->bridge_signs( $change );
		$this->save();
		$row = $this->rows()[1];
		self::assertSame( 'waiting', $row->state );
		self::assertSame( ProblemCode::UntrustedAnswer, $row->problem?->code );
		self::assertStringContainsString( $reason, $row->problem->detail );
		self::assertStringContainsString( 'changed on the way', $row->problem->message() );

		$this->bridge_signs();
		$this->clock->now += 60;
		$this->run_cron();
		self::assertSame( 'applied', $this->rows()[1]->state );
	}

	public function test_a9_pods_from_another_than_the_bridge_are_not_shown(): void {
		$this->bridge_signs();
		self::assertSame( 7, $this->rest( 'GET', '/everypod/v1/pods' )->get_data()['pods']['head'] );
		$this->bridge_signs( static fn( array $request, array $answer ) => array( 'headers' => array() ) + $answer );
		self::assertSame( 'untrusted-answer', $this->rest( 'GET', '/everypod/v1/pods' )->get_data()['problem']['code'] );
	}

	public function test_a9_a_bridge_that_has_never_signed_is_believed_and_so_is_another_one_at_another_address(): void {
		$this->save();
		self::assertSame( 'applied', $this->rows()[0]->state );
		$this->bridge_signs();
		$this->save();
		$this->network->answer                  = null;
		$this->constants['EVERYPOD_BRIDGE_URL'] = 'https://other.example.com';
		$this->new_request();
		$this->save();
		self::assertSame( 'applied', $this->rows()[2]->state );
	}

	public function test_a9_after_a_bridge_went_back_deactivating_the_plugin_makes_it_be_believed_again(): void {
		$this->bridge_signs();
		$this->save();
		$this->network->answer = null;
		$this->save();
		self::assertSame( 'waiting', $this->rows()[1]->state );
		// phpcs:ignore WordPress.NamingConventions.ValidHookName.UseUnderscores -- As WordPress names it.
		do_action( 'deactivate_' . plugin_basename( dirname( __DIR__, 2 ) . '/everypod.php' ), false );
		$this->clock->now += 60;
		$this->run_cron();
		self::assertSame( 'applied', $this->rows()[1]->state );
	}

	public function test_a9_what_a_bridge_asks_is_answered_in_the_form_that_it_asks_for(): void {
		$this->network->is_down();
		$this->save();
		$this->clock->now += 5;
		$id                = $this->rows()[0]->event_id;
		$ids               = (string) json_encode( array( 'ids' => array( $id ) ) ) . "\n";
		foreach ( array( array( 'GET', '' ), array( 'POST', $ids ) ) as list( $method, $body ) ) {
			$former = $this->ask( $method, $body, false );
			self::assertTrue( Signature::is_trusted( Secret::parse_all( self::SECRET ), $former->get_headers(), $former->bytes, $this->clock->now, 'fetch_1' ) );
			$directed = $this->ask( $method, $body, true );
			self::assertTrue( Signature::is_trusted( Secret::parse_all( self::SECRET ), $directed->get_headers(), Signature::answer_body( $directed->bytes ), $this->clock->now, 'fetch_1' ) );
			self::assertFalse( Signature::is_trusted( Secret::parse_all( self::SECRET ), $directed->get_headers(), $directed->bytes, $this->clock->now, 'fetch_1' ) );
		}
		self::assertSame( array( 'ids' => array( $id ) ), $directed->get_data() );
	}

	public function test_a9_the_answer_tells_only_what_waits_no_longer(): void {
		$this->network->is_down();
		$this->save();
		$this->clock->now += 5;
		$ids               = (string) json_encode( array( 'ids' => array( $this->rows()[0]->event_id ) ) );
		// An empty query is one that fails.
		$read_only = static fn( string $query ) => str_starts_with( $query, 'UPDATE' ) ? '' : $query;
		add_filter( 'query', $read_only );
		$answer    = $this->ask( 'POST', $ids, true );
		remove_filter( 'query', $read_only );
		self::assertSame( array( 'ids' => array() ), $answer->get_data() );
		self::assertSame( 'waiting', $this->rows()[0]->state );
	}

	/** @return array<string, array{string, string}> */
	public static function unsigned_ids(): array {
		return array(
			'beside an event, come back'  => array( '{"type":"content.changed"}', 'application/json' ),
			'beside a body of other type' => array( '{"ids":["event_1"]}', 'text/plain' ),
		);
	}

	/** @dataProvider unsigned_ids */
	public function test_a9_ids_that_nobody_has_signed_are_not_taken( string $body, string $type ): void {
		$this->network->is_down();
		$this->save();
		$id     = $this->rows()[0]->event_id;
		$answer = $this->ask( 'POST', $body, true, $type, array( 'ids' => array( $id ) ) );
		self::assertSame( 400, $answer->get_status() );
		self::assertSame( 'waiting', $this->rows()[0]->state );
	}

	private function save(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
	}

	/** @param (callable(array<string, mixed>, array<string, mixed>): array<string, mixed>)|null $change */
	private function bridge_signs( ?callable $change = null ): void {
		$this->network->answer = function ( array $request ) use ( $change ): array {
			$path   = (string) wp_parse_url( $request['url'], PHP_URL_PATH );
			$body   = str_ends_with( $path, '/v1/pods' ) ? Network::pods() : Network::report( 'POST' === $request['method'] ? $request['headers']['webhook-id'] : basename( $path ) );
			$answer = self::signed( $request, (string) json_encode( $body ) );
			return $change ? $change( $request, $answer ) : $answer;
		};
	}

	/**
	 * @param array<string, mixed> $request
	 * @return array<string, mixed>
	 */
	private static function signed( array $request, string $body, string $by = self::SECRET ): array {
		$secrets = Secret::parse_all( 'mirrored' === $by ? self::SECRET : $by );
		$now     = (int) ( $request['headers']['webhook-timestamp'] ?? 1_764_000_000 );
		$signs   = 'mirrored' === $by ? $request['body'] : Signature::answer_body( $body );
		return array( 'headers' => Signature::headers( $secrets, $request['headers']['webhook-id'], $now, $signs ) )
			+ Network::response( 200, 'mirrored' === $by ? $request['body'] : $body );
	}

	/** @param array<string, mixed> $query */
	private function ask( string $method, string $body, bool $is_directed, string $type = 'application/json', array $query = array() ): WP_REST_Response {
		$_SERVER['REQUEST_URI'] = 'GET' === $method ? self::OUTBOX : self::OUTBOX . '/accepted';
		$request                = new WP_REST_Request( $method, substr( $_SERVER['REQUEST_URI'], strlen( '/wp-json' ) ) );
		$signed                 = 'GET' === $method ? Signature::get_body( self::OUTBOX ) : $body;
		$headers                = Signature::headers( Secret::parse_all( self::SECRET ), 'fetch_1', $this->clock->now, $signed );
		foreach ( $headers + array( 'content-type' => $type ) + ( $is_directed ? array( 'everypod-answer' => 'directed' ) : array() ) as $name => $value ) {
			$request->set_header( $name, $value );
		}
		$request->set_query_params( $query );
		$request->set_body( $body );
		return rest_do_request( $request );
	}
}
