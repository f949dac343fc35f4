<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Limits;
use Everypod\Read\AnswerKeys;
use Everypod\Read\Key;
use Everypod\Read\SiteKey;
use Everypod\Read\WatchedCache;
use Everypod\Settings\BridgeUrl;
use Everypod\Settings\Settings;
use Everypod\Tests\Harness\HeardServer;
use RuntimeException;
use WP_Query;

require_once __DIR__ . '/Harness/headers-not-sent.php';

/**
 * What answers of the REST API say that they were made of, and which events say the same.
 *
 * @group every-php
 */
final class KeysTest extends TestCase {

	/** @var array<string, int> ids of what every test finds */
	private array $ids = array();

	/** @var array<string, Closure> endpoints of somebody's own, under /own/v1/ */
	private array $endpoints = array();

	private string $body = '';

	protected function setUp(): void {
		parent::setUp();
		$this->plugin->init();
		$news      = $this->given_category( 'News' );
		$sport     = $this->given_category( 'Sport' );
		$grace     = $this->given_user( 'author', 'grace' );
		$this->ids = array(
			'news'  => $news,
			'local' => $this->given_category( 'Local', $news ),
			'sport' => $sport,
			'empty' => $this->given_category( 'Empty' ),
			'admin' => 1,
			'grace' => $grace,
			'ada'   => $this->given_user( 'editor', 'ada' ),
			'hello' => $this->given_post( array( 'post_category' => array( $news ), 'post_author' => $grace, 'post_date' => '2026-01-02 03:04:05' ) )->ID,
			'other' => $this->given_post( array( 'post_title' => 'Other', 'post_name' => 'other', 'post_category' => array( $sport ) ) )->ID,
			'about' => $this->given_post( array( 'post_title' => 'About', 'post_name' => 'about', 'post_type' => 'page' ) )->ID,
			'diary' => $this->given_post( array( 'post_title' => 'Diary', 'post_name' => 'diary', 'post_status' => 'private' ) )->ID,
			'draft' => $this->given_post( array( 'post_title' => 'Draft', 'post_name' => 'draft', 'post_status' => 'draft' ) )->ID,
		);
		$this->forget();
		wp_set_current_user( 0 );
	}

	protected function tearDown(): void {
		$_GET                      = array();
		$_SERVER['REQUEST_METHOD'] = 'GET';
		wp_using_ext_object_cache( false );
		parent::tearDown();
	}

	/** @return array<string, array{string, array<string, string>, string}> path, query, and the header with names for ids */
	private static function answers(): array {
		return array(
			'one post'                             => array( '/wp/v2/posts/{hello}', array(), 'p{hello},t{news},h{user grace}' ),
			'one field of it'                      => array( '/wp/v2/posts/{hello}', array( '_fields' => 'title' ), 'p{hello},h{user grace}' ),
			'with what is embedded'                => array( '/wp/v2/posts/{hello}', array( '_embed' => '1' ), 'p{hello},t{news},h{user grace}' ),
			'in an envelope'                       => array( '/wp/v2/posts/{hello}', array( '_envelope' => '1', '_embed' => 'author' ), 'p{hello},t{news},h{user grace}' ),
			'a page'                               => array( '/wp/v2/pages/{about}', array(), 'p{about},h{user admin}' ),
			'by its slug'                          => array( '/wp/v2/posts', array( 'slug' => 'hello' ), 'p{hello},t{news},h{user grace}' ),
			'by a slug that nothing has'           => array( '/wp/v2/posts', array( 'slug' => 'nowhere' ), 'f' ),
			'by the slug of a draft'               => array( '/wp/v2/posts', array( 'slug' => 'draft' ), 'f' ),
			'by a slug that others may have below' => array( '/wp/v2/pages', array( 'slug' => 'about' ), 'p{about},h{user admin},f' ),
			'a list'                               => array( '/wp/v2/posts', array( 'include' => '{hello},{other}' ), 'p{hello},p{other},t{news},t{sport},h{user grace},h{user admin}' ),
			'a list that a draft is asked for in'  => array( '/wp/v2/posts', array( 'include' => '{hello},{draft}' ), 'p{hello},t{news},h{user grace},h{post draft}' ),
			'a list by category'                   => array( '/wp/v2/posts', array( 'categories' => '{news}' ), 'p{hello},t{news},h{user grace}' ),
			'a list by author'                     => array( '/wp/v2/posts', array( 'author' => '{grace}' ), 'p{hello},t{news},h{author grace},h{user grace}' ),
			'a list by author that has none'       => array( '/wp/v2/posts', array( 'author' => '{ada}' ), 'h{author ada}' ),
			'a search'                             => array( '/wp/v2/posts', array( 'search' => 'Other' ), 'p{other},t{sport},h{user admin},f' ),
			'a search that finds nothing'          => array( '/wp/v2/posts', array( 'search' => 'Unheard' ), 'f' ),
			'a term'                               => array( '/wp/v2/categories/{news}', array(), 't{news}' ),
			'a term by its slug'                   => array( '/wp/v2/categories', array( 'slug' => 'news' ), 't{news}' ),
			'a term by a slug that nothing has'    => array( '/wp/v2/categories', array( 'slug' => 'nowhere' ), 'f' ),
			'the terms of a post'                  => array( '/wp/v2/categories', array( 'post' => '{hello}' ), 'h{post hello},t{news}' ),
			'the terms below a term'               => array( '/wp/v2/categories', array( 'parent' => '{news}' ), 't{news},t{local}' ),
			'the author of a post'                 => array( '/wp/v2/users/{grace}', array(), 'h{user grace}' ),
			'what has nothing of WordPress'        => array( '/own/v1/nothing', array(), '-' ),
			'an endpoint with a query'             => array( '/own/v1/query', array(), 't{news},t{local}' ),
			'with a query by a slug without terms' => array( '/own/v1/nowhere', array(), 'f' ),
			'with get_posts'                       => array( '/own/v1/get-posts', array(), 'p{hello},p{other},f' ),
			'with posts of either term'            => array( '/own/v1/either', array(), 't{local},t{sport},t{empty}' ),
			'with posts of all but a term'         => array( '/own/v1/all-but', array(), 'f' ),
			'with a page by its path'              => array( '/own/v1/path', array(), 'p{about}' ),
			'with a page that is not there'        => array( '/own/v1/no-path', array(), 'f' ),
			'that asks another'                    => array( '/own/v1/asks', array(), 'p{hello},p{other},t{news},t{sport},h{user grace},h{user admin}' ),
			'that fails'                           => array( '/own/v1/fails', array(), 'p{hello}' ),
			'that says what it read'               => array( '/own/v1/says', array(), 'p{hello},h{wp:thing:7},h{post draft}' ),
		);
	}

	public function test_answers_say_what_they_were_made_of(): void {
		$this->given_endpoints();
		foreach ( self::answers() as $what => list( $path, $query, $keys ) ) {
			wp_cache_flush();
			foreach ( array( 'cold', 'warm' ) as $cache ) {
				$said = $this->answer( $this->filled( $path ), array_map( $this->filled( ... ), $query ) );
				self::assertSame( $this->sorted( $this->filled( $keys ) ), $this->sorted( (string) $said ), "$what, $cache: $this->body" );
			}
		}
	}

	public function test_a_list_of_all_posts_names_each_and_itself(): void {
		$keys = explode( ',', (string) $this->answer( '/wp/v2/posts' ) );
		foreach ( array( 'p{hello}', 'p{other}', 't{news}', 't{sport}', 'f' ) as $key ) {
			self::assertContains( $this->filled( $key ), $keys );
		}
		self::assertNotContains( $this->filled( 'p{diary}' ), $keys );
	}

	/** @return array<string, array{string, array<string, string>, Closure(self, array<string, int>): mixed}> */
	public static function changes_of_lists(): array {
		$new = static fn( array $fields ) => wp_insert_post( $fields + array( 'post_title' => 'New', 'post_status' => 'publish', 'post_author' => 1 ) );
		return array(
			'a new post'                          => array( '/wp/v2/posts', array(), static fn() => $new( array() ) ),
			'a new post in a category'            => array( '/wp/v2/posts', array( 'categories' => '{news}' ), static fn( self $test, array $ids ) => $new( array( 'post_category' => array( $ids['news'] ) ) ) ),
			'a new post in one below'             => array( '/own/v1/query', array(), static fn( self $test, array $ids ) => $new( array( 'post_category' => array( $ids['local'] ) ) ) ),
			'a post put into a category'          => array( '/wp/v2/posts', array( 'categories' => '{news}' ), static fn( self $test, array $ids ) => wp_set_post_categories( $ids['other'], array( $ids['news'] ) ) ),
			'a post taken out of one'             => array( '/wp/v2/posts', array( 'categories' => '{sport}' ), static fn( self $test, array $ids ) => wp_set_post_categories( $ids['other'], array( $ids['news'] ) ) ),
			'a first post in an empty category'   => array( '/wp/v2/posts', array( 'categories' => '{empty}' ), static fn( self $test, array $ids ) => $new( array( 'post_category' => array( $ids['empty'] ) ) ) ),
			'one that was left out for that'      => array( '/wp/v2/categories', array( 'include' => '{empty}', 'hide_empty' => '1' ), static fn( self $test, array $ids ) => $new( array( 'post_category' => array( $ids['empty'] ) ) ) ),
			'a new category'                      => array( '/wp/v2/categories', array( 'parent' => '{news}' ), static fn( self $test, array $ids ) => wp_insert_term( 'Nearby', 'category', array( 'parent' => $ids['news'] ) ) ),
			'a post of another author'            => array( '/wp/v2/posts', array( 'author' => '{ada}' ), static fn( self $test, array $ids ) => wp_update_post( array( 'ID' => $ids['other'], 'post_author' => $ids['ada'] ) ) ),
			'a first post of an author'           => array( '/wp/v2/users', array(), static fn( self $test, array $ids ) => $new( array( 'post_author' => $ids['ada'] ) ) ),
			'words of an author'                  => array( '/wp/v2/users/{grace}', array(), static fn( self $test, array $ids ) => update_user_meta( $ids['grace'], 'description', 'Writes.' ) ),
			'a post that is found now'            => array( '/wp/v2/posts', array( 'search' => 'Unheard' ), static fn() => $new( array( 'post_title' => 'Unheard of' ) ) ),
			'a slug that is there now'            => array( '/wp/v2/posts', array( 'slug' => 'nowhere' ), static fn() => $new( array( 'post_name' => 'nowhere' ) ) ),
			'a slug that is there no more'        => array( '/wp/v2/posts', array( 'slug' => 'hello' ), static fn( self $test, array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_name' => 'bye' ) ) ),
			'a page with that slug further below' => array( '/wp/v2/pages', array( 'slug' => 'about' ), static fn( self $test, array $ids ) => $new( array( 'post_type' => 'page', 'post_name' => 'about', 'post_parent' => $ids['about'] ) ) ),
			'a draft that is published'           => array( '/wp/v2/posts', array( 'include' => '{draft}' ), static fn( self $test, array $ids ) => wp_publish_post( $ids['draft'] ) ),
			'a post that is deleted'              => array( '/wp/v2/posts', array( 'include' => '{hello}' ), static fn( self $test, array $ids ) => wp_delete_post( $ids['hello'], true ) ),
			'a post that is sticky now'           => array( '/wp/v2/posts', array( 'sticky' => '1' ), static fn( self $test, array $ids ) => stick_post( $ids['hello'] ) ),
			'a category that has another name'    => array( '/wp/v2/posts/{hello}', array( '_embed' => '1' ), static fn( self $test, array $ids ) => wp_update_term( $ids['news'], 'category', array( 'name' => 'Latest' ) ) ),
			'a category that is deleted'          => array( '/wp/v2/categories', array( 'parent' => '{news}' ), static fn( self $test, array $ids ) => wp_delete_term( $ids['local'], 'category' ) ),
			'a page that is there now'            => array( '/own/v1/no-path', array(), static fn() => $new( array( 'post_type' => 'page', 'post_name' => 'nowhere' ) ) ),
			'a neighbour'                         => array( '/own/v1/neighbour', array(), static fn() => $new( array( 'post_date' => '2026-01-03 00:00:00' ) ) ),
			'a count'                             => array( '/own/v1/count', array(), static fn( self $test, array $ids ) => wp_trash_post( $ids['other'] ) ),
			'a comment that is taken back'        => array( '/wp/v2/comments', array( 'post' => '{hello}' ), static fn( self $test, array $ids ) => wp_spam_comment( $ids['comment'] ) ),
			'one of all comments'                 => array( '/wp/v2/comments', array(), static fn( self $test, array $ids ) => wp_spam_comment( $ids['comment'] ) ),
		);
	}

	/**
	 * @dataProvider changes_of_lists
	 * @param array<string, string>                       $query
	 * @param Closure(self, array<string, int>): mixed $change
	 */
	public function test_an_event_names_a_key_of_each_answer_that_it_changes( string $path, array $query, Closure $change ): void {
		$this->ids['comment'] = (int) wp_insert_comment( array( 'comment_post_ID' => $this->ids['hello'], 'comment_content' => 'Well.', 'comment_approved' => 1 ) );
		$this->given_endpoints();
		wp_cache_flush();
		$path   = $this->filled( $path );
		$query  = array_map( $this->filled( ... ), $query );
		$keys   = explode( ',', (string) $this->answer( $path, $query ) );
		$before = $this->body;
		$this->forget();
		$change( $this, $this->ids );
		$events = $this->keys_of_events();
		$this->answer( $path, $query );
		self::assertNotSame( $before, $this->body, 'Nothing has changed, so this shows nothing.' );
		self::assertNotSame( array(), array_values( array_intersect( $keys, $events ) ), implode( ',', $keys ) . ' and ' . implode( ',', $events ) );
	}

	public function test_nothing_that_visitors_can_not_see_is_named_as_it_is(): void {
		wp_set_current_user( $this->ids['ada'] );
		$keys = explode( ',', (string) $this->answer( "/wp/v2/posts/{$this->ids['diary']}", array( 'context' => 'edit' ) ) );
		self::assertContains( $this->filled( 'h{post diary}' ), $keys );
		self::assertNotContains( $this->filled( 'p{diary}' ), $keys );
	}

	public function test_what_an_answer_to_anybody_names_as_it_is_could_stand_in_its_body(): void {
		register_taxonomy( 'inside', 'post', array( 'public' => false ) );
		$inside = wp_insert_term( 'Inside', 'inside' )['term_id'];
		wp_set_object_terms( $this->ids['hello'], array( $inside ), 'inside' );
		$this->own(
			'reads-all',
			function () {
				array_map( 'get_post', array( $this->ids['hello'], $this->ids['diary'], $this->ids['draft'], 9_999 ) );
				get_the_terms( $this->ids['hello'], 'inside' );
				get_userdata( $this->ids['ada'] );
				return new WP_Query( array( 'post_status' => 'any', 'posts_per_page' => -1 ) );
			}
		);
		$keys = (string) $this->answer( '/own/v1/reads-all' );
		self::assertGreaterThan( 2, preg_match_all( '/(?<=^|,)p(\d+)/', $keys, $ids ), $keys );
		foreach ( $ids[1] as $id ) {
			self::assertTrue( is_post_publicly_viewable( (int) $id ), $id );
		}
		self::assertNotContains( "t$inside", explode( ',', $keys ) );
		self::assertContains( 'h' . SiteKey::of_this_site()?->hash( Key::term( $inside ) ), explode( ',', $keys ) );
		unregister_taxonomy( 'inside' );
	}

	public function test_where_a_filter_decides_on_slugs_a_slug_can_be_there_twice(): void {
		$keys = (string) $this->answer( '/wp/v2/posts', array( 'slug' => 'hello' ), before: static fn() => add_filter( 'wp_unique_post_slug', static fn( string $slug ) => $slug ) );
		self::assertContains( 'f', explode( ',', $keys ) );
	}

	public function test_an_image_is_public_where_the_post_above_it_is_and_was_read(): void {
		$image = wp_insert_attachment( array( 'post_title' => 'Image', 'post_mime_type' => 'image/png', 'post_status' => 'inherit', 'post_parent' => $this->ids['diary'] ), 'image.png' );
		$other = wp_insert_attachment( array( 'post_title' => 'Image', 'post_mime_type' => 'image/png', 'post_status' => 'inherit', 'post_parent' => $this->ids['other'] ), 'other.png' );
		$this->own( 'images', static fn() => array_map( static fn( int $id ) => null !== get_post( $id ), array( $image, $other ) ) );
		wp_cache_flush();
		self::assertSame( 0, preg_match( '/p\d/', (string) $this->answer( '/own/v1/images' ) ) );
		$this->own( 'images', fn() => array_map( static fn( int $id ) => null !== get_post( $id ), array( $image, $other, $this->ids['other'], $this->ids['diary'] ) ) );
		$keys = explode( ',', (string) $this->answer( '/own/v1/images' ) );
		self::assertContains( "p$other", $keys );
		self::assertNotContains( "p$image", $keys );
	}

	public function test_what_permission_checks_read_is_none_of_the_answer(): void {
		$this->endpoints['allowed'] = static fn() => 'yes';
		$hello                      = $this->ids['hello'];
		$keys                       = $this->answer( '/own/v1/allowed', permission: static fn() => null !== get_post( $hello ) && null !== get_userdata( 1 ) );
		self::assertSame( '-', $keys );
	}

	/** @return array<string, array{string}> */
	public static function unsaid(): array {
		return array(
			'no such route'                              => array( '/wp/v2/nowhere' ),
			'a post that is not there, as it is checked' => array( '/wp/v2/posts/999999' ),
			'what nobody may read'                       => array( '/wp/v2/settings' ),
		);
	}

	/** @dataProvider unsaid */
	public function test_what_was_refused_before_anything_was_made_says_nothing( string $path ): void {
		self::assertNull( $this->answer( $path ) );
		$this->assert_nothing_is_heard();
	}

	public function test_a_question_for_the_head_alone_is_answered_too(): void {
		self::assertStringContainsString( "p{$this->ids['hello']}", (string) $this->answer( "/wp/v2/posts/{$this->ids['hello']}", method: 'HEAD' ) );
		$this->assert_nothing_is_heard();
	}

	public function test_what_is_too_long_becomes_a_wildcard_for_each_kind(): void {
		$this->own(
			'many',
			static function () {
				for ( $id = 100_001; $id <= 100_800; $id++ ) {
					wp_cache_set( $id, (object) array( 'ID' => $id, 'post_type' => 'post', 'post_status' => 'publish', 'filter' => 'raw' ), 'posts' );
					wp_cache_set( $id, (object) array( 'term_id' => $id, 'taxonomy' => 'category' ), 'terms' );
				}
				return get_post( 1 );
			}
		);
		self::assertSame( 'p*,t*', $this->answer( '/own/v1/many' ) );
		$this->own(
			'hidden',
			function () {
				array_map( static fn( int $id ) => do_action( 'everypod_read', "thing:$id" ), range( 1, 300 ) );
				return get_post( $this->ids['hello'] );
			}
		);
		self::assertSame( "p{$this->ids['hello']},h*", $this->answer( '/own/v1/hidden' ) );
		$this->own( 'just', static fn() => array_map( static fn( int $id ) => do_action( 'everypod_read', "thing:$id" ), range( 1, 266 ) ) );
		self::assertLessThan( Limits::KEYS_HEADER_BYTES + 1, strlen( (string) $this->answer( '/own/v1/just' ) ) );
		self::assertStringNotContainsString( '*', (string) $this->answer( '/own/v1/just' ) );
	}

	public function test_a_constant_turns_it_off(): void {
		$this->constants['EVERYPOD_KEYS'] = 'false';
		self::assertNull( $this->answer( '/wp/v2/posts' ) );
		$this->forget();
		wp_update_post( array( 'ID' => $this->ids['hello'], 'post_title' => 'News' ) );
		self::assertStringNotContainsString( 'wp:#', implode( ' ', $this->targets() ) );
		foreach ( array( 'off' => false, 'on' => true, 'what is not defined' => '' ) as $what => $value ) {
			$settings = new Settings( static fn() => $value, new BridgeUrl( static fn() => array() ) );
			self::assertSame( 'off' !== $what, $settings->keys_are_on(), $what );
		}
	}

	public function test_nothing_is_heard_but_while_an_answer_is_made(): void {
		$this->new_request();
		$cache = $GLOBALS['wp_object_cache'];
		get_posts();
		$this->rest( 'GET', '/wp/v2/posts', array( '_embed' => '1' ) );
		self::assertSame( $cache, $GLOBALS['wp_object_cache'] );
		$this->assert_nothing_is_heard();
		$this->own( 'looks', static fn() => array( get_class( $GLOBALS['wp_object_cache'] ), has_filter( 'posts_pre_query' ) ) );
		$this->answer( '/own/v1/looks' );
		self::assertSame( array( WatchedCache::class, true ), json_decode( $this->body, true ) );
		self::assertSame( $cache, $GLOBALS['wp_object_cache'] );
		$this->assert_nothing_is_heard();
	}

	public function test_what_breaks_off_leaves_everything_as_it_was(): void {
		$cache = $GLOBALS['wp_object_cache'];
		$this->own( 'breaks', static fn() => throw new RuntimeException( 'no more' ) );
		try {
			$this->answer( '/own/v1/breaks' );
			self::assertTrue( false, 'It did not break.' );
		} catch ( RuntimeException ) {
			self::assertNotSame( $cache, $GLOBALS['wp_object_cache'] );
		}
		remove_all_actions( 'shutdown', 1 );
		do_action( 'shutdown' );
		self::assertSame( $cache, $GLOBALS['wp_object_cache'] );
		$this->assert_nothing_is_heard();
	}

	public function test_a_filter_that_breaks_while_keys_are_told_leaves_no_half_of_them(): void {
		$late  = function ( mixed $user ): mixed {
			get_post( $this->ids['other'] );
			return $user;
		};
		$break = static fn( bool $is_viewable ): bool => doing_filter( 'rest_pre_echo_response' ) ? throw new RuntimeException( 'no more' ) : $is_viewable;
		$add   = static function () use ( $late, $break ): void {
			add_filter( 'rest_prepare_user', $late );
			add_filter( 'is_post_status_viewable', $break );
		};
		$log   = ini_set( 'error_log', (string) tempnam( sys_get_temp_dir(), 'everypod-log' ) );
		$keys  = $this->answer( "/wp/v2/posts/{$this->ids['hello']}", array( '_embed' => 'author' ), before: $add );
		ini_set( 'error_log', (string) $log );
		self::assertNull( $keys );
		self::assertStringContainsString( '_embedded', $this->body );
		$this->assert_nothing_is_heard();
	}

	public function test_a_cache_that_took_the_place_meanwhile_keeps_it(): void {
		$cache = $GLOBALS['wp_object_cache'];
		$newer = clone $cache;
		$this->own(
			'replaces',
			static function () use ( $newer ): void {
				$GLOBALS['wp_object_cache'] = $newer;
			}
		);
		$this->answer( '/own/v1/replaces' );
		self::assertSame( $newer, $GLOBALS['wp_object_cache'] );
		$GLOBALS['wp_object_cache'] = $cache;
	}

	public function test_the_cache_is_what_it_was_for_whoever_uses_it(): void {
		$this->own(
			'uses',
			static function () {
				$cache = $GLOBALS['wp_object_cache'];
				wp_cache_set_multiple( array( 'a' => 1, 'b' => 2 ), 'own' );
				$found  = null;
				$values = array( wp_cache_get( 'a', 'own', false, $found ), $found, wp_cache_get( 'c', 'own', false, $found ), $found, wp_cache_get_multiple( array( 'b', 'c' ), 'own' ) );
				$hits   = $cache->cache_hits;
				wp_cache_incr( 'a', 5, 'own' );
				$cache->own_mark = 'x';
				return array( ...$values, wp_cache_get( 'a', 'own' ), $cache->cache_hits - $hits, isset( $cache->own_mark, $cache->global_groups ), $cache->own_mark, wp_cache_add( 'a', 7, 'own' ), wp_cache_delete( 'a', 'own' ) );
			}
		);
		$this->answer( '/own/v1/uses' );
		self::assertSame( array( 1, true, false, false, array( 'b' => 2, 'c' => false ), 6, 1, true, 'x', false, true ), json_decode( $this->body, true ) );
	}

	public function test_a_cache_that_keeps_to_itself_is_heard_by_what_core_hands_on(): void {
		wp_using_ext_object_cache( true );
		$unseen = static function ( mixed $answer ): mixed {
			$cache                      = $GLOBALS['wp_object_cache'];
			$GLOBALS['wp_object_cache'] = $cache instanceof WatchedCache ? $cache->inner : $cache;
			return $answer;
		};
		$keys   = explode( ',', (string) $this->answer( '/wp/v2/posts', array( '_embed' => '1', 'search' => 'Hello' ), before: static fn() => add_filter( 'rest_dispatch_request', $unseen ) ) );
		foreach ( array( 'p{hello}', 't{news}', 'h{user grace}', 'f' ) as $key ) {
			self::assertContains( $this->filled( $key ), $keys );
		}
		$this->assert_nothing_is_heard();
	}

	public function test_it_costs_no_query(): void {
		global $wpdb;
		$counts = array();
		$this->answer( '/wp/v2/posts', array( '_embed' => '1' ) );
		foreach ( array( 'false', '', 'false', '' ) as $constant ) {
			$this->constants['EVERYPOD_KEYS'] = $constant;
			foreach ( array( array(), array( '_embed' => '1' ), array( 'slug' => 'hello' ), array( 'categories' => (string) $this->ids['news'] ) ) as $query ) {
				wp_cache_flush();
				$before                = $wpdb->num_queries;
				$said                  = $this->answer( '/wp/v2/posts', $query );
				$counts[ $constant ][] = $wpdb->num_queries - $before;
				self::assertSame( 'false' === $constant, null === $said );
			}
		}
		self::assertSame( $counts['false'], $counts[''] );
	}

	public function test_batches_are_one_answer(): void {
		wp_set_current_user( 1 );
		$ids  = $this->ids;
		$keys = explode(
			',',
			(string) $this->answer(
				'/batch/v1',
				method: 'POST',
				posted: array(
					'requests' => array(
						array( 'path' => "/wp/v2/posts/{$ids['hello']}", 'body' => array( 'title' => 'One' ) ),
						array( 'path' => "/wp/v2/posts/{$ids['other']}", 'body' => array( 'title' => 'Two' ) ),
					),
				)
			)
		);
		self::assertStringContainsString( 'Two', $this->body );
		self::assertContains( "p{$ids['hello']}", $keys );
		self::assertContains( "p{$ids['other']}", $keys );
		$this->assert_nothing_is_heard();
	}

	public function test_events_carry_the_hashes_that_answers_name(): void {
		$this->forget();
		wp_update_post( array( 'ID' => $this->ids['hello'], 'post_title' => 'News' ) );
		$hashed = array_values( array_filter( $this->targets(), static fn( string $target ) => str_starts_with( $target, 'tag wp:#' ) ) );
		$wanted = array_map( static fn( string $word ) => 'tag wp:#' . SiteKey::of_this_site()?->hash( $word ), array( Key::post( $this->ids['hello'] ), Key::author( $this->ids['grace'] ) ) );
		sort( $hashed );
		sort( $wanted );
		self::assertSame( $wanted, $hashed );
		self::assertSame( 'tag wp:post:' . $this->ids['hello'], $this->targets()[0] );
	}

	public function test_an_own_tag_of_an_event_is_found_by_what_was_said_to_be_read(): void {
		$this->given_endpoints();
		$keys = explode( ',', (string) $this->answer( '/own/v1/says' ) );
		$this->forget();
		add_filter( 'everypod_targets', static fn() => array( array( 'tag' => 'wp:thing:7', 'vanishes' => true ) ) );
		wp_update_post( array( 'ID' => $this->ids['other'], 'post_title' => 'News' ) );
		self::assertCount( 1, array_intersect( $keys, $this->keys_of_events() ) );
	}

	public function test_a_site_has_one_key_and_keeps_it(): void {
		$hash = (string) SiteKey::of_this_site()?->hash( 'wp:author:3' );
		self::assertMatchesRegularExpression( '/^[A-Za-z0-9_-]{12}$/D', $hash );
		$this->plugin->init();
		wp_cache_flush();
		self::assertSame( $hash, SiteKey::of_this_site()?->hash( 'wp:author:3' ) );
		self::assertArrayHasKey( SiteKey::OPTION, wp_load_alloptions() );
		self::assertStringNotContainsString( (string) wp_json_encode( get_option( SiteKey::OPTION ) ), print_r( SiteKey::of_this_site(), true ) );
		update_option( SiteKey::OPTION, 'damaged' );
		self::assertNull( SiteKey::of_this_site() );
		SiteKey::ensure();
		self::assertNotSame( $hash, SiteKey::of_this_site()?->hash( 'wp:author:3' ) );
	}

	public function test_without_a_key_whatever_has_none_in_plain_is_a_wildcard(): void {
		SiteKey::forget();
		self::assertContains( 'h*', explode( ',', (string) $this->answer( "/wp/v2/users/{$this->ids['grace']}" ) ) );
	}

	public function test_no_other_origin_is_told(): void {
		$this->answer( '/wp/v2/posts' );
		$server = rest_get_server();
		self::assertTrue( $server instanceof HeardServer );
		self::assertStringNotContainsString( 'everypod', strtolower( $server->headers['Access-Control-Expose-Headers'] . $server->headers['Access-Control-Allow-Headers'] ) );
	}

	/**
	 * @param array<string, mixed> $query
	 * @param array<string, mixed> $posted
	 * @return string|null the header; null where there is none
	 */
	private function answer( string $path, array $query = array(), string $method = 'GET', array $posted = array(), ?Closure $before = null, ?Closure $permission = null ): ?string {
		$this->new_request();
		add_filter( 'wp_rest_server_class', static fn() => HeardServer::class );
		add_action(
			'rest_api_init',
			function () use ( $permission ): void {
				foreach ( $this->endpoints as $name => $answer ) {
					register_rest_route( 'own/v1', $name, array( 'callback' => $answer, 'permission_callback' => $permission ?? '__return_true' ) );
				}
			}
		);
		$before && $before();
		$_GET                      = $query;
		$_POST                     = $posted;
		$_SERVER['REQUEST_METHOD'] = $method;
		$server                    = rest_get_server();
		self::assertTrue( $server instanceof HeardServer );
		ob_start();
		try {
			$server->serve_request( $path );
		} finally {
			$this->body                = (string) ob_get_clean();
			$_GET                      = array();
			$_POST                     = array();
			$_SERVER['REQUEST_METHOD'] = 'GET';
		}
		return $server->headers[ AnswerKeys::HEADER ] ?? null;
	}

	private function own( string $name, Closure $answer ): void {
		$this->endpoints[ $name ] = $answer;
	}

	private function given_endpoints(): void {
		$ids   = $this->ids;
		$title = static fn( mixed $post ) => $post->post_title ?? null;
		$terms = static fn( array ...$clauses ) => array_map( static fn( array $clause ) => $clause + array( 'taxonomy' => 'category', 'include_children' => false ), $clauses );
		$this->own( 'query', static fn() => ( new WP_Query( array( 'category_name' => 'news', 'fields' => 'ids' ) ) )->posts );
		$this->own( 'nothing', static fn() => array( 'yes' ) );
		$this->own( 'nowhere', static fn() => ( new WP_Query( array( 'category_name' => 'nowhere' ) ) )->posts );
		$this->own( 'get-posts', static fn() => array_map( $title, get_posts( array( 'post__not_in' => array( 1 ), 'update_post_term_cache' => false ) ) ) );
		$this->own( 'either', static fn() => get_posts( array( 'fields' => 'ids', 'author' => 999, 'tax_query' => array( 'relation' => 'OR', ...$terms( array( 'terms' => array( $ids['local'] ) ), array( 'field' => 'slug', 'terms' => array( 'sport', 'empty' ) ) ) ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		$this->own( 'all-but', static fn() => get_posts( array( 'fields' => 'ids', 'author__not_in' => array( 1, $ids['grace'] ), 'tax_query' => $terms( array( 'terms' => array(), 'operator' => 'NOT EXISTS' ) ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		$this->own( 'path', static fn() => $title( get_page_by_path( 'about' ) ) );
		$this->own( 'no-path', static fn() => $title( get_page_by_path( 'nowhere' ) ) );
		$this->own( 'asks', fn() => array( $this->rest( 'GET', "/wp/v2/posts/{$ids['hello']}" )->get_data(), $this->rest( 'GET', "/wp/v2/posts/{$ids['other']}" )->get_data() ) );
		$this->own( 'count', static fn() => (array) wp_count_posts() );
		$this->own(
			'neighbour',
			static function () use ( $ids, $title ) {
				$GLOBALS['post'] = get_post( $ids['hello'] );
				return array( $title( get_adjacent_post() ), $title( get_adjacent_post( previous: false ) ) );
			}
		);
		$this->own( 'fails', static fn() => new \WP_Error( 'own', $title( get_post( $ids['hello'] ) ), array( 'status' => 410 ) ) );
		$this->own(
			'says',
			static function () use ( $ids ) {
				do_action( 'everypod_read', 'wp:thing:7' );
				do_action( 'everypod_read', Key::post( $ids['draft'] ) );
				return get_post( $ids['hello'] );
			}
		);
	}

	/** Names in braces become ids; of a hash, what was hashed. */
	private function filled( string $text ): string {
		$text = (string) preg_replace_callback( '/h\{(\w+) (\w+)\}/', fn( array $match ) => "h{wp:$match[1]:{$this->ids[ $match[2] ]}}", $text );
		$text = (string) preg_replace_callback( '/h\{(wp:[^}]*)\}/', static fn( array $match ) => 'h' . SiteKey::of_this_site()?->hash( $match[1] ), $text );
		return (string) preg_replace_callback( '/\{(\w+)\}/', fn( array $match ) => (string) $this->ids[ $match[1] ], $text );
	}

	private function sorted( string $keys ): string {
		$keys = explode( ',', $keys );
		sort( $keys );
		return implode( ',', $keys );
	}

	/** @return list<string> the keys of answers that events speak of, as pods compare them */
	private function keys_of_events(): array {
		$keys = array();
		foreach ( $this->targets() as $target ) {
			if ( 1 === preg_match( '/^tag wp:(?:(post|term):(\d+)|#(.{12})|(front-page))$/D', $target, $match ) ) {
				$keys[] = isset( $match[4] ) ? 'f' : ( '' !== ( $match[3] ?? '' ) ? "h$match[3]" : $match[1][0] . $match[2] );
			}
		}
		return array_values( array_unique( $keys ) );
	}

	private function assert_nothing_is_heard(): void {
		self::assertFalse( $GLOBALS['wp_object_cache'] instanceof WatchedCache );
		foreach ( array( 'rest_dispatch_request', 'rest_pre_echo_response', 'posts_pre_query', 'pre_get_terms', 'pre_get_comments', 'pre_get_users', 'the_posts', 'rest_prepare_user', 'everypod_read' ) as $hook ) {
			foreach ( $GLOBALS['wp_filter'][ $hook ]->callbacks ?? array() as $callbacks ) {
				foreach ( $callbacks as $callback ) {
					$owner = is_array( $callback['function'] ) ? $callback['function'][0] : null;
					self::assertFalse( is_object( $owner ) && str_starts_with( get_class( $owner ), 'Everypod\\' ), $hook );
				}
			}
		}
	}
}
