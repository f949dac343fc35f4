<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_Comment_Query;
use WP_Query;
use WP_Tax_Query;
use WP_Term_Query;
use WP_User_Query;

/**
 * What WordPress is asked for by more than an id: its own query classes, which lists of every kind go through. A question
 * counts whatever the answer to it is. Methods are named after the hooks that call them.
 */
final class Questions {

	public function __construct( private readonly Reads $reads ) {}

	/** Once the query is what it will be, and for those that are kept from filters, too. */
	public function posts_pre_query( mixed $posts, mixed $query = null ): mixed {
		if ( $query instanceof WP_Query ) {
			$this->posts( $query );
		}
		return $posts;
	}

	public function pre_get_terms( mixed $query ): void {
		if ( ! $query instanceof WP_Term_Query ) {
			return;
		}
		$asked = $query->query_vars;
		// What is below what: events of a term name all above it.
		if ( 'id=>parent' === ( $asked['fields'] ?? '' ) && 'all' === ( $asked['get'] ?? '' ) ) {
			return;
		}
		$terms   = self::ids( $asked['include'] ?? array() );
		$terms   = array() === $terms ? self::ids( $asked['parent'] ?? 0, $asked['child_of'] ?? 0 ) : $terms;
		$objects = self::ids( $asked['object_ids'] ?? array() );
		$slugs   = self::texts( $asked['slug'] ?? array() );
		array_map( fn( int $id ) => $this->reads->term( $id ), $terms );
		array_map( fn( int $id ) => $this->reads->post( $id ), $objects );
		array_map( fn( string $slug ) => $this->reads->term_slug( self::texts( $asked['taxonomy'] ?? array() ), $slug ), $slugs );
		if ( array() === array( ...$terms, ...$objects, ...$slugs ) ) {
			$this->reads->any_list();
		}
	}

	public function pre_get_comments( mixed $query ): void {
		if ( ! $query instanceof WP_Comment_Query ) {
			return;
		}
		$asked    = $query->query_vars;
		$posts    = self::ids( $asked['post_id'] ?? 0, $asked['post__in'] ?? array() );
		$comments = self::ids( $asked['comment__in'] ?? array(), $asked['parent'] ?? 0, $asked['parent__in'] ?? array() );
		array_map( fn( int $id ) => $this->reads->post( $id ), $posts );
		// Of the same post as these.
		array_map( fn( int $id ) => $this->reads->comment( $id ), array() === $posts ? $comments : array() );
		if ( array() === array( ...$posts, ...$comments ) ) {
			$this->reads->any_list();
		}
	}

	public function pre_get_users( mixed $query ): void {
		if ( ! $query instanceof WP_User_Query ) {
			return;
		}
		$users = self::ids( $query->query_vars['include'] ?? array() );
		array_map( fn( int $id ) => $this->reads->user( $id ), $users );
		if ( array() === $users ) {
			$this->reads->any_list();
		}
	}

	private function posts( WP_Query $query ): void {
		$asked = $query->query_vars;
		$ids   = self::ids( $asked['p'] ?? 0, $asked['attachment_id'] ?? 0 );
		$types = self::texts( $asked['post_type'] ?? array() );
		if ( array() !== $ids ) {
			array_map( fn( int $id ) => $this->reads->post( $id ), $ids );
		} elseif ( ! empty( $asked['post__in'] ) ) {
			$this->posts_in( self::ids( $asked['post__in'] ) );
		} elseif ( self::is_told_by_objects_alone( $types ) ) {
			// Events of attachments name the page that they were uploaded to.
			array_map( fn( int $id ) => $this->reads->post( $id ), self::ids( $asked['post_parent'] ?? 0 ) );
		} elseif ( ! $this->is_by_slug( $asked, $types ) && ! $this->is_by_term( $query ) && ! $this->is_by_author( $asked ) ) {
			$this->reads->any_list();
		}
	}

	/**
	 * Which posts are sticky is a question of its own, and that none of them is an answer.
	 *
	 * @param list<int> $ids
	 */
	private function posts_in( array $ids ): void {
		array_map( fn( int $id ) => $this->reads->post( $id ), $ids );
		if ( array() === $ids || array() !== array_intersect( $ids, self::ids( get_option( 'sticky_posts' ) ) ) ) {
			$this->reads->any_list();
		}
	}

	/**
	 * Whether no event speaks of lists of these: attachments stand in none that is sent, and of what visitors can't see
	 * nothing is sent at all, such as revisions, for which core asks with each post.
	 *
	 * @param list<string> $types
	 */
	private static function is_told_by_objects_alone( array $types ): bool {
		$listed = array_filter( $types, static fn( string $type ) => 'any' === $type || ( 'attachment' !== $type && is_post_type_viewable( $type ) ) );
		return array() !== $types && array() === $listed;
	}

	/**
	 * Whether all that it can find is what is found now, and else is listed as what may be there later. So it is where
	 * one type has each slug once, which nothing below a parent does, and which filters can change.
	 *
	 * @param array<string, mixed> $asked
	 * @param list<string>         $types
	 */
	private function is_by_slug( array $asked, array $types ): bool {
		$slugs = array( ...self::texts( $asked['name'] ?? '' ), ...self::texts( $asked['post_name__in'] ?? array() ) );
		$types = array() === $types ? array( 'post' ) : $types;
		if ( array() === $slugs || 1 !== count( $types ) || is_post_type_hierarchical( $types[0] ) || ! post_type_exists( $types[0] ) || self::slugs_are_filtered() ) {
			return false;
		}
		array_map( fn( string $slug ) => $this->reads->post_slug( $types[0], $slug ), $slugs );
		return true;
	}

	/** By others than core, which does it for templates. */
	private static function slugs_are_filtered(): bool {
		$callbacks = array();
		foreach ( array( 'wp_unique_post_slug', 'pre_wp_unique_post_slug' ) as $hook ) {
			array_push( $callbacks, ...array_values( $GLOBALS['wp_filter'][ $hook ]->callbacks ?? array() ) );
		}
		$callbacks = array_merge( array(), ...$callbacks );
		unset( $callbacks['wp_filter_wp_template_unique_post_slug'] );
		return array() !== $callbacks;
	}

	private function is_by_term( WP_Query $query ): bool {
		$is_asked = ! $query->is_singular && $query->tax_query instanceof WP_Tax_Query;
		$bounds   = $is_asked ? TermBounds::of( $query->tax_query->queries ) : null;
		$bounds?->read_into( $this->reads );
		return null !== $bounds;
	}

	/** @param array<string, mixed> $asked */
	private function is_by_author( array $asked ): bool {
		$by_name = '' !== ( $asked['author_name'] ?? '' ) ? self::ids( $asked['author'] ?? 0 ) : array();
		$authors = empty( $asked['author__not_in'] ) ? self::ids( $asked['author__in'] ?? array() ) : array();
		$authors = array() === $by_name ? $authors : $by_name;
		array_map( fn( int $id ) => $this->reads->author( $id ), $authors );
		return array() !== $authors;
	}

	/** @return list<int> */
	private static function ids( mixed ...$given ): array {
		$ids = array();
		foreach ( $given as $some ) {
			$some = is_string( $some ) || is_array( $some ) ? wp_parse_list( $some ) : array( $some );
			array_push( $ids, ...array_map( intval( ... ), array_filter( $some, is_numeric( ... ) ) ) );
		}
		return array_values( array_filter( $ids, static fn( int $id ) => $id > 0 ) );
	}

	/** @return list<string> */
	private static function texts( mixed $given ): array {
		$texts = array_filter( (array) $given, is_scalar( ... ) );
		return array_values( array_filter( array_map( strval( ... ), $texts ), static fn( string $text ) => '' !== $text ) );
	}
}
