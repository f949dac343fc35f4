<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_REST_Request;
use WP_REST_Terms_Controller;
use WP_Term_Query;

/** What a query for terms asks for, and whether it is shown how many posts they have. */
final class TermQuestions {

	/** @var list<array{WP_REST_Request, bool|null}> what is being answered, the outermost first; whether counts are shown, null where no terms are */
	private array $answering = array();

	public function __construct( private readonly Reads $reads ) {}

	/** @param mixed $handler who answers */
	public function answers( WP_REST_Request $request, mixed $handler ): void {
		$callback = is_array( $handler ) ? $handler['callback'] ?? null : null;
		$who      = is_array( $callback ) ? $callback[0] ?? null : null;
		$shows    = null;
		if ( $who instanceof WP_REST_Terms_Controller ) {
			$shows = in_array( 'count', $who->get_fields_for_response( $request ), true );
			if ( $shows ) {
				$this->reads->says( ...array_map( Key::list_of_term( ... ), Given::ids( $request->get_url_params()['id'] ?? 0 ) ) );
			}
		}
		$this->answering[] = array( $request, $shows );
	}

	public function has_answered( WP_REST_Request $request ): void {
		$last = end( $this->answering );
		if ( false !== $last && $last[0] === $request ) {
			array_pop( $this->answering );
		}
	}

	public function asked( WP_Term_Query $query ): void {
		$asked = $query->query_vars;
		// What is below what: events of a term that moves name the lists of all above it.
		if ( 'id=>parent' === ( $asked['fields'] ?? '' ) && 'all' === ( $asked['get'] ?? '' ) ) {
			return;
		}
		$terms      = Given::ids( $asked['include'] ?? array(), $asked['term_taxonomy_id'] ?? array() );
		$objects    = Given::ids( $asked['object_ids'] ?? array() );
		$slugs      = Given::texts( $asked['slug'] ?? array() );
		$taxonomies = Given::texts( $asked['taxonomy'] ?? array() );
		$taxonomies = array() === $taxonomies ? array_values( get_taxonomies() ) : $taxonomies;
		$by_count   = $this->is_by_count( $asked, array() !== $objects );
		array_map( fn( int $id ) => $this->reads->term( $id ), Given::ids( $asked['include'] ?? array() ) );
		array_map( fn( int $id ) => $this->reads->post( $id ), $objects );
		if ( array() !== $terms ) {
			$this->reads->says( ...( $by_count ? array_map( Key::list_of_term( ... ), $terms ) : array() ) );
			return;
		}
		foreach ( $taxonomies as $taxonomy ) {
			foreach ( $slugs as $slug ) {
				$this->reads->says( Key::term_slug( $taxonomy, sanitize_title( $slug ) ) );
			}
			if ( array() === $objects && array() === $slugs ) {
				$this->reads->says( Key::terms( $taxonomy ) );
			}
			if ( $by_count ) {
				$this->reads->says( Key::term_counts( $taxonomy ) );
			}
		}
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
		$last  = end( $this->answering );
		$shows = false === $last ? null : $last[1];
		return $shows ?? ( ! $is_of_objects && ! ( 'all' === ( $asked['get'] ?? '' ) && 'none' === $sorts ) );
	}
}
