<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;

/** A program's save that changes no column, meta or term; and what is sent all the same, since it changes one, or somebody pressed Update. */
final class UnchangedTest extends TestCase {

	private const AT = '2026-11-11 11:11:11';

	private int $post;

	private int $term;

	protected function setUp(): void {
		parent::setUp();
		$this->given_a_bridge_of_the_third_protocol();
		$this->saves_at = self::AT;
		$this->term     = $this->given_category( 'News' );
		$this->post     = $this->given_post( array( 'post_category' => array( $this->term ) ) )->ID;
		update_post_meta( $this->post, 'price', '12' );
		wp_set_current_user( 0 );
		$this->forget();
	}

	/** @return array<string, array{Closure(int, int): mixed, list<string>}> what is done, and what is told of it */
	private static function saves(): array {
		$post = static fn( array $fields = array() ) => static fn( int $id ) => wp_update_post( array( 'ID' => $id ) + $fields );
		$term = static fn( array $fields = array() ) => static fn( int $id, int $term ) => wp_update_term( $term, 'category', $fields );
		$by   = static fn( Closure $act ) => static function ( int $id, int $term ) use ( $act ): void {
			wp_set_current_user( 1 );
			$act( $id, $term );
		};
		return array(
			'a post as it is'                          => array( $post(), array() ),
			'a post as it is, twice'                   => array( static fn( int $id ) => array( wp_update_post( array( 'ID' => $id ) ), wp_update_post( array( 'ID' => $id ) ) ), array() ),
			'a post with all that it had'              => array( $post( array( 'post_title' => 'Hello', 'meta_input' => array( 'price' => '12' ) ) ), array() ),
			'a post by somebody'                       => array( $by( $post() ), array( 'post.updated' ) ),
			'a post with another title'                => array( $post( array( 'post_title' => 'More' ) ), array( 'post.updated' ) ),
			'a post in another order'                  => array( $post( array( 'menu_order' => 7 ) ), array( 'post.updated' ) ),
			'a post with another meta'                 => array( $post( array( 'meta_input' => array( 'price' => '13' ) ) ), array( 'post.updated' ) ),
			'a post in another term'                   => array( $post( array( 'tags_input' => array( 'new' ) ) ), array( 'post.updated', 'term.created' ) ),
			'a post that a hook does something to'     => array(
				static function ( int $id ): void {
					add_action( 'save_post', static fn() => update_post_meta( $id, 'seen', '1' ) );
					wp_update_post( array( 'ID' => $id ) );
				},
				array( 'post.updated' ),
			),
			'a post whose meta was changed before'     => array( static fn( int $id ) => array( update_post_meta( $id, 'price', '13' ), wp_update_post( array( 'ID' => $id ) ) ), array( 'post.updated' ) ),
			'a post that was changed and is again'     => array( static fn( int $id ) => array( wp_update_post( array( 'ID' => $id, 'post_title' => 'More' ) ), wp_update_post( array( 'ID' => $id, 'post_title' => 'Hello' ) ) ), array( 'post.updated' ) ),
			'meta that is set and set back'            => array( static fn( int $id ) => array( update_post_meta( $id, 'price', '13' ), update_post_meta( $id, 'price', '12' ) ), array( 'post.updated' ) ),
			'a term as it is'                          => array( $term(), array() ),
			'a term as it is, by all that it had'      => array( $term( array( 'name' => 'News', 'description' => '' ) ), array() ),
			'a term by somebody'                       => array( $by( $term() ), array( 'term.updated' ) ),
			'a term with another name'                 => array( $term( array( 'name' => 'Latest' ) ), array( 'term.updated' ) ),
			'a term with another description'          => array( $term( array( 'description' => 'All of it.' ) ), array( 'term.updated' ) ),
			'a term with a meta'                       => array( static fn( int $id, int $of ) => array( wp_update_term( $of, 'category' ), update_term_meta( $of, 'colour', 'red' ) ), array( 'term.updated' ) ),
			'a post as it is, and another that is not' => array( static fn( int $id, int $of ) => array( wp_update_post( array( 'ID' => 1, 'post_title' => 'More' ) ), wp_update_post( array( 'ID' => $id ) ) ), array( 'post.updated' ) ),
			'a post as it is before another'           => array( static fn( int $id, int $of ) => array( wp_update_post( array( 'ID' => $id ) ), wp_update_post( array( 'ID' => 1, 'post_title' => 'More' ) ) ), array( 'post.updated' ) ),
		);
	}

	public function test_only_what_changes_something_is_told_of(): void {
		global $wpdb;
		$wpdb->query( 'SAVEPOINT row_of_a_table' );
		foreach ( self::saves() as $what => list( $act, $told ) ) {
			$act( $this->post, $this->term );
			$this->plugin->quiet->shutdown();
			self::assertSame( $told, $this->changes(), $what );
			$wpdb->query( 'ROLLBACK TO SAVEPOINT row_of_a_table' );
			wp_cache_flush();
			wp_set_current_user( 0 );
			$this->new_request();
		}
	}

	public function test_a_save_of_another_second_is_told_of(): void {
		$this->saves_at = '2026-11-11 11:11:12';
		wp_update_post( array( 'ID' => $this->post ) );
		self::assertSame( array( 'post.updated' ), $this->changes() );
	}

	public function test_a_save_that_is_killed_before_it_is_known_has_been_told_of(): void {
		$told = array();
		add_action(
			'save_post',
			function () use ( &$told ): void {
				$told = $this->changes();
			}
		);
		wp_update_post( array( 'ID' => $this->post ) );
		self::assertSame( array( 'post.updated' ), $told );
		self::assertSame( array(), $this->changes() );
	}

	public function test_what_a_bridge_has_fetched_meanwhile_stays(): void {
		add_action( 'save_post', fn() => $this->outbox->freeze( $this->clock->now, $this->clock->now ) );
		wp_update_post( array( 'ID' => $this->post ) );
		self::assertSame( array( 'post.updated' ), $this->changes() );
	}

	public function test_nothing_is_delivered_of_it(): void {
		wp_update_post( array( 'ID' => $this->post ) );
		$this->end_request();
		self::assertSame( array(), $this->network->requests );
	}
}
