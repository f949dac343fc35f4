<?php

declare( strict_types=1 );

namespace Everypod\Read;

/**
 * By which terms a list of posts is bounded: none but a change of a post that is in one of them, or was, can change it. The
 * event of such a post names all of its terms and those above them.
 */
final class TermBounds {

	/** @param list<array{taxonomy: string, ids: list<int>, slugs: list<string>}> $clauses */
	private function __construct( private readonly array $clauses, private readonly bool $is_by_anything ) {}

	/**
	 * @param array<mixed> $queries as WP_Tax_Query has put them in order
	 * @param bool         $is_by_anything whether each change of a post can change the list
	 * @param Reads        $reads   of which terms it is known by which other number they go
	 * @return self|null null where a post without any of the terms may be in the list
	 */
	public static function of( array $queries, bool $is_by_anything, Reads $reads ): ?self {
		$clauses = self::bounds( $queries, $reads );
		$hidden  = array_filter( $clauses ?? array(), static fn( array $clause ) => ! is_taxonomy_viewable( $clause['taxonomy'] ) );
		// Each event of a post names the terms that visitors can see, and those where it comes, goes or moves name all.
		return null === $clauses || ( $is_by_anything && array() !== $hidden ) ? null : new self( $clauses, $is_by_anything );
	}

	public function read_into( Reads $reads ): void {
		foreach ( $this->clauses as $clause ) {
			foreach ( $clause['ids'] as $id ) {
				$reads->term( $id );
				$this->is_by_anything ? $reads->any_of_term( $id ) : $reads->says( Key::list_of_term( $id ) );
			}
			foreach ( $clause['slugs'] as $slug ) {
				$reads->posts_by_slug( $clause['taxonomy'], $slug, $this->is_by_anything ? Reads::BY_ANYTHING : Reads::BY_LIST );
			}
		}
	}

	/**
	 * Whatever else decides, be it that posts of a term are left out: whether a post is in it. Where others decide than are named,
	 * whether it is in any.
	 *
	 * @param array<mixed> $queries as for a bound
	 * @param self|null    $bounds  what the list is known by already
	 */
	public static function read_moves_into( Reads $reads, array $queries, ?self $bounds ): void {
		foreach ( array_filter( $queries, is_array( ... ) ) as $query ) {
			if ( ! isset( $query['operator'] ) ) {
				self::read_moves_into( $reads, $query, $bounds );
				continue;
			}
			foreach ( self::of_clause( $query, $reads, array( 'IN', 'AND', 'NOT IN' ) ) ?? array( null ) as $clause ) {
				if ( null === $clause ) {
					$taxonomy = $query['taxonomy'] ?? '';
					$reads->says( is_string( $taxonomy ) && taxonomy_exists( $taxonomy ) ? Key::moves_in_taxonomy( $taxonomy ) : Key::MOVES_IN_TERMS );
				} elseif ( ! in_array( $clause, $bounds->clauses ?? array(), true ) ) {
					$reads->says( ...array_map( Key::moves_in_term( ... ), $clause['ids'] ) );
					array_map( static fn( string $slug ) => $reads->posts_by_slug( $clause['taxonomy'], $slug, Reads::BY_MOVES ), $clause['slugs'] );
				}
			}
		}
	}

	/**
	 * Where all of several have to hold, each of them alone is a bound, and the first will do.
	 *
	 * @param array<mixed> $queries
	 * @return list<array{taxonomy: string, ids: list<int>, slugs: list<string>}>|null
	 */
	private static function bounds( array $queries, Reads $reads ): ?array {
		$is_any = 'OR' === ( $queries['relation'] ?? 'AND' );
		$all    = array();
		foreach ( array_filter( $queries, is_array( ... ) ) as $query ) {
			$bounds = isset( $query['operator'] ) ? self::of_clause( $query, $reads ) : self::bounds( $query, $reads );
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
	 * @param array<mixed> $clause
	 * @param list<string> $operators of which any will do
	 * @return list<array{taxonomy: string, ids: list<int>, slugs: list<string>}>|null
	 */
	private static function of_clause( array $clause, Reads $reads, array $operators = array( 'IN', 'AND' ) ): ?array {
		$taxonomy = is_string( $clause['taxonomy'] ?? null ) ? $clause['taxonomy'] : '';
		$operator = is_string( $clause['operator'] ?? null ) ? strtoupper( $clause['operator'] ) : '';
		$field    = $clause['field'] ?? '';
		$terms    = array_filter( (array) ( $clause['terms'] ?? array() ), is_scalar( ... ) );
		if ( array() === $terms || ! in_array( $operator, $operators, true ) || ! taxonomy_exists( $taxonomy ) ) {
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
		} elseif ( 'term_taxonomy_id' === $field ) {
			$bounds['ids'] = self::ids_by_number( array_values( wp_parse_id_list( $terms ) ), $taxonomy, $reads );
		} else {
			return null;
		}
		return array() === $bounds['ids'] && array() === $bounds['slugs'] ? null : array( $bounds );
	}

	/**
	 * Core finds the items of a menu so, which it has just read.
	 *
	 * @param list<int> $numbers
	 * @return list<int> none where one of them was not read
	 */
	private static function ids_by_number( array $numbers, string $taxonomy, Reads $reads ): array {
		$ids = array();
		foreach ( $reads->terms() as $id => $row ) {
			if ( ( $row->taxonomy ?? '' ) === $taxonomy && in_array( (int) ( $row->term_taxonomy_id ?? 0 ), $numbers, true ) ) {
				$ids[] = $id;
			}
		}
		return count( $ids ) === count( $numbers ) ? $ids : array();
	}
}
