<?php

declare( strict_types=1 );

namespace Everypod\Read;

/**
 * By which terms a list of posts is bounded: none but a change of a post that is in one of them, or was, can change it. The
 * event of such a post names all of its terms and those above them.
 */
final class TermBounds {

	/** @param list<array{taxonomy: string, ids: list<int>, slugs: list<string>}> $clauses */
	private function __construct( private readonly array $clauses ) {}

	/**
	 * @param array<mixed> $queries as WP_Tax_Query has put them in order
	 * @return self|null null where a post without any of the terms may be in the list
	 */
	public static function of( array $queries ): ?self {
		$clauses = self::bounds( $queries );
		return null === $clauses ? null : new self( $clauses );
	}

	public function read_into( Reads $reads ): void {
		foreach ( $this->clauses as $clause ) {
			array_map( static fn( int $id ) => $reads->term( $id ), $clause['ids'] );
			array_map( static fn( string $slug ) => $reads->term_slug( array( $clause['taxonomy'] ), $slug ), $clause['slugs'] );
		}
	}

	/**
	 * Where all of several have to hold, each of them alone is a bound, and the first will do.
	 *
	 * @param array<mixed> $queries
	 * @return list<array{taxonomy: string, ids: list<int>, slugs: list<string>}>|null
	 */
	private static function bounds( array $queries ): ?array {
		$is_any = 'OR' === ( $queries['relation'] ?? 'AND' );
		$all    = array();
		foreach ( array_filter( $queries, is_array( ... ) ) as $query ) {
			$bounds = isset( $query['operator'] ) ? self::of_clause( $query ) : self::bounds( $query );
			if ( null !== $bounds && ! $is_any ) {
				return $bounds;
			}
			if ( null === $bounds && $is_any ) {
				return null;
			}
			array_push( $all, ...( $bounds ?? array() ) );
		}
		return array() === $all ? null : $all;
	}

	/**
	 * Events name terms of taxonomies that visitors can see.
	 *
	 * @param array<mixed> $clause
	 * @return list<array{taxonomy: string, ids: list<int>, slugs: list<string>}>|null
	 */
	private static function of_clause( array $clause ): ?array {
		$taxonomy = is_string( $clause['taxonomy'] ?? null ) ? $clause['taxonomy'] : '';
		$operator = is_string( $clause['operator'] ?? null ) ? strtoupper( $clause['operator'] ) : '';
		$field    = $clause['field'] ?? '';
		$terms    = array_filter( (array) ( $clause['terms'] ?? array() ), is_scalar( ... ) );
		if ( array() === $terms || ! in_array( $operator, array( 'IN', 'AND' ), true ) || ! is_taxonomy_viewable( $taxonomy ) ) {
			return null;
		}
		$bounds = array(
			'taxonomy' => $taxonomy,
			'ids'      => array(),
			'slugs'    => array(),
		);
		if ( 'slug' === $field ) {
			$bounds['slugs'] = array_values( array_map( strval( ... ), $terms ) );
		} elseif ( in_array( $field, array( 'term_id', 'id', 'ID' ), true ) ) {
			$bounds['ids'] = array_values( wp_parse_id_list( $terms ) );
		} else {
			return null;
		}
		return array( $bounds );
	}
}
