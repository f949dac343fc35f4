<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\BridgeProtocol;
use Everypod\Event\Version;
use WP_REST_Request;

/**
 * Which version of a post an event says is new, for pages that name theirs; never of what is not for everybody.
 *
 * @group every-php
 */
final class VersionTest extends TestCase {

	private const WORDS = 'One two three four five six seven.';
	private const NEWS  = 'The quick brown fox jumps over the lazy dog.';

	protected function setUp(): void {
		parent::setUp();
		update_option( BridgeProtocol::OPTION, 'https://bridge.example.com:8443' );
		$this->saves_at = '2026-11-30 10:04:00';
	}

	public function test_golden_versions(): void {
		$fixtures = json_decode( (string) file_get_contents( dirname( __DIR__, 3 ) . '/contract/fixtures/versions.json' ), true, 512, JSON_THROW_ON_ERROR );
		self::assertGreaterThan( 5, count( $fixtures ) );
		foreach ( $fixtures as $fixture ) {
			self::assertSame( $fixture['version'], Version::of( $fixture['id'], $fixture['stored'] )?->to_array(), $fixture['name'] );
		}
	}

	public function test_an_update_tells_the_time_of_its_save_beside_the_words_that_are_new(): void {
		$post           = $this->given_post( array( 'post_content' => self::WORDS ) );
		$this->saves_at = '2026-11-30 16:50:00';
		$this->update( $post->ID, array( 'post_content' => self::NEWS ) );
		self::assertSame( $this->version( $post->ID, '2026-11-30T16:50:00Z' ), $this->told()['version'] );
		self::assertSame( 6, $this->told()['words'] );
	}

	/** @return array<string, array{array<string, mixed>}> */
	public static function no_new_words(): array {
		return array(
			'words are gone only' => array( array( 'post_content' => 'One two three' ) ),
			'few words'           => array( array( 'post_title' => 'Bye', 'post_content' => '' ) ),
			'no words at all'     => array( array( 'menu_order' => 3 ) ),
			'a very long text'    => array( array( 'post_content' => str_repeat( 'many new words ', 30_000 ) ) ),
		);
	}

	/**
	 * @dataProvider no_new_words
	 * @param array<string, mixed> $change
	 */
	public function test_it_is_told_alone_where_no_words_are_new( array $change ): void {
		$post           = $this->given_post( array( 'post_content' => self::WORDS ) );
		$this->saves_at = '2026-11-30 16:50:00';
		$this->update( $post->ID, $change );
		self::assertSame( array( 'version' => $this->version( $post->ID, '2026-11-30T16:50:00Z' ) ), $this->told() );
	}

	public function test_it_is_what_the_rest_api_says_of_the_post(): void {
		$post           = $this->given_post();
		$this->saves_at = '2026-11-30 16:50:00';
		$this->update( $post->ID, array( 'menu_order' => 3 ) );
		$answer = rest_do_request( new WP_REST_Request( 'GET', "/wp/v2/posts/{$post->ID}" ) )->get_data();
		self::assertSame( $this->version( $answer['id'], $answer['modified_gmt'] . 'Z' ), $this->told()['version'] );
	}

	public function test_of_what_was_not_public_every_version_is_new(): void {
		// Which leaves the time as it was.
		$draft = $this->given_post( array( 'post_status' => 'draft', 'post_content' => self::NEWS ) );
		wp_publish_post( $draft->ID );
		self::assertSame( $this->version( $draft->ID, '2026-11-30T10:04:00Z' ), $this->told()['version'] );
	}

	public function test_a_new_post_has_one(): void {
		$id = wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		self::assertSame( array( 'version' => $this->version( $id, '2026-11-30T10:04:00Z' ) ), $this->told() );
	}

	public function test_an_attachment_has_one(): void {
		$id = wp_insert_attachment( array( 'post_title' => 'A picture', 'post_mime_type' => 'image/png', 'post_status' => 'inherit' ), 'picture.png' );
		$this->forget();
		$this->saves_at = '2026-11-30 16:50:00';
		$this->update( $id, array( 'post_title' => 'The picture' ) );
		self::assertSame( $this->version( $id, '2026-11-30T16:50:00Z' ), $this->told()['version'] );
	}

	public function test_none_is_told_that_a_page_may_have_shown_before(): void {
		$post = $this->given_post( array( 'post_content' => self::WORDS ) );
		$this->update( $post->ID, array( 'post_content' => self::NEWS ) );
		self::assertArrayHasKey( 'words', $this->told() );
		self::assertArrayNotHasKey( 'version', $this->told() );
	}

	public function test_none_is_told_of_what_moves_no_version(): void {
		$post = $this->given_post();
		add_post_meta( $post->ID, 'colour', 'red' );
		self::assertNull( $this->told() );
	}

	/** @return array<string, array{array<string, mixed>, array<string, mixed>}> how a post was, and what is changed */
	public static function not_for_everybody(): array {
		return array(
			'a password'             => array( array( 'post_password' => 'x' ), array( 'post_content' => self::NEWS ) ),
			'a password from now on' => array( array(), array( 'post_password' => 'x' ) ),
			'private from now on'    => array( array(), array( 'post_status' => 'private' ) ),
			'a draft once more'      => array( array(), array( 'post_status' => 'draft' ) ),
			'trashed'                => array( array(), array( 'post_status' => 'trash' ) ),
		);
	}

	/**
	 * @dataProvider not_for_everybody
	 * @param array<string, mixed> $before
	 * @param array<string, mixed> $change
	 */
	public function test_none_is_told_of( array $before, array $change ): void {
		$post           = $this->given_post( $before + array( 'post_content' => self::WORDS ) );
		$this->saves_at = '2026-11-30 16:50:00';
		$this->update( $post->ID, $change );
		self::assertCount( 1, $this->rows() );
		self::assertNull( $this->told() );
	}

	public function test_none_is_told_of_a_removal(): void {
		$post           = $this->given_post();
		$this->saves_at = '2026-11-30 16:50:00';
		wp_trash_post( $post->ID );
		$other = $this->given_post();
		wp_delete_post( $other->ID, true );
		self::assertSame( array( null ), array_map( static fn( array $event ) => $event['evidence'] ?? null, $this->events() ) );
	}

	public function test_none_is_told_any_longer_once_it_is_withheld_in_the_same_request(): void {
		$post           = $this->given_post();
		$this->saves_at = '2026-11-30 16:50:00';
		$this->update( $post->ID, array( 'menu_order' => 3 ) );
		self::assertNotNull( $this->told() );
		$this->update( $post->ID, array( 'post_password' => 'x' ) );
		self::assertNull( $this->told() );
	}

	public function test_only_a_bridge_that_speaks_the_second_protocol_gets_any(): void {
		BridgeProtocol::forget();
		$post           = $this->given_post();
		$this->saves_at = '2026-11-30 16:50:00';
		$this->update( $post->ID, array( 'menu_order' => 3 ) );
		self::assertNull( $this->told() );
	}

	/** @param array<string, mixed> $fields */
	private function update( int $id, array $fields ): void {
		wp_update_post( array( 'ID' => $id ) + $fields );
	}

	/** @return array<string, mixed>|null the first event's evidence */
	private function told(): ?array {
		return $this->events()[0]['evidence'] ?? null;
	}

	/** @return array{post: string, modified: string} */
	private function version( int $post, string $modified ): array {
		return array(
			'post'     => (string) $post,
			'modified' => $modified,
		);
	}
}
