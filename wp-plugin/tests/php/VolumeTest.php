<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Change\Change;
use Everypod\Change\Subject;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Event\Event;
use Everypod\Event\Part;
use Everypod\Event\Room;
use Everypod\Outbox\Rows;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use Everypod\Tests\Harness\Network;

/** Many changes in one request: one event, found by each of its subjects. */
final class VolumeTest extends TestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->given_a_bridge_of_the_third_protocol();
		$this->saves_at = '2025-11-24 16:00:00';
	}

	/** @return array<string, array{string}> */
	public static function golden_events(): array {
		return array(
			'two posts'      => array( 'two posts in one request' ),
			'one vanishes'   => array( 'a post that vanishes beside one that does not' ),
			'a post, a term' => array( 'a post and a term' ),
		);
	}

	/** @dataProvider golden_events */
	public function test_we_write_events_of_several_as_the_golden_messages_are( string $name ): void {
		$fixtures = json_decode( (string) file_get_contents( dirname( __DIR__, 3 ) . '/contract/fixtures/subjects.json' ), true, 512, JSON_THROW_ON_ERROR );
		$wanted   = array_values( array_filter( $fixtures, static fn( array $fixture ) => $name === $fixture['name'] ) )[0]['value'];
		add_filter( 'pre_option_home', static fn() => $wanted['data']['site'] );
		$parts = array();
		foreach ( $wanted['data']['subjects'] as $nth => $subject ) {
			// All targets stand at the first one: what is said of whom is not in the message.
			$targets = 0 === $nth ? Targets::of( ...array_map( Target::parse( ... ), $wanted['data']['targets'] ) ) : Targets::of();
			$parts[] = new Part( new Change( $subject['change'], new Subject( $subject['kind'], $subject['id'], $subject['title'] ), $wanted['data']['actor'] ), $targets );
		}
		$event = Event::about( $parts, Room::of( $this->settings() ), (int) strtotime( $wanted['timestamp'] ) );
		self::assertSame( self::sorted( $wanted ), self::sorted( json_decode( $event->body, true ) ) );
	}

	public function test_fifty_posts_in_one_request_are_one_event_that_names_each(): void {
		$posts = $this->given_posts( 50 );
		array_map( $this->retitle( ... ), $posts );
		$event = $this->the_event();
		self::assertSame( $posts, array_map( intval( ... ), array_column( $event['subjects'], 'id' ) ) );
		self::assertSame( array( 'kind', 'id', 'title', 'change' ), array_keys( $event['subjects'][7] ) );
		self::assertSame( array( 'post', 'New 8', 'post.updated' ), array( $event['subjects'][7]['kind'], $event['subjects'][7]['title'], $event['subjects'][7]['change'] ) );
		self::assertSame( (string) $posts[0], $event['subject']['id'] );
		foreach ( $posts as $post ) {
			self::assertContains( array( 'tag' => "wp:post:$post" ), $event['targets'] );
		}
		$this->end_request();
		self::assertCount( 1, $this->network->requests );
	}

	public function test_their_own_pages_come_before_all_others(): void {
		array_map( $this->retitle( ... ), $this->given_posts( 3 ) );
		self::assertSame( array( array( 'path' => '/post-1/' ), array( 'path' => '/post-2/' ), array( 'path' => '/post-3/' ) ), array_slice( $this->the_event()['targets'], 0, 3 ) );
	}

	public function test_one_post_is_an_event_without_a_list(): void {
		array_map( $this->retitle( ... ), $this->given_posts( 1 ) );
		self::assertArrayNotHasKey( 'subjects', $this->the_event() );
	}

	public function test_more_than_two_hundred_are_more_events_each_full(): void {
		array_map( $this->retitle( ... ), $this->given_posts( 205 ) );
		self::assertSame( array( 200, 5 ), array_map( static fn( array $event ) => count( $event['subjects'] ), $this->events() ) );
	}

	public function test_a_bridge_that_takes_no_list_gets_events_as_narrow_as_ever(): void {
		update_option( BridgeProtocol::OPTION, 'https://bridge.example.com:8443' );
		$posts = $this->given_posts( 205 );
		array_map( $this->retitle( ... ), $posts );
		self::assertGreaterThan( 1, count( $this->rows() ) );
		foreach ( $this->rows() as $row ) {
			self::assertLessThan( 20_000, strlen( $row->body ) );
			self::assertArrayNotHasKey( 'subjects', json_decode( $row->body, true )['data'] );
		}
		$targets = $this->targets();
		self::assertNotContains( 'layout /', $targets );
		foreach ( $posts as $post ) {
			self::assertContains( "tag wp:post:$post", $targets );
		}
	}

	public function test_only_what_vanishes_does_so(): void {
		list( $gone, $stays ) = $this->given_posts( 2 );
		wp_trash_post( $gone );
		$this->retitle( $stays, 1 );
		$event = $this->the_event();
		self::assertSame( array( 'post.trashed', (string) $gone ), array( $event['change'], $event['subject']['id'] ) );
		self::assertContains( array( 'path' => '/post-1/', 'vanishes' => true ), $event['targets'] );
		self::assertContains( array( 'path' => '/post-2/' ), $event['targets'] );
		// Once is enough for what both stood in.
		self::assertContains( array( 'path' => '/', 'vanishes' => true ), $event['targets'] );
		self::assertNotContains( array( 'path' => '/' ), $event['targets'] );
	}

	public function test_evidence_is_that_of_the_one_post_and_none_of_several(): void {
		list( $one, $other ) = $this->given_posts( 2 );
		wp_update_post( array( 'ID' => $one, 'post_content' => 'The quick brown fox jumps over the lazy dog' ) );
		wp_insert_term( 'Foxes', 'category' );
		self::assertSame( 6, $this->the_event()['evidence']['words'] );
		wp_update_post( array( 'ID' => $other, 'post_content' => 'The quick brown fox jumps over the lazy dog' ) );
		self::assertArrayNotHasKey( 'evidence', $this->the_event() );
	}

	public function test_each_panel_finds_the_event_and_sees_only_its_own(): void {
		$this->network->answer = static fn( array $request ) => Network::response( 200, Network::report( $request['headers']['webhook-id'], array( 'targets' => json_decode( $request['body'], true )['data']['targets'] ) ), array( 'everypod-protocol' => '3' ) );
		$posts                 = $this->given_posts( 3 );
		array_map( $this->retitle( ... ), $posts );
		$this->end_request();
		foreach ( $posts as $nth => $post ) {
			$delivery = $this->rest( 'GET', "/everypod/v1/posts/$post/delivery" )->get_data()['delivery'];
			self::assertSame( array( 'post', (string) $post, 'New ' . ( $nth + 1 ) ), array_values( $delivery['subject'] ) );
			self::assertSame( 'post.updated', $delivery['change'] );
			self::assertSame( 'applied', $delivery['state'] );
			foreach ( $posts as $other ) {
				self::assertSame( $post === $other, str_contains( (string) json_encode( $delivery ), 'post-' . ( 1 + array_search( $other, $posts, true ) ) ) );
			}
		}
	}

	public function test_the_list_of_deliveries_names_them_to_administrators(): void {
		$posts = $this->given_posts( 3 );
		array_map( $this->retitle( ... ), $posts );
		$this->end_request();
		$delivery = $this->rest( 'GET', '/everypod/v1/deliveries' )->get_data()['deliveries'][0];
		self::assertSame( array( 'New 1', 'New 2', 'New 3' ), array_column( $delivery['subjects'], 'title' ) );
	}

	public function test_the_metaboxes_of_a_save_are_sent_at_once_and_stand_in_its_line(): void {
		$this->saves_at = null;
		$post           = $this->given_post( array( 'post_status' => 'draft' ) )->ID;
		wp_publish_post( $post );
		$this->end_request();
		$this->clock->passes( 2.0 );
		$_GET['meta-box-loader'] = '1';
		update_post_meta( $post, 'subtitle', 'x' );
		wp_update_post( array( 'ID' => $post ) );
		$this->end_request();
		unset( $_GET['meta-box-loader'] );
		self::assertCount( 2, $this->network->requests );
		$answer = $this->rest( 'GET', '/everypod/v1/deliveries' )->get_data();
		self::assertSame( array( 1, array( 'post.published' ) ), array( $answer['total'], array_column( $answer['deliveries'], 'change' ) ) );
	}

	public function test_another_save_of_the_same_post_is_a_line_of_its_own(): void {
		$post = $this->given_posts( 1 )[0];
		foreach ( array( 1, 2 ) as $nth ) {
			$this->retitle( $post, $nth );
			$this->end_request();
		}
		self::assertSame( 2, $this->rest( 'GET', '/everypod/v1/deliveries' )->get_data()['total'] );
	}

	public function test_the_sweep_knows_that_they_were_sent(): void {
		$this->clock->now = time() - 200;
		$this->run_cron();
		$this->saves_at = null;
		$posts          = $this->given_posts( 3 );
		array_map( $this->retitle( ... ), $posts );
		$this->clock->now = time() + 1;
		$this->end_request();
		$this->clock->now += 200;
		$this->run_cron();
		self::assertSame( 1, count( array_keys( $this->targets(), "tag wp:post:$posts[1]", true ) ) );
	}

	public function test_a_request_that_runs_on_writes_what_it_has_after_two_seconds(): void {
		$posts = $this->given_posts( 4 );
		$this->retitle( $posts[0], 0 );
		$this->retitle( $posts[1], 1 );
		self::assertCount( 1, $this->written()['subjects'] ?? array( 1 ) );
		$this->clock->passes( 2.0 );
		$this->retitle( $posts[2], 2 );
		self::assertSame( array_map( strval( ... ), array_slice( $posts, 0, 3 ) ), array_column( $this->written()['subjects'], 'id' ) );
	}

	public function test_a_request_that_tells_much_writes_what_it_has_after_a_hundred_changes(): void {
		// Each is told twice: before it is saved, and after.
		foreach ( $this->given_posts( 60 ) as $nth => $post ) {
			$this->retitle( $post, $nth );
		}
		self::assertGreaterThan( 45, count( $this->written()['subjects'] ) );
	}

	public function test_an_event_is_not_widened_for_ever(): void {
		$posts = $this->given_posts( 12 );
		foreach ( $posts as $nth => $post ) {
			$this->clock->passes( 2.0 );
			$this->retitle( $post, $nth );
		}
		self::assertGreaterThan( 1, count( ( new Rows() )->page( 1, 10 ) ) );
		foreach ( $posts as $post ) {
			self::assertContains( "tag wp:post:$post", $this->targets() );
		}
	}

	public function test_what_is_on_its_way_is_not_widened_and_what_comes_after_it_is_another_event(): void {
		list( $one, $other ) = $this->given_posts( 2 );
		$this->retitle( $one, 0 );
		$this->outbox->claim( ( new Rows() )->page( 1, 1 )[0], 'courier', $this->clock->now );
		$this->retitle( $other, 1 );
		self::assertSame( array( 'New 1', 'New 2' ), array_column( array_column( $this->events(), 'subject' ), 'title' ) );
	}

	/** What is in the outbox though the request has not ended. @return array<string, mixed> */
	private function written(): array {
		return json_decode( ( new Rows() )->page( 1, 1 )[0]->body, true )['data'];
	}

	/** @return array<string, mixed> */
	private function the_event(): array {
		$events = $this->events();
		self::assertCount( 1, $events );
		return $events[0];
	}

	/** @return list<int> */
	private function given_posts( int $count ): array {
		return array_map( fn( int $nth ) => $this->given_post( array( 'post_title' => "Post $nth", 'post_name' => "post-$nth" ) )->ID, range( 1, $count ) );
	}

	private function retitle( int $post, int $nth = -1 ): void {
		$nth = $nth < 0 ? (int) substr( get_post( $post )->post_name, 5 ) : $nth + 1;
		wp_update_post( array( 'ID' => $post, 'post_title' => "New $nth" ) );
	}

	/** @param array<string, mixed> $event @return array<string, mixed> in whatever order its targets are */
	private static function sorted( array $event ): array {
		sort( $event['data']['targets'] );
		return $event;
	}
}
