<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Limits;
use Everypod\Outbox\Schema;
use Everypod\Tests\Harness\Network;

/**
 * What visitors are to see no more says so in each of its targets, and nothing else does.
 */
final class VanishingTest extends TestCase {

	protected function setUp(): void {
		parent::setUp();
		update_option( BridgeProtocol::OPTION, 'https://bridge.example.com:8443' );
	}

	/** @return array<string, array{string, Closure}> the change's name, and what is done to a public post */
	public static function ends_of_posts(): array {
		$to = static fn( array $fields ) => static fn( self $it, int $id ) => wp_update_post( array( 'ID' => $id ) + $fields );
		return array(
			'moved to the trash'            => array( 'post.trashed', static fn( self $it, int $id ) => wp_trash_post( $id ) ),
			'moved there by its status'     => array( 'post.trashed', $to( array( 'post_status' => 'trash' ) ) ),
			'back to draft'                 => array( 'post.unpublished', $to( array( 'post_status' => 'draft' ) ) ),
			'to be reviewed'                => array( 'post.unpublished', $to( array( 'post_status' => 'pending' ) ) ),
			'private'                       => array( 'post.unpublished', $to( array( 'post_status' => 'private' ) ) ),
			'put off'                       => array( 'post.unpublished', $to( array( 'post_status' => 'future', 'post_date' => '2099-01-01 00:00:00', 'post_date_gmt' => '2099-01-01 00:00:00', 'edit_date' => true ) ) ),
			'behind a password'             => array( 'post.updated', $to( array( 'post_password' => 'secret' ) ) ),
			'behind one, in a new place'    => array( 'post.updated', $to( array( 'post_password' => 'secret', 'post_name' => 'moved' ) ) ),
			'private in the block editor'   => array( 'post.unpublished', static fn( self $it, int $id ) => $it->rest( 'POST', "/wp/v2/posts/$id", array( 'status' => 'private' ) ) ),
			'deleted for good'              => array( 'post.deleted', static fn( self $it, int $id ) => wp_delete_post( $id, true ) ),
			'taken back and published anew' => array(
				'post.published',
				static function ( self $it, int $id ) {
					wp_update_post( array( 'ID' => $id, 'post_status' => 'draft' ) );
					wp_update_post( array( 'ID' => $id, 'post_password' => '', 'post_status' => 'publish' ) );
				},
			),
		);
	}

	/** @dataProvider ends_of_posts */
	public function test_a_post_that_is_not_for_everybody_any_more( string $change, Closure $end ): void {
		$post = $this->given_post();
		$end( $this, $post->ID );
		$event = $this->events()[0];
		self::assertSame( $change, $event['change'] );
		$this->assert_all_vanish( "tag wp:post:$post->ID", 'path /hello/', 'path /', 'path /category/uncategorized/' );
		self::assertArrayNotHasKey( 'evidence', $event );
	}

	/** @return array<string, array{array<string, mixed>, array<string, mixed>}> how a post is, and what is done to it */
	public static function changes_of_posts(): array {
		return array(
			'other words'                     => array( array(), array( 'post_content' => 'Other words.' ) ),
			'another address'                 => array( array(), array( 'post_name' => 'moved' ) ),
			'published'                       => array( array( 'post_status' => 'draft' ), array( 'post_status' => 'publish' ) ),
			'without its password'            => array( array( 'post_password' => 'secret' ), array( 'post_password' => '' ) ),
			'another password'                => array( array( 'post_password' => 'secret' ), array( 'post_password' => 'other' ) ),
			'fewer words behind its password' => array( array( 'post_password' => 'secret' ), array( 'post_content' => '' ) ),
		);
	}

	/**
	 * @dataProvider changes_of_posts
	 * @param array<string, mixed> $fields
	 * @param array<string, mixed> $update
	 */
	public function test_a_post_that_only_changes( array $fields, array $update ): void {
		$post = $this->given_post( $fields );
		wp_update_post( array( 'ID' => $post->ID ) + $update );
		self::assertNotSame( array(), $this->targets() );
		$this->assert_none_vanish();
	}

	public function test_a_post_behind_a_password_that_is_taken_back(): void {
		$post = $this->given_post( array( 'post_password' => 'secret' ) );
		wp_trash_post( $post->ID );
		$this->assert_all_vanish( 'path /hello/' );
	}

	public function test_what_vanished_stays_so_whatever_else_is_told_of_it_in_the_same_request(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_password' => 'secret' ) );
		$this->clock->now += 1;
		add_post_meta( $post->ID, 'colour', 'red' );
		self::assertCount( 1, $this->rows() );
		$this->assert_all_vanish( 'path /hello/' );
	}

	public function test_a_page_takes_those_below_it_along(): void {
		$above = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'above' ) );
		$below = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'below', 'post_parent' => $above->ID ) );
		wp_delete_post( $above->ID, true );
		$first = $this->events()[0];
		self::assertSame( 'post.deleted', $first['change'] );
		self::assertContains( array( 'path' => '/above/below/', 'vanishes' => true ), $first['targets'] );
		self::assertContains( array( 'tag' => "wp:post:$below->ID", 'vanishes' => true ), $first['targets'] );
	}

	public function test_media_that_are_deleted(): void {
		$post = $this->given_post();
		$id   = wp_insert_attachment( array( 'post_title' => 'Photo', 'post_name' => 'photo', 'post_mime_type' => 'image/jpeg', 'post_parent' => $post->ID ), 'photo.jpg' );
		$this->forget();
		wp_delete_attachment( $id, true );
		self::assertSame( array( 'post.deleted' ), $this->changes() );
		$this->assert_all_vanish( "tag wp:post:$id", 'path /hello/' );
	}

	public function test_a_term_that_is_deleted(): void {
		$news = $this->given_category( 'News' );
		$this->given_post( array( 'post_category' => array( $news ) ) );
		wp_delete_term( $news, 'category' );
		$deleted = $this->events()[0];
		self::assertSame( 'term.deleted', $deleted['change'] );
		foreach ( array( array( 'path' => '/category/news/' ), array( 'tag' => "wp:term:$news" ), array( 'path' => '/hello/' ) ) as $target ) {
			self::assertContains( $target + array( 'vanishes' => true ), $deleted['targets'] );
			self::assertNotContains( $target, $deleted['targets'] );
		}
	}

	public function test_a_term_that_is_renamed(): void {
		$news = $this->given_category( 'News' );
		wp_update_term( $news, 'category', array( 'slug' => 'latest' ) );
		$this->assert_none_vanish();
	}

	public function test_a_user_who_is_deleted(): void {
		require_once ABSPATH . 'wp-admin/includes/user.php';
		$grace = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		wp_delete_user( $grace, 1 );
		self::assertContains( 'author.deleted', $this->changes() );
		$this->assert_all_vanish( "tag wp:author:$grace", 'path /author/grace/', 'layout /' );
	}

	/** @return array<string, array{Closure}> */
	public static function ends_of_comments(): array {
		return array(
			'trash'            => array( static fn( int $id ) => wp_trash_comment( $id ) ),
			'spam'             => array( static fn( int $id ) => wp_spam_comment( $id ) ),
			'no approval'      => array( static fn( int $id ) => wp_set_comment_status( $id, 'hold' ) ),
			'another approval' => array( static fn( int $id ) => wp_update_comment( array( 'comment_ID' => $id, 'comment_approved' => '0' ) ) ),
			'an end for good'  => array( static fn( int $id ) => wp_delete_comment( $id, true ) ),
		);
	}

	/** @dataProvider ends_of_comments */
	public function test_a_comment_that_is_taken_back( Closure $end ): void {
		$post = $this->given_post();
		$end( $this->given_comment( $post->ID ) );
		self::assertSame( array( 'comment.removed' ), $this->changes() );
		$this->assert_all_vanish( 'path /hello/', "tag wp:post:$post->ID" );
	}

	/** @dataProvider ends_of_comments */
	public function test_a_comment_that_nobody_could_see( Closure $end ): void {
		$post = $this->given_post();
		$end( $this->given_comment( $post->ID, array( 'comment_approved' => 0 ) ) );
		$draft = $this->given_post( array( 'post_status' => 'draft', 'post_name' => 'draft' ) );
		$end( $this->given_comment( $draft->ID ) );
		$end( $this->given_comment( $post->ID, array( 'comment_type' => 'note' ) ) );
		// An older WordPress counts a note as a comment.
		self::assertSame( array(), array_diff( $this->changes(), array( 'comment.updated' ) ) );
	}

	public function test_a_post_that_is_deleted_with_its_comments_is_one_change(): void {
		$post = $this->given_post();
		$this->given_comment( $post->ID );
		$this->given_comment( $post->ID );
		wp_delete_post( $post->ID, true );
		self::assertSame( array( 'post.deleted' ), $this->changes() );
		$this->assert_all_vanish( 'path /hello/' );
	}

	public function test_a_change_too_wide_to_spell_out_takes_the_whole_site_along(): void {
		$post = $this->given_post();
		add_filter( 'everypod_targets', static fn() => array_map( static fn( int $nth ) => array( 'path' => "/$nth" ), range( 1, Limits::TARGETS_PER_EVENT + 1 ) ) );
		wp_trash_post( $post->ID );
		self::assertSame( array( array( 'path' => '/', 'scope' => 'layout', 'vanishes' => true ) ), $this->events()[0]['targets'] );
	}

	public function test_as_many_as_an_event_may_have_are_no_more_than_it_may_weigh(): void {
		$post = $this->given_post();
		$many = static fn() => array_map( static fn( int $nth ) => array( 'path' => "/$nth/" . str_repeat( 'x', 60 ) ), range( 1, 220 ) );
		add_filter( 'everypod_targets', $many );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'Other words.' ) );
		self::assertCount( 220, $this->events()[0]['targets'] );
		$this->forget();
		add_filter( 'everypod_targets', $many );
		wp_trash_post( $post->ID );
		self::assertSame( array( array( 'path' => '/', 'scope' => 'layout', 'vanishes' => true ) ), $this->events()[0]['targets'] );
	}

	public function test_a_sites_own_targets_vanish_along_and_topics_do_not(): void {
		$post = $this->given_post();
		$seen = null;
		add_filter(
			'everypod_targets',
			static function ( array $targets ) use ( &$seen ) {
				$seen = $targets;
				return array( ...$targets, array( 'path' => '/own' ), array( 'topic' => 'search' ) );
			}
		);
		wp_trash_post( $post->ID );
		// As filters know them since 0.1.0.
		self::assertContains( array( 'path' => '/hello/' ), $seen );
		$targets = $this->events()[0]['targets'];
		self::assertContains( array( 'path' => '/own', 'vanishes' => true ), $targets );
		self::assertContains( array( 'topic' => 'search' ), $targets );
	}

	public function test_a_filter_says_of_a_target_of_its_own_that_it_vanishes(): void {
		add_filter( 'everypod_targets', static fn( array $targets ) => array( ...$targets, array( 'tag' => 'own', 'vanishes' => true ) ) );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$vanishing = array_filter( $this->events()[0]['targets'], static fn( array $target ) => $target['vanishes'] ?? false );
		self::assertSame( array( array( 'tag' => 'own', 'vanishes' => true ) ), array_values( $vanishing ) );
	}

	public function test_a_bridge_of_before_is_not_told_of_it(): void {
		BridgeProtocol::forget();
		$post = $this->given_post();
		add_filter( 'everypod_targets', static fn( array $targets ) => array( ...$targets, array( 'tag' => 'own', 'vanishes' => true ) ) );
		wp_trash_post( $post->ID );
		self::assertContains( 'path /hello/', $this->targets() );
		self::assertContains( 'tag own', $this->targets() );
		$this->assert_none_vanish();
	}

	public function test_a_bridge_that_was_put_back_to_0_1_0_gets_it_under_another_id_and_plain(): void {
		$this->network->answers( 400, Network::problem( 'bad-request' ) );
		$post = $this->given_post();
		wp_trash_post( $post->ID );
		$before = $this->rows()[0];
		$plain  = array_map( static fn( array $target ) => array_diff_key( $target, array( 'vanishes' => 1 ) ), $this->events()[0]['targets'] );
		$this->end_request();
		self::assertNotSame( $before->event_id, $this->rows()[0]->event_id );
		self::assertSame( $plain, $this->events()[0]['targets'] );
	}

	public function test_under_another_id_alone_it_still_vanishes(): void {
		$this->network->answers( 409, Network::problem( 'id-reused' ) );
		$post = $this->given_post();
		wp_trash_post( $post->ID );
		$before = $this->rows()[0]->event_id;
		$this->end_request();
		self::assertNotSame( $before, $this->rows()[0]->event_id );
		$this->assert_all_vanish( 'path /hello/' );
	}

	/** @param array<string, mixed> $fields */
	private function given_comment( int $post_id, array $fields = array() ): int {
		$id = wp_insert_comment( $fields + array( 'comment_post_ID' => $post_id, 'comment_content' => 'Well said.', 'comment_approved' => 1 ) );
		self::assertTrue( is_int( $id ) );
		return $id;
	}

	private function assert_all_vanish( string ...$among ): void {
		foreach ( $among as $target ) {
			self::assertContains( $target, $this->targets() );
		}
		foreach ( $this->events()[0]['targets'] as $target ) {
			self::assertTrue( $target['vanishes'] ?? false, (string) json_encode( $target ) );
		}
	}

	private function assert_none_vanish(): void {
		global $wpdb;
		self::assertStringNotContainsString( 'vanishes', implode( $wpdb->get_col( 'SELECT body FROM ' . Schema::table() ) ) );
	}
}
