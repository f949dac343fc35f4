<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Limits;
use Everypod\Read\AnswerKeys;
use Everypod\Read\EarlyReads;
use Everypod\Read\Key;
use Everypod\Read\Questions;
use Everypod\Read\SiteKey;
use Everypod\Read\WatchedCache;
use Everypod\Settings\BridgeUrl;
use Everypod\Settings\Settings;
use Everypod\Tests\Harness\HeardServer;
use RuntimeException;
use WP_Query;

/**
 * What answers of the REST API say that they were made of, and which events say the same.
 *
 * @group every-php
 */
final class KeysTest extends AnswersTestCase {

	/** @return array<string, array{string, array<string, string>, string}> path, query, and the header with names for ids */
	private static function answers(): array {
		return array(
			'one post'                              => array( '/wp/v2/posts/{hello}', array(), 'p{hello},h{wp:term-slug:category:news}' ),
			'one field of it'                       => array( '/wp/v2/posts/{hello}', array( '_fields' => 'title' ), 'h{card hello}' ),
			'with what is embedded'                 => array( '/wp/v2/posts/{hello}', array( '_embed' => '1' ), 'p{hello},h{term-itself news},h{wp:term-slug:category:news},h{user grace},h{wp:option:avatar_default}' ),
			'in an envelope'                        => array( '/wp/v2/posts/{hello}', array( '_envelope' => '1', '_embed' => 'author' ), 'p{hello},h{wp:term-slug:category:news},h{user grace},h{wp:option:avatar_default}' ),
			'a page'                                => array( '/wp/v2/pages/{about}', array(), 'p{about}' ),
			'by its slug'                           => array( '/wp/v2/posts', array( 'slug' => 'hello' ), 'p{hello},h{wp:term-slug:category:news},h{wp:slug:post:hello}' ),
			'by a slug that nothing has'            => array( '/wp/v2/posts', array( 'slug' => 'nowhere' ), 'h{wp:slug:post:nowhere}' ),
			'by the slug of a draft'                => array( '/wp/v2/posts', array( 'slug' => 'draft' ), 'h{wp:slug:post:draft}' ),
			'by a slug that others may have below'  => array( '/wp/v2/pages', array( 'slug' => 'about' ), 'p{about},h{wp:slug:page:about}' ),
			'a list of given posts'                 => array( '/wp/v2/posts', array( 'include' => '{hello},{other}' ), 'p{hello},p{other},h{wp:term-slug:category:news},h{wp:term-slug:category:sport}' ),
			'a list that a draft is asked for in'   => array( '/wp/v2/posts', array( 'include' => '{hello},{draft}' ), 'p{hello},h{wp:term-slug:category:news},h{post draft}' ),
			'a list by category'                    => array( '/wp/v2/posts', array( 'categories' => '{news}' ), 'p{hello},h{list:term news},h{term-itself news},h{wp:term-slug:category:news}' ),
			'a list by author'                      => array( '/wp/v2/posts', array( 'author' => '{grace}' ), 'p{hello},h{wp:term-slug:category:news},h{list:author grace}' ),
			'a list by author that has none'        => array( '/wp/v2/posts', array( 'author' => '{ada}' ), 'h{list:author ada}' ),
			'a list below a page'                   => array( '/wp/v2/pages', array( 'parent' => '{about}' ), 'h{list:parent about}' ),
			'a list of those on top'                => array( '/wp/v2/pages', array( 'parent' => '0', 'exclude' => '{about},2' ), 'h{wp:list:type:page},h{wp:moves:parent:0}' ),
			'the sticky ones, of which none is'     => array( '/wp/v2/posts', array( 'sticky' => '1' ), 'h{wp:sticky}' ),
			'a search'                              => array( '/wp/v2/posts', array( 'search' => 'Other' ), 'p{other},h{wp:term-slug:category:sport},h{wp:any:type:post}' ),
			'a search that finds nothing'           => array( '/wp/v2/posts', array( 'search' => 'Unheard' ), 'h{wp:any:type:post}' ),
			'a search in a category'                => array( '/wp/v2/posts', array( 'search' => 'Unheard', 'categories' => '{news}' ), 't{news},h{term-itself news}' ),
			'a search in what an author wrote'      => array( '/wp/v2/posts', array( 'search' => 'Unheard', 'author' => '{ada}' ), 'h{author ada}' ),
			'by title, one at a time'               => array( '/wp/v2/posts', array( 'orderby' => 'title', 'per_page' => '1', 'order' => 'desc', 'exclude' => '1' ), 'p{other},h{wp:term-slug:category:sport},h{wp:any:type:post}' ),
			'a term'                                => array( '/wp/v2/categories/{news}', array(), 'h{term-itself news},h{list:term news}' ),
			'a term without its count'              => array( '/wp/v2/categories/{news}', array( '_fields' => 'name' ), 'h{term-itself news}' ),
			'a term by its slug'                    => array( '/wp/v2/categories', array( 'slug' => 'news', '_fields' => 'name' ), 'h{term-itself news},h{wp:term-slug:category:news}' ),
			'a term by a slug that nothing has'     => array( '/wp/v2/categories', array( 'slug' => 'nowhere' ), 'h{wp:term-slug:category:nowhere}' ),
			'the terms of a post'                   => array( '/wp/v2/categories', array( 'post' => '{hello}', 'context' => 'embed' ), 'h{post hello},h{term-itself news}' ),
			'the terms below a term'                => array( '/wp/v2/categories', array( 'parent' => '{news}' ), 'h{term-itself news},h{term-itself local},h{terms-below:category news},h{wp:term-counts:category}' ),
			'terms without their counts'            => array( '/wp/v2/categories', array( 'parent' => '{news}', '_fields' => 'id,name' ), 'h{term-itself local},h{terms-below:category news}' ),
			'terms that have posts'                 => array( '/wp/v2/tags', array( '_fields' => 'id,name', 'hide_empty' => '1' ), 'h{wp:terms:post_tag},h{wp:term-counts:post_tag}' ),
			'the author of a post'                  => array( '/wp/v2/users/{grace}', array(), 'h{user grace},h{list:author grace},h{wp:option:avatar_default}' ),
			'authors'                               => array( '/wp/v2/users', array( 'exclude' => '1' ), 'h{user grace},h{wp:users},h{wp:authors},h{wp:option:avatar_default}' ),
			'comments of a post'                    => array( '/wp/v2/comments', array( 'post' => '{hello}' ), 'h{post hello}' ),
			'comments'                              => array( '/wp/v2/comments', array( 'exclude' => '1' ), 'h{wp:comments}' ),
			'media of a post'                       => array( '/wp/v2/media', array( 'parent' => '{hello}' ), 'h{list:parent hello}' ),
			'media'                                 => array( '/wp/v2/media', array(), 'h{wp:list:type:attachment}' ),
			'what has nothing of WordPress'         => array( '/own/v1/nothing', array(), '-' ),
			'an endpoint with a query'              => array( '/own/v1/query', array(), 'h{list:term news},h{term-itself news},h{term-itself local},h{wp:term-slug:category:news},h{wp:option:posts_per_page}' ),
			'with a query by a slug without terms'  => array( '/own/v1/nowhere', array(), 'h{wp:term-slug:category:nowhere},h{wp:option:posts_per_page}' ),
			'with get_posts'                        => array( '/own/v1/get-posts', array(), 'p{hello},p{other},h{wp:list:type:post}' ),
			'with posts by a meta value'            => array( '/own/v1/by-meta', array(), 'h{wp:any-meta:type:post}' ),
			'with the titles of all pages in order' => array( '/own/v1/pages', array(), 'p2,p{about},h{wp:list:type:page}' ),
			'with posts of either term'             => array( '/own/v1/either', array(), 'h{list:term local},h{list:term sport},h{list:term empty},h{term-itself local},h{term-itself sport},h{term-itself empty},h{wp:term-slug:category:sport},h{wp:term-slug:category:empty},h{moves:author admin},h{moves:author grace}' ),
			'with posts of all but a term'          => array( '/own/v1/all-but', array(), 'h{wp:list:type:post},h{wp:moves:taxonomy:category},h{moves:author admin},h{moves:author grace}' ),
			'with a page by its path'               => array( '/own/v1/path', array(), 'p{about}' ),
			'with a page that is not there'         => array( '/own/v1/no-path', array(), 'h{wp:list}' ),
			'with neighbours'                       => array( '/own/v1/neighbour', array(), 'p1,p{hello},h{wp:list:type:post}' ),
			'with a count'                          => array( '/own/v1/count', array(), 'h{wp:list:type:post}' ),
			'with meta alone'                       => array( '/own/v1/meta', array(), 'h{post hello},h{term-itself news},h{user grace}' ),
			'with options'                          => array( '/own/v1/options', array(), 'h{wp:option:options_phone},h{wp:option:widget_text}' ),
			'that asks another'                     => array( '/own/v1/asks', array(), 'p{hello},p{other},h{wp:term-slug:category:news},h{wp:term-slug:category:sport}' ),
			'that fails'                            => array( '/own/v1/fails', array(), 'p{hello}' ),
			'that says what it read'                => array( '/own/v1/says', array(), 'p{hello},t{news},h{wp:thing:7},h{post draft}' ),
		);
	}

	public function test_answers_say_what_they_were_made_of(): void {
		$this->given_endpoints();
		$wrong = array();
		foreach ( self::answers() as $what => list( $path, $query, $keys ) ) {
			wp_cache_flush();
			foreach ( array( 'cold', 'warm' ) as $cache ) {
				$said = (string) $this->answer( $this->filled( $path ), array_map( $this->filled( ... ), $query ) );
				if ( $this->sorted( $this->filled( $keys ) ) !== $this->sorted( $said ) ) {
					$wrong[] = "$what, $cache: {$this->told_apart( $said )}, and not $keys: " . substr( $this->body, 0, 200 );
				}
			}
		}
		self::assertSame( array(), $wrong );
	}

	public function test_a_list_of_all_posts_names_each_and_itself(): void {
		$keys = explode( ',', (string) $this->answer( '/wp/v2/posts' ) );
		foreach ( array( 'p{hello}', 'p{other}', 'h{wp:term-slug:category:news}', 'h{wp:term-slug:category:sport}', 'h{wp:list:type:post}' ) as $key ) {
			self::assertContains( $this->filled( $key ), $keys );
		}
		self::assertNotContains( $this->filled( 'p{diary}' ), $keys );
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
		self::assertContains( 'h' . SiteKey::of_this_site()?->hash( Key::term_itself( $inside ) ), explode( ',', $keys ) );
		unregister_taxonomy( 'inside' );
	}

	public function test_an_image_is_public_where_the_post_above_it_is_and_was_read(): void {
		$image = wp_insert_attachment( array( 'post_title' => 'Image', 'post_mime_type' => 'image/png', 'post_status' => 'inherit', 'post_parent' => $this->ids['diary'] ), 'image.png' );
		$other = wp_insert_attachment( array( 'post_title' => 'Image', 'post_mime_type' => 'image/png', 'post_status' => 'inherit', 'post_parent' => $this->ids['other'] ), 'other.png' );
		$this->own( 'images', static fn() => array_map( static fn( int $id ) => null !== get_post( $id ), array( $image, $other ) ) );
		wp_cache_flush();
		self::assertSame( 0, preg_match( '/(?<=^|,)p\d/', (string) $this->answer( '/own/v1/images' ) ) );
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
					do_action( 'everypod_read', Key::term( $id ) );
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

	public function test_a_constant_keeps_it_for_who_asks(): void {
		$this->constants['EVERYPOD_KEYS']  = 'asked';
		$GLOBALS['everypod_tests_headers'] = array();
		self::assertNull( $this->answer( '/wp/v2/posts', array( 'slug' => 'nowhere' ) ) );
		$this->assert_nothing_is_heard();
		$_SERVER['HTTP_X_EVERYPOD_KEYS'] = 'asked';
		try {
			self::assertSame( $this->filled( 'h{wp:slug:post:nowhere}' ), $this->answer( '/wp/v2/posts', array( 'slug' => 'nowhere' ) ) );
		} finally {
			unset( $_SERVER['HTTP_X_EVERYPOD_KEYS'] );
		}
		// A cache on the way has both.
		self::assertSame( array( 'Vary: X-Everypod-Keys too', 'Vary: X-Everypod-Keys too' ), $GLOBALS['everypod_tests_headers'] );
		// Events name it to all pods.
		$this->forget();
		wp_update_post( array( 'ID' => $this->ids['hello'], 'post_title' => 'News' ) );
		self::assertStringContainsString( 'wp:#', implode( ' ', $this->targets() ) );
		$this->constants['EVERYPOD_KEYS'] = true;
		$this->answer( '/wp/v2/posts' );
		self::assertCount( 2, $GLOBALS['everypod_tests_headers'] );
	}

	public function test_who_writes_in_a_browser_is_told_nothing_and_waits_for_nothing(): void {
		$this->own( 'written', fn() => array( get_the_title( $this->ids['hello'] ), $GLOBALS['wp_object_cache'] instanceof WatchedCache ) );
		$GLOBALS['wp_rest_auth_cookie'] = true;
		try {
			self::assertNull( $this->answer( '/own/v1/written', array(), 'POST' ) );
			self::assertSame( '["Hello",false]', $this->body );
			self::assertSame( $this->filled( 'p{hello}' ), $this->answer( '/own/v1/written' ) );
		} finally {
			unset( $GLOBALS['wp_rest_auth_cookie'] );
		}
		// A front end may ask by POST.
		self::assertSame( $this->filled( 'p{hello}' ), $this->answer( '/own/v1/written', array(), 'POST' ) );
		self::assertSame( '["Hello",true]', $this->body );
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

	public function test_where_no_answer_is_made_options_are_heard_no_longer(): void {
		foreach ( array( 'admin_init', 'template_redirect' ) as $hook ) {
			$this->new_request();
			self::assertTrue( has_filter( 'pre_option' ), $hook );
			// Other plugins' and core's own would act.
			array_map( static fn( array $callback ) => is_array( $callback['function'] ) && $callback['function'][0] instanceof \Everypod\Callback && $callback['function'][0]->action(), array_merge( ...array_values( $GLOBALS['wp_filter'][ $hook ]->callbacks ) ) );
			self::assertFalse( has_filter( 'pre_option' ), $hook );
		}
		$this->constants['EVERYPOD_KEYS'] = 'false';
		$this->new_request();
		self::assertFalse( has_filter( 'pre_option' ) );
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
		foreach ( array( 'p{hello}', 'h{term-itself news}', 'h{user grace}', 'h{wp:any:type:post}' ) as $key ) {
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
		$wanted = array_map( static fn( string $word ) => 'tag wp:#' . SiteKey::of_this_site()?->hash( $word ), array( Key::post( $this->ids['hello'] ), Key::card( $this->ids['hello'] ), Key::author( $this->ids['grace'] ), Key::any_of_type( 'post' ), Key::any_meta_of_type( 'post' ), Key::any_comments_of_type( 'post' ) ) );
		sort( $hashed );
		sort( $wanted );
		self::assertSame( $wanted, $hashed );
		self::assertSame( 'tag wp:post:' . $this->ids['hello'], $this->targets()[0] );
	}

	public function test_a_save_that_is_killed_has_told_of_all_lists_that_the_post_stood_in(): void {
		$list = 'tag wp:#' . SiteKey::of_this_site()?->hash( Key::list_of_author( $this->ids['grace'] ) );
		$told = array();
		add_action(
			'save_post',
			function () use ( &$told ): void {
				$told = $this->targets();
			}
		);
		wp_update_post( array( 'ID' => $this->ids['hello'], 'post_title' => 'News' ) );
		self::assertContains( $list, $told );
		self::assertNotContains( $list, $this->targets() );
	}

	public function test_a_new_post_whose_save_is_killed_has_told_of_all_lists_that_it_would_stand_in(): void {
		$list = 'tag wp:#' . SiteKey::of_this_site()?->hash( Key::list_of_type( 'post' ) );
		$told = array();
		$this->forget();
		$this->given_a_bridge_of_the_third_protocol();
		add_action(
			'set_object_terms',
			function () use ( &$told ): void {
				$told = $this->targets();
			},
			PHP_INT_MAX
		);
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		self::assertContains( $list, $told );
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

	private function assert_nothing_is_heard(): void {
		self::assertFalse( $GLOBALS['wp_object_cache'] instanceof WatchedCache );
		foreach ( array( ...Questions::HOOKS, 'rest_pre_echo_response', 'the_posts', 'rest_prepare_user', 'everypod_read', 'theme_mod_nav_menu_locations' ) as $hook ) {
			foreach ( $GLOBALS['wp_filter'][ $hook ]->callbacks ?? array() as $callbacks ) {
				foreach ( $callbacks as $callback ) {
					$owner = is_array( $callback['function'] ) ? $callback['function'][0] : null;
					// Before any answer is made, options are heard for what is kept of them.
					self::assertFalse( is_object( $owner ) && ! $owner instanceof EarlyReads && str_starts_with( get_class( $owner ), 'Everypod\\' ), $hook );
				}
			}
		}
	}
}
