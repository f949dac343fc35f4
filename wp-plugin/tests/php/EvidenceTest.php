<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\BridgeProtocol;
use Everypod\Event\Secret;
use Everypod\Event\Signature;
use Everypod\Event\Words;
use Everypod\Limits;
use Everypod\Tests\Harness\Network;
use WP_REST_Request;

/**
 * By what a pod can know that a page shows a change: hashes of new words, and never of what is not for everybody.
 *
 * @group every-php
 */
final class EvidenceTest extends TestCase {

	private const OLD  = 'One two three four five six seven.';
	private const NEWS = 'The quick brown fox jumps over the lazy dog.';

	protected function setUp(): void {
		parent::setUp();
		update_option( BridgeProtocol::OPTION, 'https://bridge.example.com:8443' );
		// Within one second: what is told of versions stands in VersionTest.
		$this->saves_at = '2026-11-30 16:50:00';
	}

	protected function tearDown(): void {
		$_SERVER['REQUEST_URI'] = '/';
		parent::tearDown();
	}

	public function test_golden_runs(): void {
		$fixtures = json_decode( (string) file_get_contents( dirname( __DIR__, 3 ) . '/contract/fixtures/evidence.json' ), true, 512, JSON_THROW_ON_ERROR );
		self::assertGreaterThan( 10, count( $fixtures ) );
		foreach ( $fixtures as $fixture ) {
			$runs = Words::runs( Words::of( $fixture['text'] ), $fixture['words'] );
			self::assertSame( $fixture['runs'], self::hashes( $fixture['eventId'], ...$runs ), $fixture['name'] );
		}
	}

	public function test_an_update_tells_the_words_that_are_new(): void {
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_content' => self::OLD . ' ' . self::NEWS ) );
		// Nine are new: the first, the last, and two between.
		self::assertSame(
			array(
				'words' => 6,
				'runs'  => self::hashes(
					$this->rows()[0]->event_id,
					'three four five six seven the',
					'five six seven the quick brown',
					'the quick brown fox jumps over',
					'fox jumps over the lazy dog'
				),
			),
			$this->told()
		);
	}

	public function test_four_runs_at_most_from_the_first_new_one_to_the_last(): void {
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_content' => implode( ' ', array_map( static fn( int $nth ) => "w$nth", range( 1, 36 ) ) ) ) );
		self::assertSame(
			self::hashes( $this->rows()[0]->event_id, 'w1 w2 w3 w4 w5 w6', 'w11 w12 w13 w14 w15 w16', 'w21 w22 w23 w24 w25 w26', 'w31 w32 w33 w34 w35 w36' ),
			$this->told()['runs']
		);
	}

	public function test_of_what_was_not_public_everything_is_new(): void {
		$draft = $this->given_post( array( 'post_status' => 'draft', 'post_content' => 'The quick brown fox jumps over' ) );
		wp_publish_post( $draft->ID );
		self::assertSame( self::hashes( $this->rows()[0]->event_id, 'the quick brown fox jumps over' ), $this->told()['runs'] );
	}

	public function test_a_new_post_is_new(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_content' => 'The quick brown fox jumps over', 'post_status' => 'publish' ) );
		self::assertSame( self::hashes( $this->rows()[0]->event_id, 'the quick brown fox jumps over' ), $this->told()['runs'] );
	}

	public function test_a_short_title_counts_with_the_words_after_it(): void {
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_title' => 'Goodbye' ) );
		self::assertSame( self::hashes( $this->rows()[0]->event_id, 'goodbye one two three four five' ), $this->told()['runs'] );
	}

	public function test_a_long_title_counts_by_itself(): void {
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_title' => 'The quick brown fox jumps over' ) );
		self::assertSame( self::hashes( $this->rows()[0]->event_id, 'the quick brown fox jumps over' ), $this->told()['runs'] );
	}

	public function test_what_is_made_when_a_page_is_shown_is_no_text(): void {
		add_shortcode( 'map', '__return_empty_string' );
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_content' => '<!-- wp:paragraph {"not":"text"} --><p>The quick [map of="a town"] brown</p><!-- /wp:paragraph --> <p>fox jumps&nbsp;<b>over</b></p>' ) );
		self::assertSame( self::hashes( $this->rows()[0]->event_id, 'the quick brown fox jumps over' ), $this->told()['runs'] );
	}

	/** @return array<string, array{array<string, mixed>, array<string, mixed>}> how a post was, and what is changed */
	public static function nothing_to_tell(): array {
		return array(
			'nothing is new'         => array( array(), array( 'menu_order' => 3 ) ),
			'words are gone only'    => array( array( 'post_content' => self::OLD . ' ' . self::NEWS ), array( 'post_content' => self::OLD ) ),
			'other typography'       => array( array( 'post_content' => 'It\'s one, two, three, four, five' ), array( 'post_content' => '<p>It’s one two three – four <em>five</em></p>' ) ),
			'few words'              => array( array( 'post_content' => 'Words' ), array( 'post_content' => 'Four more words there' ) ),
			'no words'               => array( array( 'post_content' => '' ), array( 'post_title' => '…', 'post_content' => '<!-- wp:spacer /-->' ) ),
			'a very long text'       => array( array(), array( 'post_content' => str_repeat( 'many new words ', 30_000 ) ) ),
			'a password'             => array( array( 'post_password' => 'x' ), array( 'post_content' => self::NEWS ) ),
			'a password from now on' => array( array(), array( 'post_content' => self::NEWS, 'post_password' => 'x' ) ),
			'private from now on'    => array( array(), array( 'post_content' => self::NEWS, 'post_status' => 'private' ) ),
			'a draft once more'      => array( array(), array( 'post_content' => self::NEWS, 'post_status' => 'draft' ) ),
		);
	}

	/**
	 * @dataProvider nothing_to_tell
	 * @param array<string, mixed> $before
	 * @param array<string, mixed> $change
	 */
	public function test_nothing_is_told_of( array $before, array $change ): void {
		$post = $this->given_post( $before + array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, $change );
		self::assertCount( 1, $this->rows() );
		self::assertNull( $this->told() );
	}

	public function test_nothing_is_told_of_a_removal(): void {
		$post = $this->given_post( array( 'post_content' => self::NEWS ) );
		wp_trash_post( $post->ID );
		$other = $this->given_post( array( 'post_content' => self::NEWS ) );
		wp_delete_post( $other->ID, true );
		self::assertSame( array( null ), array_map( static fn( array $event ) => $event['evidence'] ?? null, $this->events() ) );
	}

	public function test_what_is_withheld_later_in_the_same_request_is_told_no_longer(): void {
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_content' => self::NEWS ) );
		self::assertNotNull( $this->told() );
		$this->update( $post->ID, array( 'post_password' => 'x' ) );
		self::assertCount( 1, $this->rows() );
		self::assertNull( $this->told() );
	}

	public function test_what_else_is_changed_in_the_same_request_takes_nothing_away(): void {
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_content' => self::NEWS ) );
		$told              = $this->told();
		$this->clock->now += 1;
		add_post_meta( $post->ID, 'colour', 'red' );
		self::assertCount( 1, $this->rows() );
		self::assertSame( $told, $this->told() );
	}

	public function test_an_event_that_is_on_its_way_is_followed_by_one_with_hashes_of_its_own(): void {
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_content' => self::NEWS ) );
		$this->outbox->claim( $this->rows()[0], 'courier_1', $this->clock->now );
		$this->clock->now += 1;
		add_post_meta( $post->ID, 'colour', 'red' );
		$rows = $this->rows();
		self::assertCount( 2, $rows );
		foreach ( $this->events() as $nth => $event ) {
			self::assertSame( self::hashes( $rows[ $nth ]->event_id, 'the quick brown fox jumps over' )[0], $event['evidence']['runs'][0] );
		}
	}

	public function test_the_largest_event_stays_as_small_as_one_may_be(): void {
		add_filter( 'everypod_targets', static fn() => array_map( static fn( int $nth ) => array( 'path' => "/$nth/" . str_repeat( 'x', 85 ) ), range( 1, 196 ) ) );
		$post = $this->given_post( array( 'post_content' => self::OLD ) );
		$this->update( $post->ID, array( 'post_content' => self::NEWS ) );
		self::assertTrue( strlen( $this->rows()[0]->body ) < Limits::EVENT_BODY_BYTES );
		self::assertNotNull( $this->told() );
	}

	public function test_only_a_bridge_that_speaks_the_second_protocol_gets_any(): void {
		BridgeProtocol::forget();
		$this->publish();
		self::assertNull( $this->told() );
		$this->network->answer = static fn( array $request ) => Network::response( 200, Network::report( $request['headers']['webhook-id'] ), array( 'everypod-protocol' => '2' ) );
		$this->end_request();
		$this->forget();
		$this->publish();
		self::assertNotNull( $this->told() );
		// One of before has taken its place.
		$this->network->answer = null;
		$this->end_request();
		$this->forget();
		$this->publish();
		self::assertNull( $this->told() );
	}

	public function test_a_bridge_that_fetches_what_waits_says_what_it_speaks_too(): void {
		BridgeProtocol::forget();
		$path    = '/wp-json/everypod/v1/outbox';
		$request = new WP_REST_Request( 'GET', '/everypod/v1/outbox' );
		foreach ( Signature::headers( Secret::parse_all( self::SECRET ), 'fetch_1', $this->clock->now, "GET $path" ) as $name => $value ) {
			$request->set_header( $name, $value );
		}
		$_SERVER['REQUEST_URI'] = $path;
		self::assertSame( 200, rest_do_request( $request )->get_status() );
		$this->publish();
		self::assertNotNull( $this->told() );
	}

	public function test_nobody_else_says_what_a_bridge_speaks(): void {
		BridgeProtocol::forget();
		$request = new WP_REST_Request( 'GET', '/everypod/v1/outbox' );
		$request->set_header( 'everypod-protocol', '2' );
		self::assertSame( 401, rest_do_request( $request )->get_status() );
		$this->publish();
		self::assertNull( $this->told() );
	}

	public function test_without_a_bridge_there_is_nobody_to_look(): void {
		$this->constants['EVERYPOD_DESTINATION'] = 'load-balancer';
		$this->new_request();
		$this->publish();
		self::assertNull( $this->told() );
	}

	/** @return array<string, array{int, string}> */
	public static function refusals(): array {
		return array(
			'a bridge that knows another body by its id' => array( 409, 'id-reused' ),
			'a bridge that was put back to 0.1.0'        => array( 400, 'bad-request' ),
		);
	}

	/** @dataProvider refusals */
	public function test_what_was_refused_goes_under_another_id_and_without( int $status, string $problem ): void {
		$this->network->answers( $status, Network::problem( $problem ) );
		$this->publish();
		$before = $this->rows()[0];
		$this->end_request();
		$after = $this->rows()[0];
		self::assertNotSame( $before->event_id, $after->event_id );
		self::assertNull( $this->told() );
		$wanted = json_decode( $before->body, true );
		unset( $wanted['data']['evidence'] );
		self::assertSame( $wanted, json_decode( $after->body, true ) );
	}

	public function test_what_is_malformed_without_any_keeps_its_id(): void {
		BridgeProtocol::forget();
		$this->network->answers( 400, Network::problem( 'bad-request' ) );
		$this->publish();
		$id = $this->rows()[0]->event_id;
		$this->end_request();
		self::assertSame( $id, $this->rows()[0]->event_id );
	}

	private function publish(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_content' => self::NEWS, 'post_status' => 'publish' ) );
	}

	/** @param array<string, mixed> $fields */
	private function update( int $id, array $fields ): void {
		wp_update_post( array( 'ID' => $id ) + $fields );
	}

	/** @return array{words: int, runs: list<string>}|null of the first event */
	private function told(): ?array {
		return $this->events()[0]['evidence'] ?? null;
	}

	/** @return list<string> */
	private static function hashes( string $event_id, string ...$runs ): array {
		return array_map( static fn( string $run ) => substr( hash( 'sha256', "$event_id\n$run" ), 0, 16 ), array_values( $runs ) );
	}
}
