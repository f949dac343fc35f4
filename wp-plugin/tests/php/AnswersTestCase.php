<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Read\AnswerKeys;
use Everypod\Read\Key;
use Everypod\Read\SiteKey;
use Everypod\Tests\Harness\HeardServer;
use WP_Query;

require_once __DIR__ . '/Harness/headers-not-sent.php';

/** Asks the REST API as a front end does, and compares what its answers say that they were made of with what events tell. */
abstract class AnswersTestCase extends TestCase {

	/** @var array<string, int> ids of what every test finds */
	protected array $ids = array();

	/** @var array<string, Closure> endpoints of somebody's own, under /own/v1/ */
	protected array $endpoints = array();

	protected string $body = '';

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

	/**
	 * @param array<string, mixed> $query
	 * @param array<string, mixed> $posted
	 * @return string|null the header; null where there is none
	 */
	protected function answer( string $path, array $query = array(), string $method = 'GET', array $posted = array(), ?Closure $before = null, ?Closure $permission = null ): ?string {
		$this->new_request();
		add_filter( 'wp_rest_server_class', static fn() => HeardServer::class );
		add_action(
			'rest_api_init',
			function () use ( $permission ): void {
				foreach ( $this->endpoints as $name => $answer ) {
					register_rest_route( 'own/v1', $name, array( 'methods' => 'GET, POST', 'callback' => $answer, 'permission_callback' => $permission ?? '__return_true' ) );
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

	protected function own( string $name, Closure $answer ): void {
		$this->endpoints[ $name ] = $answer;
	}

	protected function given_endpoints(): void {
		$ids   = $this->ids;
		$title = static fn( mixed $post ) => $post->post_title ?? null;
		$terms = static fn( array ...$clauses ) => array_map( static fn( array $clause ) => $clause + array( 'taxonomy' => 'category', 'include_children' => false ), $clauses );
		$this->own( 'query', static fn() => ( new WP_Query( array( 'category_name' => 'news', 'fields' => 'ids' ) ) )->posts );
		$this->own( 'by-meta', static fn() => get_posts( array( 'fields' => 'ids', 'meta_key' => 'price', 'meta_value' => '12' ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		$this->own( 'pages', static fn() => array_map( $title, get_pages() ) );
		$this->own( 'meta', static fn() => array( get_post_meta( $ids['hello'], 'price', true ), get_term_meta( $ids['news'], 'image', true ), get_user_meta( $ids['grace'], 'city', true ) ) );
		$this->own( 'options', static fn() => array( get_option( 'options_phone' ), get_option( 'options_phone' ), get_option( 'blogname' ), get_option( 'widget_text' ) ) );
		$this->own( 'nothing', static fn() => array( 'yes' ) );
		$this->own( 'nowhere', static fn() => ( new WP_Query( array( 'category_name' => 'nowhere' ) ) )->posts );
		$this->own( 'get-posts', static fn() => array_map( $title, get_posts( array( 'post__not_in' => array( 1 ), 'update_post_term_cache' => false ) ) ) );
		$this->own( 'either', static fn() => get_posts( array( 'fields' => 'ids', 'author__not_in' => array( 1, $ids['grace'] ), 'tax_query' => array( 'relation' => 'OR', ...$terms( array( 'terms' => array( $ids['local'] ) ), array( 'field' => 'slug', 'terms' => array( 'sport', 'empty' ) ) ) ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
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
				do_action( 'everypod_read', Key::term( $ids['news'] ) );
				return get_post( $ids['hello'] );
			}
		);
	}

	/** Names in braces become ids; of a hash, what was hashed. */
	protected function filled( string $text ): string {
		$text = (string) preg_replace_callback( '/h\{([\w:-]+) (\w+)\}/', fn( array $match ) => "h{wp:$match[1]:{$this->ids[ $match[2] ]}}", $text );
		$text = (string) preg_replace_callback( '/h\{(wp:[^}]*)\}/', static fn( array $match ) => 'h' . SiteKey::of_this_site()?->hash( $match[1] ), $text );
		return (string) preg_replace_callback( '/\{(\w+)\}/', fn( array $match ) => (string) $this->ids[ $match[1] ], $text );
	}

	/** What its hashes stand for, where a test fails: of those words that any test knows. */
	protected function told_apart( string $keys ): string {
		$words = array( Key::LIST, Key::USERS, Key::AUTHORS, Key::COMMENTS, Key::STICKY, Key::MOVES_IN_TERMS );
		foreach ( array( ...get_post_types(), ...get_taxonomies() ) as $name ) {
			array_push( $words, "wp:list:type:$name", "wp:any:type:$name", "wp:terms:$name", "wp:term-counts:$name", "wp:moves:taxonomy:$name" );
		}
		foreach ( $this->ids as $id ) {
			array_push( $words, "wp:post:$id", "wp:user:$id", "wp:author:$id", "wp:list:author:$id", "wp:list:parent:$id", "wp:list:term:$id", "wp:term-itself:$id", "wp:moves:term:$id", "wp:moves:author:$id", "wp:moves:parent:$id" );
		}
		$known = array();
		foreach ( $words as $word ) {
			$known[ 'h' . SiteKey::of_this_site()?->hash( $word ) ] = $word;
		}
		return strtr( $keys, $known ) . ' ';
	}

	protected function sorted( string $keys ): string {
		$keys = explode( ',', $keys );
		sort( $keys );
		return implode( ',', $keys );
	}

	/** @return list<string> the keys of answers that events speak of, as pods compare them */
	protected function keys_of_events(): array {
		$keys = array();
		foreach ( $this->targets() as $target ) {
			if ( 1 === preg_match( '/^tag wp:(?:(post|term):(\d+)|#(.{12})|(front-page))$/D', $target, $match ) ) {
				$keys[] = isset( $match[4] ) ? 'f' : ( '' !== ( $match[3] ?? '' ) ? "h$match[3]" : $match[1][0] . $match[2] );
			}
		}
		return array_values( array_unique( $keys ) );
	}
}
