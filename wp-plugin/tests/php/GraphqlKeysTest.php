<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Read\AnswerKeys;
use Everypod\Read\WatchedCache;
use RuntimeException;

/**
 * What WPGraphQL's answers say that they were made of, by the hooks of its router, in the order in which it calls them.
 *
 * @group every-php
 */
final class GraphqlKeysTest extends TestCase {

	private int $hello;
	private int $other;

	protected function setUp(): void {
		parent::setUp();
		$this->plugin->init();
		$this->hello = $this->given_post()->ID;
		$this->other = $this->given_post( array( 'post_title' => 'Other', 'post_name' => 'other' ) )->ID;
		wp_set_current_user( 0 );
	}

	public function test_an_answer_says_what_was_read_for_it(): void {
		$headers = $this->answered( fn() => get_post( $this->hello )?->post_title );
		self::assertSame( "p$this->hello", $headers[ AnswerKeys::HEADER ] ?? null );
		self::assertSame( 'application/json', $headers['Content-Type'] );
	}

	public function test_of_several_questions_at_once_all_is_said(): void {
		$headers = $this->answered(
			function (): void {
				get_post( $this->other );
				get_post( $this->hello );
			}
		);
		self::assertSame( "p$this->hello,p$this->other", $headers[ AnswerKeys::HEADER ] ?? null );
	}

	public function test_what_was_read_before_or_after_is_none_of_it(): void {
		add_action( 'graphql_process_http_request', fn() => get_post( $this->other ) );
		self::assertSame( "p$this->hello", $this->answered( fn() => get_post( $this->hello ) )[ AnswerKeys::HEADER ] ?? null );
		get_post( $this->other );
		self::assertSame( '-', $this->answered( static fn() => 'nothing' )[ AnswerKeys::HEADER ] ?? null );
	}

	public function test_an_answer_that_somebody_has_kept_says_nothing(): void {
		add_filter( 'pre_graphql_execute_request', static fn() => array( 'data' => 'kept' ) );
		self::assertArrayNotHasKey( AnswerKeys::HEADER, $this->answered( fn() => get_post( $this->hello ) ) );
	}

	public function test_what_was_refused_says_nothing(): void {
		do_action( 'graphql_process_http_request' );
		self::assertArrayNotHasKey( AnswerKeys::HEADER, apply_filters( 'graphql_response_headers_to_send', array() ) );
	}

	public function test_where_keys_are_off_nothing_is_said(): void {
		$this->constants['EVERYPOD_KEYS'] = false;
		self::assertArrayNotHasKey( AnswerKeys::HEADER, $this->answered( fn() => get_post( $this->hello ) ) );
	}

	public function test_where_keys_are_for_who_asks_nobody_else_is_told(): void {
		$this->constants['EVERYPOD_KEYS'] = 'asked';
		self::assertArrayNotHasKey( AnswerKeys::HEADER, $this->answered( fn() => get_post( $this->hello ) ) );
		$_SERVER['HTTP_X_EVERYPOD_KEYS'] = 'asked';
		try {
			self::assertSame( "p$this->hello", $this->answered( fn() => get_post( $this->hello ) )[ AnswerKeys::HEADER ] ?? null );
		} finally {
			unset( $_SERVER['HTTP_X_EVERYPOD_KEYS'] );
		}
	}

	public function test_it_ends_as_it_found_things(): void {
		// What is read up to here is heard as well, and no longer.
		$this->plugin->early->end();
		$cache  = $GLOBALS['wp_object_cache'];
		$before = array_map( static fn( mixed $hook ) => count( $hook->callbacks, COUNT_RECURSIVE ), $GLOBALS['wp_filter'] );
		$this->answered( fn() => self::assertTrue( $GLOBALS['wp_object_cache'] instanceof WatchedCache ) );
		self::assertSame( $cache, $GLOBALS['wp_object_cache'] );
		$left = array_map( static fn( mixed $hook ) => count( $hook->callbacks, COUNT_RECURSIVE ), $GLOBALS['wp_filter'] );
		self::assertSame( $before, array_intersect_key( $left, $before ) );
	}

	public function test_a_second_one_begins_anew_where_the_first_broke_off(): void {
		try {
			$this->answered( fn() => throw new RuntimeException( (string) get_post( $this->other )?->post_title ) );
			self::fail( 'It went on.' );
		} catch ( RuntimeException ) {
			self::assertSame( "p$this->hello", $this->answered( fn() => get_post( $this->hello ) )[ AnswerKeys::HEADER ] ?? null );
		}
	}

	/** @return array<string, string> the headers of the answer */
	private function answered( Closure $resolve ): array {
		do_action( 'graphql_process_http_request' );
		$answer  = apply_filters( 'pre_graphql_execute_request', null ) ?? $resolve();
		$headers = apply_filters( 'graphql_response_headers_to_send', array( 'Content-Type' => 'application/json' ) );
		do_action( 'graphql_process_http_request_response', $answer );
		return $headers;
	}
}
