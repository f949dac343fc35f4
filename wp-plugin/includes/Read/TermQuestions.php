<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_Term_Query;

/** What a query for terms asks for, and whether it is shown how many posts they have. */
final class TermQuestions {

	private const THEMES = 'wp_theme';

	public function __construct(
		private readonly Reads $reads,
		private readonly Answering $answering
	) {}

	public function asked( WP_Term_Query $query ): void {
		$asked = $query->query_vars;
		// What is below what: events of a term that moves name the lists of all above it.
		if ( 'id=>parent' === ( $asked['fields'] ?? '' ) && 'all' === ( $asked['get'] ?? '' ) ) {
			return;
		}
		// The number of a theme, by which a query finds what is the theme's: that query is told where such a post comes or goes.
		if ( array( self::THEMES ) === Given::texts( $asked['taxonomy'] ?? array() ) && self::is_for_posts( $asked ) ) {
			return;
		}
		$terms      = Given::ids( $asked['include'] ?? array(), $asked['term_taxonomy_id'] ?? array() );
		$objects    = Given::ids( $asked['object_ids'] ?? array() );
		$slugs      = Given::texts( $asked['slug'] ?? array() );
		$taxonomies = Given::texts( $asked['taxonomy'] ?? array() );
		$taxonomies = array() === $taxonomies ? array_values( get_taxonomies() ) : $taxonomies;
		$by_count   = $this->is_by_count( $asked, array() !== $objects );
		array_map( fn( int $id ) => $this->reads->term( $id ), Given::ids( $asked['include'] ?? array() ) );
		array_map( fn( int $id ) => $this->reads->asked_for_post( $id ), $objects );
		if ( array() !== $terms ) {
			$this->reads->says( ...( $by_count ? array_map( Key::list_of_term( ... ), $terms ) : array() ) );
			return;
		}
		foreach ( $taxonomies as $taxonomy ) {
			foreach ( $slugs as $slug ) {
				$this->reads->says( Key::term_slug( $taxonomy, sanitize_title( $slug ) ) );
			}
			if ( array() === $objects && array() === $slugs ) {
				$this->reads->says( self::is_by_parent( $asked ) ? Key::terms_below( $taxonomy, (int) $asked['parent'] ) : Key::terms( $taxonomy ) );
			}
			if ( $by_count && array() !== $slugs && empty( $asked['hide_empty'] ) ) {
				array_map( fn( string $slug ) => $this->reads->posts_by_slug( $taxonomy, $slug, Reads::BY_LIST ), $slugs );
			} elseif ( $by_count ) {
				$this->reads->says( Key::term_counts( $taxonomy ) );
			}
		}
	}

	/**
	 * Whether none but terms right below one decide, and nothing of what is below these.
	 *
	 * @param array<string, mixed> $asked
	 */
	private static function is_by_parent( array $asked ): bool {
		return is_numeric( $asked['parent'] ?? '' ) && empty( $asked['childless'] ) && ( empty( $asked['hide_empty'] ) || empty( $asked['hierarchical'] ) );
	}

	/**
	 * Whether it is shown, or decides, how many posts a term has. Of what others than core's own endpoint do with it nobody
	 * knows; but for a post's own terms, and for what WordPress looks up to find posts by, it is nothing to anybody.
	 *
	 * @param array<string, mixed> $asked
	 */
	private function is_by_count( array $asked, bool $is_of_objects ): bool {
		$sorts = is_string( $asked['orderby'] ?? '' ) ? $asked['orderby'] ?? '' : '';
		if ( ! empty( $asked['hide_empty'] ) && ! $is_of_objects ) {
			return true;
		}
		if ( 'count' === $sorts ) {
			return true;
		}
		return $this->answering->shows_counts() ?? ( ! $is_of_objects && ! self::is_for_posts( $asked ) );
	}

	/**
	 * What WordPress looks up to find posts by.
	 *
	 * @param array<string, mixed> $asked
	 */
	private static function is_for_posts( array $asked ): bool {
		return 'all' === ( $asked['get'] ?? '' ) && 'none' === ( $asked['orderby'] ?? '' );
	}
}
