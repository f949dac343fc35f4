<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Change\Change;
use Everypod\Change\Subject;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Event\Event;
use Everypod\Event\Evidence;
use Everypod\Event\Part;
use Everypod\Event\Room;
use Everypod\Limits;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use Everypod\Tests\Harness\Network;

/** How much an event says, by who takes it and by what there is to say. */
final class WideEventsTest extends TestCase {

	private const FIRST  = '';
	private const SECOND = 'https://bridge.example.com:8443';
	private const THIRD  = '3 https://bridge.example.com:8443';

	private const ALL      = 'all of it';
	private const NO_WORDS = 'no evidence';
	private const NO_PATHS = 'no derived paths';
	private const WHOLE    = 'the whole site';

	/** @return array<string, array{string, int, int, int, string}> who takes it, how many paths and tags of how many bytes each, what is left of it */
	public static function widths(): array {
		return array(
			'a usual one'                               => array( self::THIRD, 10, 10, 30, self::ALL ),
			'as many targets as may be'                 => array( self::THIRD, 1_998, 2_000, 1, self::ALL ),
			'too many, of which paths are enough'       => array( self::THIRD, 1_000, 3_500, 5, self::NO_PATHS ),
			'too many tags'                             => array( self::THIRD, 10, 4_100, 5, self::WHOLE ),
			'as many bytes as may be'                   => array( self::THIRD, 10, 590, 90, self::ALL ),
			'too many bytes, for evidence alone'        => array( self::THIRD, 10, 621, 90, self::NO_WORDS ),
			'too many bytes, of which paths are enough' => array( self::THIRD, 400, 400, 90, self::NO_PATHS ),
			'too many bytes of tags'                    => array( self::THIRD, 10, 700, 90, self::WHOLE ),
			'a usual one, to a bridge of before'        => array( self::SECOND, 10, 10, 30, self::ALL ),
			'one that was too wide before'              => array( self::SECOND, 400, 600, 5, self::WHOLE ),
			'many bytes, to a bridge of before'         => array( self::SECOND, 100, 100, 90, self::WHOLE ),
			'a usual one, to the first bridge'          => array( self::FIRST, 10, 10, 30, self::NO_WORDS ),
			'a wide one, to the first bridge'           => array( self::FIRST, 600, 600, 5, self::WHOLE ),
		);
	}

	/** @dataProvider widths */
	public function test_what_is_too_wide_says_less( string $bridge, int $paths, int $tags, int $bytes, string $left ): void {
		'' === $bridge ? BridgeProtocol::forget() : update_option( BridgeProtocol::OPTION, $bridge );
		$targets = Targets::of(
			Target::path( '/own/' ),
			...array_map( static fn( int $nth ) => Target::path( '/' . str_pad( (string) $nth, $bytes, 'x' ) ), range( 1, $paths ) ),
			...array_map( static fn( int $nth ) => Target::tag( str_pad( (string) $nth, $bytes, 'x' ) ), range( 1, $tags ) ),
			...array( Target::topic( 'search' ) )
		);
		$room    = Room::of( $this->settings() );
		$part    = new Part( $this->change(), $targets, $room->is_second ? Evidence::of( array(), array( 'The quick brown fox jumps over the lazy dog' ), null ) : null );
		$event   = Event::about( array( $part ), $room, $this->clock->now );
		$data    = json_decode( $event->body, true )['data'];
		$kinds   = array_count_values( array_map( static fn( array $target ) => $target['scope'] ?? array_key_first( $target ), $data['targets'] ) );
		$said    = array( isset( $data['evidence'] ), $kinds['path'] ?? 0, $kinds['tag'] ?? 0, $kinds['topic'] ?? 0, $kinds['layout'] ?? 0 );
		self::assertSame(
			match ( $left ) {
				self::ALL      => array( true, $paths + 1, $tags, 1, 0 ),
				self::NO_WORDS => array( false, $paths + 1, $tags, 1, 0 ),
				self::NO_PATHS => array( false, 1, $tags, 1, 0 ),
				default        => array( false, 0, 0, 0, 1 ),
			},
			$said
		);
		self::assertLessThan( $room->bytes, strlen( $event->body ) );
	}

	public function test_of_several_subjects_each_keeps_its_own_path(): void {
		$this->given_a_bridge_of_the_third_protocol();
		$parts   = array_map(
			fn( int $post ) => new Part(
				$this->change( $post ),
				Targets::of( Target::path( "/own-$post/" ), ...array_map( static fn( int $nth ) => Target::path( "/$post/$nth/" ), range( 1, 2_500 ) ) )
			),
			array( 1, 2 )
		);
		$targets = json_decode( Event::about( $parts, Room::of( $this->settings() ), $this->clock->now )->body, true )['data']['targets'];
		self::assertSame( array( array( 'path' => '/own-1/' ), array( 'path' => '/own-2/' ) ), $targets );
	}

	public function test_the_whole_site_vanishes_where_something_of_it_did(): void {
		$this->given_a_bridge_of_the_third_protocol();
		$tags  = array_map( static fn( int $nth ) => Target::tag( "t$nth" ), range( 1, Limits::TARGETS_PER_EVENT + 1 ) );
		$event = Event::about( array( new Part( $this->change(), Targets::of( ...$tags )->vanishing() ) ), Room::of( $this->settings() ), $this->clock->now );
		self::assertSame( array( array( 'path' => '/', 'scope' => 'layout', 'vanishes' => true ) ), json_decode( $event->body, true )['data']['targets'] );
	}

	public function test_a_bridge_says_by_its_answers_what_it_takes(): void {
		foreach ( array( '1' => 20_000, '2' => 20_000, '3' => 64_000, '12' => 64_000, '' => 20_000, 'three' => 20_000 ) as $said => $bytes ) {
			$this->network->answer = static fn( array $request ) => Network::response( 200, Network::report( $request['headers']['webhook-id'] ), array( 'everypod-protocol' => (string) $said ) );
			wp_insert_post( array( 'post_title' => "News $said", 'post_status' => 'publish' ) );
			$this->end_request();
			self::assertSame( $bytes, Room::of( $this->settings() )->bytes, (string) $said );
		}
	}

	public function test_a_bridge_that_was_put_back_gets_the_same_in_its_own_width(): void {
		$this->given_a_bridge_of_the_third_protocol();
		add_filter( 'everypod_targets', static fn() => array_map( static fn( int $nth ) => array( 'tag' => "t$nth" ), range( 1, 2_000 ) ) );
		$this->network->answers( 400, Network::problem( 'bad-request' ) );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$row = $this->rows()[0];
		self::assertSame( array( array( 'path' => '/', 'scope' => 'layout' ) ), json_decode( $row->body, true )['data']['targets'] );
	}

	private function change( int $post = 1 ): Change {
		return new Change( 'post.updated', new Subject( 'post', (string) $post, 'Hello' ), null );
	}
}
