<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Hooks;
use Everypod\Outbox\Sweep;
use Everypod\Tests\Harness\Hooked;
use Everypod\Tests\Harness\Network;
use RuntimeException;
use stdClass;
use WP_Error;
use WP_Post;

/** Other plugins call core's hooks as they please, and their filters give back anything: no save may break by it. */
final class ForeignCallsTest extends TestCase {

	private const FILTERS = array( 'cron_schedules', 'rest_pre_serve_request', 'plugin_action_links', 'wpmu_drop_tables' );

	/** What a call with nothing to go by may still say: these hooks say it by being called. */
	private const SAID_BY_THE_CALL = array( 'theme.switched', 'menu.updated' );

	private string $log;
	private string $log_before;

	protected function setUp(): void {
		parent::setUp();
		$this->log        = (string) tempnam( sys_get_temp_dir(), 'log' );
		$this->log_before = (string) ini_set( 'error_log', $this->log );
	}

	protected function tearDown(): void {
		ini_set( 'error_log', $this->log_before );
		unlink( $this->log );
		unset( $GLOBALS['post'] );
		parent::tearDown();
	}

	/** @return array<string, list<mixed>> */
	private static function strange_arguments(): array {
		return array(
			'no arguments'        => array(),
			'null'                => array( null ),
			'nulls'               => array( null, null, null, null, null, null ),
			'an id of nothing'    => array( 999_999 ),
			'ids of nothing'      => array( 999_999, 999_999, 999_999, 999_999, 999_999, 999_999 ),
			'zeros'               => array( 0, 0, 0, 0, 0, 0 ),
			'a number below zero' => array( -1, -1, -1 ),
			'texts'               => array( 'one', 'two', 'three', 'four', 'five', 'six' ),
			'texts after an id'   => array( 999_999, 'two', 'three', 'four', 'five', 'six' ),
			'lists'               => array( array(), array( 'x' ), array( array() ), array( null ), array( new stdClass() ), array() ),
			'objects'             => array( new stdClass(), new stdClass(), new stdClass(), new stdClass(), new stdClass(), new stdClass() ),
			'an error'            => array( new WP_Error( 'x', 'y' ), new WP_Error(), new WP_Error(), new WP_Error() ),
			'posts of no id'      => array( 0, new WP_Post( new stdClass() ), new WP_Post( new stdClass() ), new WP_Post( new stdClass() ) ),
			'true and false'      => array( true, false, true, false, true, false ),
			'fractions'           => array( 1.5, NAN, INF, 1.5, 1.5, 1.5 ),
		);
	}

	/** @return array<string, array{string}> every hook that loading the plugin has added */
	public static function hooks(): array {
		$hooks = array();
		foreach ( Hooked::added() as $line ) {
			$hook                 = strtok( $line, ' ' );
			$hooks[ "A15 $hook" ] = array( $hook );
		}
		return $hooks;
	}

	/** @dataProvider hooks */
	public function test_a15_a_hook_that_is_called_with_anything_breaks_nothing_and_tells_of_nothing( string $hook ): void {
		// Whoever takes an id of nothing for the post on the screen would tell of this one.
		$GLOBALS['post'] = $this->given_post();
		$this->only_we_listen_to( $hook );
		foreach ( self::strange_arguments() as $name => $arguments ) {
			if ( self::is_filter( $hook ) ) {
				$value = $arguments[0] ?? null;
				$after = apply_filters( $hook, $value, ...array_slice( $arguments, 1 ) );
				match ( true ) {
					'rest_pre_serve_request' === $hook => self::assertSame( (bool) $value, (bool) $after, $name ),
					is_array( $value )                 => self::assertTrue( is_array( $after ), $name ),
					default                            => self::assertSame( serialize( $value ), serialize( $after ), $name ),
				};
			} else {
				do_action( $hook, ...$arguments );
			}
			self::assertSame( array(), array_diff( $this->changes(), self::SAID_BY_THE_CALL ), $name );
			self::assertSame( '', (string) file_get_contents( $this->log ), $name );
		}
	}

	/** @return array<string, array{callable(self): list<mixed>, string}> the call, and what it tells of */
	public static function calls_that_say_little(): array {
		return array(
			'A15 do_action( profile_update, 1 )'    => array( static fn() => array( 'profile_update', 1 ), 'author.updated' ),
			'A15 a profile and no user before'      => array( static fn() => array( 'profile_update', 1, null ), 'author.updated' ),
			'A15 a user of text'                    => array( static fn() => array( 'profile_update', '1', 'admin' ), 'author.updated' ),
			'A15 a deleted user'                    => array( static fn() => array( 'delete_user', '1' ), 'author.deleted' ),
			'A15 a user who was removed'            => array( static fn() => array( 'remove_user_from_blog', 1, null, '2' ), 'author.deleted' ),
			'A15 the id of a post that was saved'   => array( static fn( self $test ) => array( 'wp_after_insert_post', $test->given_post()->ID ), 'post.updated' ),
			'A15 a post and null'                   => array( static fn( self $test ) => array( 'wp_after_insert_post', $test->given_post()->ID, null, null, null ), 'post.updated' ),
			'A15 a post, and another one before it' => array( static fn( self $test ) => array( 'wp_after_insert_post', $test->given_post()->ID, 'x', true, new WP_Post( new stdClass() ) ), 'post.updated' ),
			'A15 an attachment'                     => array( static fn( self $test ) => array( 'attachment_updated', $test->given_post( array( 'post_type' => 'attachment', 'post_status' => 'inherit' ) )->ID ), 'post.updated' ),
			'A15 terms, and none before'            => array( static fn( self $test ) => array( 'set_object_terms', $test->given_post()->ID, null, array( 1 ), 'category', null, null ), 'post.updated' ),
			'A15 terms that are none'               => array( static fn( self $test ) => array( 'deleted_term_relationships', $test->given_post()->ID, array( 1, null, 'x', new stdClass() ), 'category' ), 'post.updated' ),
			'A15 a term without its taxonomy'       => array( static fn() => array( 'edited_term', 1 ), 'term.updated' ),
			'A15 a new term without its taxonomy'   => array( static fn() => array( 'created_term', '1', null, null ), 'term.created' ),
			'A15 a dying term without its taxonomy' => array( static fn() => array( 'pre_delete_term', 1 ), 'term.deleted' ),
			'A15 an option without its values'      => array( static fn() => array( 'updated_option', 'blogname' ), 'site.updated' ),
		);
	}

	/** @dataProvider calls_that_say_little */
	public function test_a15_a_call_that_says_little_but_enough_is_told( callable $call, string $change ): void {
		$this->given_post( array( 'post_name' => 'by-the-author' ) );
		$arguments = $call( $this );
		$this->only_we_listen_to( $arguments[0] );
		do_action( ...$arguments );
		self::assertSame( array( $change ), $this->changes() );
		self::assertSame( '', (string) file_get_contents( $this->log ) );
	}

	public function test_a15_a_draft_that_is_published_without_word_of_the_draft_still_is_published(): void {
		$post = $this->given_post( array( 'post_status' => 'draft' ) );
		wp_update_post( array( 'ID' => $post->ID, 'post_status' => 'publish' ), false, false );
		do_action( 'wp_after_insert_post', $post->ID, get_post( $post->ID ), true, null );
		self::assertSame( array( 'post.published' ), $this->changes() );
	}

	public function test_a15_a_profile_that_nobody_says_how_it_was_concerns_the_author_and_not_the_whole_site(): void {
		$this->given_post();
		$this->only_we_listen_to( 'profile_update' );
		do_action( 'profile_update', 1 );
		self::assertSame( array( 'tag wp:author:1', 'path /author/admin/' ), $this->targets() );
	}

	public function test_a15_what_a_watcher_throws_never_reaches_the_save_and_is_logged_once_and_without_its_words(): void {
		$post = $this->given_post();
		add_filter( 'author_link', static fn() => throw new RuntimeException( self::SECRET ) );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		update_post_meta( $post->ID, 'one', '1' );
		update_post_meta( $post->ID, 'one', '2' );
		update_post_meta( $post->ID, 'one', '3' );
		self::assertSame( 'More', get_post( $post->ID )->post_content );
		$said = (string) file_get_contents( $this->log );
		self::assertSame( 1, substr_count( $said, 'PostWatcher::pre_post_update' ) );
		self::assertSame( 1, substr_count( $said, 'PostWatcher::post_meta' ) );
		self::assertStringContainsString( 'RuntimeException in ' . __FILE__, $said );
		self::assertStringNotContainsString( self::SECRET, $said );
	}

	/** @return array<string, array{string, mixed}> those that core itself survives */
	public static function core_filters_that_return_nonsense(): array {
		$cases   = array( 'A15 get_ancestors and texts' => array( 'get_ancestors', array( '1' ) ) );
		$filters = array( 'post_link', 'page_link', 'term_link', 'author_link', 'get_the_terms', 'get_pages', 'option_blogname', 'post_type_archive_link', 'pre_option_page_for_posts' );
		foreach ( $filters as $filter ) {
			$cases[ "A15 $filter and null" ]   = array( $filter, null );
			$cases[ "A15 $filter and a list" ] = array( $filter, array( null, 'x', new stdClass() ) );
		}
		return $cases;
	}

	/** @dataProvider core_filters_that_return_nonsense */
	public function test_a15_a_core_filter_that_returns_nonsense_keeps_no_change_from_the_pods( string $filter, mixed $nonsense ): void {
		$post = $this->given_post();
		$page = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'about' ) );
		add_filter( $filter, static fn() => $nonsense, PHP_INT_MAX );
		foreach ( array( 'wp_after_insert_post', 'before_delete_post', 'edited_term', 'delete_user', 'updated_option' ) as $hook ) {
			$this->only_we_listen_to( $hook );
		}
		do_action( 'wp_after_insert_post', $post->ID, $post, true, $post );
		do_action( 'before_delete_post', $page->ID, $page );
		do_action( 'edited_term', 1, 1, 'category' );
		do_action( 'delete_user', 1 );
		do_action( 'updated_option', 'blogname' );
		self::assertSame( '', (string) file_get_contents( $this->log ) );
		self::assertSame( array( 'post.updated', 'post.deleted', 'term.updated', 'author.deleted', 'site.updated' ), $this->changes() );
	}

	/** @return array<string, array{callable(): mixed}> */
	public static function answers_that_are_none(): array {
		return array(
			'A15 nothing'      => array( static fn() => null ),
			'A15 an object'    => array( static fn() => new stdClass() ),
			'A15 an error'     => array( static fn() => new WP_Error( 'x' ) ),
			'A15 a text'       => array( static fn() => 'all of them' ),
			'A15 a number'     => array( static fn() => 1 ),
			'A15 a wrong list' => array( static fn() => array( null, 'x', new stdClass(), array( 'tag' => new stdClass() ), array( 'path' => array() ) ) ),
			'A15 an exception' => array( static fn() => throw new RuntimeException( self::SECRET ) ),
			'A15 a wrong type' => array( static fn( WP_Post $post ) => $post ),
		);
	}

	/** @dataProvider answers_that_are_none */
	public function test_a15_a_filter_of_ours_that_gives_no_answer_changes_nothing( callable $filter ): void {
		$post = $this->given_post();
		add_filter( 'doing_it_wrong_trigger_error', '__return_false' );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		$unfiltered = $this->targets();
		$this->forget();
		foreach ( array( 'everypod_targets', 'everypod_should_send' ) as $hook ) {
			add_filter( 'doing_it_wrong_trigger_error', '__return_false' );
			add_filter( $hook, $filter );
			wp_update_post( array( 'ID' => $post->ID, 'post_content' => "More $hook" ) );
			self::assertSame( array( 'post.updated' ), $this->changes() );
			self::assertSame( $unfiltered, $this->targets() );
			$this->forget();
		}
		self::assertStringNotContainsString( self::SECRET, (string) file_get_contents( $this->log ) );
	}

	/** @return array<string, array{mixed}> */
	public static function answers_that_say_no(): array {
		return array(
			'A15 false'                  => array( false ),
			'A15 an option that is off'  => array( '0' ),
			'A15 a checkbox that is off' => array( '' ),
		);
	}

	/** @dataProvider answers_that_say_no */
	public function test_a15_a_filter_that_says_no_is_heard( mixed $no ): void {
		$post = $this->given_post();
		add_filter( 'everypod_should_send', static fn() => $no );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		self::assertSame( array(), $this->changes() );
	}

	public function test_a15_no_targets_at_all_is_an_answer(): void {
		$post = $this->given_post();
		add_filter( 'everypod_targets', '__return_empty_array' );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		self::assertSame( array(), $this->changes() );
	}

	/** @return array<string, array{string, callable(): mixed}> */
	public static function breakers_of_requests(): array {
		return array(
			'A15 pre_http_request returns nothing' => array( 'pre_http_request', static fn() => null ),
			'A15 pre_http_request throws'          => array( 'pre_http_request', static fn() => throw new RuntimeException( self::SECRET ) ),
			'A15 an answer without anything'       => array( 'pre_http_request', static fn() => array() ),
			'A15 an answer of the wrong kind'      => array( 'pre_http_request', static fn() => array( 'body' => array(), 'response' => array( 'code' => 200 ) ) ),
		);
	}

	/** @dataProvider breakers_of_requests */
	public function test_a15_a_plugin_that_breaks_our_request_leaves_the_event_waiting_with_a_reason( string $hook, callable $broken ): void {
		add_filter( $hook, $broken, PHP_INT_MAX );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$row = $this->rows()[0];
		self::assertSame( 'waiting', $row->state );
		self::assertNotNull( $row->problem );
		self::assertSame( $this->clock->now + 5, $row->not_before );
		self::assertStringNotContainsString( self::SECRET, (string) file_get_contents( $this->log ) );
	}

	public function test_a15_a_filter_that_loses_the_arguments_of_our_request_changes_nothing_of_it(): void {
		add_filter( 'http_request_args', static fn() => null );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		self::assertSame( $this->rows()[0]->body, $this->network->requests[0]['body'] );
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_a15_one_post_that_cannot_be_read_stops_neither_the_sweep_nor_the_retry(): void {
		$this->clock->now      = time();
		$this->network->answer = static fn() => new WP_Error( 'http_request_failed', 'down' );
		wp_insert_post( array( 'post_title' => 'Waits', 'post_status' => 'publish' ) );
		$this->end_request();
		$this->run_cron();
		$this->network->answer = null;
		Hooked::reset();
		$killed = wp_insert_post( array( 'post_title' => 'Killed', 'post_status' => 'publish', 'post_name' => 'killed' ) );
		$this->new_request();
		add_filter( 'post_link', static fn( string $link, WP_Post $post ) => $post->ID === $killed ? throw new RuntimeException( 'x' ) : $link, 10, 2 );
		$this->clock->now += 200;
		do_action( \Everypod\Delivery\RetrySchedule::HOOK );
		self::assertSame( 'applied', $this->rows()[0]->state );
		self::assertNotContains( (string) $killed, array_map( static fn( $row ) => $row->subject_id, $this->rows() ) );
		self::assertSame( $this->clock->now - 60, get_option( Sweep::MARK_OPTION )['until'] );
	}

	private static function is_filter( string $hook ): bool {
		foreach ( self::FILTERS as $filter ) {
			if ( str_starts_with( $hook, $filter ) ) {
				return true;
			}
		}
		return false;
	}

	/** Core's own callbacks break by such arguments too, and what PHPUnit prints would end with them at `shutdown`. */
	private function only_we_listen_to( string $hook ): void {
		unset( $GLOBALS['wp_filter'][ $hook ] );
		( new Hooks( $this->plugin ) )->register();
	}
}
