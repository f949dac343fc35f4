<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\BridgeProtocol;

/** A WordPress beside another one in the same app: what it says carries its short name. */
final class SiteNameTest extends AnswersTestCase {

	public function test_answers_of_a_site_with_a_name_say_it(): void {
		$without                               = (string) $this->answer( "/wp/v2/posts/{$this->ids['hello']}" );
		$this->constants['EVERYPOD_SITE_NAME'] = 'shop';
		self::assertSame( "@shop,$without", $this->answer( "/wp/v2/posts/{$this->ids['hello']}" ) );
		$this->own( 'nothing', static fn() => array( 'yes' ) );
		self::assertSame( '-', $this->answer( '/own/v1/nothing' ) );
	}

	public function test_events_of_a_site_with_a_name_say_it_and_no_address(): void {
		$this->save();
		$without = $this->tags();
		$this->forget();
		$this->constants['EVERYPOD_SITE_NAME'] = 'shop';
		$this->save();
		$named = array_map( static fn( string $tag ) => str_starts_with( $tag, 'wp:#' ) ? $tag : (string) preg_replace( '/^wp:/', 'wp@shop:', $tag ), $without );
		self::assertContains( "wp@shop:post:{$this->ids['hello']}", $named );
		self::assertSame( $named, $this->tags() );
		self::assertSame( array(), array_filter( $this->targets(), static fn( string $target ) => ! str_starts_with( $target, 'tag ' ) ) );
	}

	public function test_the_whole_site_is_what_was_made_from_it(): void {
		$this->constants['EVERYPOD_SITE_NAME'] = 'shop';
		update_option( 'blogname', 'Another name' );
		self::assertContains( 'tag wp@shop:site', $this->targets() );
		self::assertNotContains( 'layout /', $this->targets() );
	}

	public function test_what_vanishes_still_does(): void {
		$this->constants['EVERYPOD_SITE_NAME'] = 'shop';
		update_option( BridgeProtocol::OPTION, 'https://bridge.example.com:8443' );
		$this->forget();
		wp_trash_post( $this->ids['hello'] );
		$own = array_values( array_filter( $this->events()[0]['targets'], fn( array $target ) => "wp@shop:post:{$this->ids['hello']}" === ( $target['tag'] ?? '' ) ) );
		self::assertTrue( $own[0]['vanishes'] ?? false );
	}

	/** @dataProvider names */
	public function test_a_name_that_is_none_is_left_out( string $name ): void {
		$this->constants['EVERYPOD_SITE_NAME'] = $name;
		self::assertFalse( str_starts_with( (string) $this->answer( "/wp/v2/posts/{$this->ids['hello']}" ), '@' ) );
	}

	/** @return array<string, array{string}> */
	public static function names(): array {
		return array(
			'with capitals' => array( 'Shop' ),
			'too long'      => array( str_repeat( 's', 17 ) ),
			'with a comma'  => array( 'a,b' ),
			'a dash first'  => array( '-shop' ),
			'empty'         => array( '' ),
		);
	}

	public function test_sites_of_a_network_have_theirs_by_a_filter(): void {
		$before = static fn() => add_filter( 'everypod_site_name', static fn() => 'news' );
		self::assertTrue( str_starts_with( (string) $this->answer( "/wp/v2/posts/{$this->ids['hello']}", before: $before ), '@news,' ) );
	}

	private function save(): void {
		wp_update_post(
			array(
				'ID'         => $this->ids['hello'],
				'post_title' => 'Hello, ' . wp_generate_password(),
			)
		);
	}

	/** @return list<string> */
	private function tags(): array {
		return array_values( array_map( static fn( string $target ) => substr( $target, strlen( 'tag ' ) ), array_filter( $this->targets(), static fn( string $target ) => str_starts_with( $target, 'tag ' ) ) ) );
	}
}
