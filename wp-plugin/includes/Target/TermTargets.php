<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Closure;
use Everypod\Limits;
use Everypod\Read\Key;
use WP_Post;
use WP_Term;

/** Where a term shows: its archive, those above and below it, and the posts that carry it. */
final class TermTargets {

	/** A post in a term stands in the archives above it too. */
	public static function with_ancestors( WP_Term $term ): Targets {
		$targets = self::own( $term );
		foreach ( get_ancestors( $term->term_id, $term->taxonomy, 'taxonomy' ) as $id ) {
			$targets = $targets->union( self::archive_by_id( $id, $term->taxonomy ) );
		}
		return $targets;
	}

	/**
	 * For a change of the term itself: its name is on its posts, its slug in the addresses below it. Of one that visitors
	 * can't see, the words alone.
	 */
	public static function everywhere( WP_Term $term ): Targets {
		return self::itself( $term )->union( is_taxonomy_viewable( $term->taxonomy ) ? self::pages( $term ) : Targets::of() );
	}

	/** What is read of the term and of lists of terms, without its posts. */
	public static function itself( WP_Term $term ): Targets {
		return Targets::of_words( Key::term_itself( $term->term_id ), Key::terms( $term->taxonomy ), Key::terms_below( $term->taxonomy, $term->parent ) );
	}

	/** For where it has another slug, is new or is no more. */
	public static function slug( WP_Term $term ): Targets {
		return Targets::of_words( Key::term_slug( $term->taxonomy, $term->slug ) );
	}

	/** For where a term is moved, or is no more: the addresses below it, and the lists of all above it. */
	public static function around( WP_Term $term ): Targets {
		$below = self::below( $term );
		$words = self::slug( $term )->union( Targets::of_words( ...PostWords::of_moves_in( $term ), ...array_map( Key::term_itself( ... ), $below ) ) );
		return self::is_in_addresses_of_posts( $term->taxonomy ) ? $words->union( self::posts( PostTargets::own( ... ), $term->taxonomy, $term->term_id, ...$below ) ) : $words;
	}

	private static function pages( WP_Term $term ): Targets {
		$children = self::below( $term );
		return self::with_ancestors( $term )->union( self::posts_in( $term, ...$children ), self::archives( $term->taxonomy, ...$children ) );
	}

	/** @return list<int> */
	public static function below( WP_Term $term ): array {
		$children = is_taxonomy_hierarchical( $term->taxonomy ) ? get_term_children( $term->term_id, $term->taxonomy ) : array();
		return array_values( array_map( intval( ... ), array_filter( is_array( $children ) ? $children : array(), is_numeric( ... ) ) ) );
	}

	/** Terms that stand elsewhere now, with their posts where these are part of it. */
	public static function moved( string $taxonomy, int ...$ids ): Targets {
		$targets = self::archives( $taxonomy, ...$ids )->union( Targets::of_words( ...array_map( Key::term_itself( ... ), $ids ) ) );
		return self::is_in_addresses_of_posts( $taxonomy ) ? $targets->union( self::posts( PostTargets::own( ... ), $taxonomy, ...$ids ) ) : $targets;
	}

	/** Their pages, by address. Who goes by words knows of the term as well, where a page was made from it. */
	private static function posts_in( WP_Term $term, int ...$below ): Targets {
		$posts = self::posts( PostTargets::page( ... ), $term->taxonomy, $term->term_id, ...( self::is_in_addresses_of_posts( $term->taxonomy ) ? $below : array() ) );
		return $posts->paths()->union( $posts->for_who_goes_by_no_words() );
	}

	private static function is_in_addresses_of_posts( string $taxonomy ): bool {
		return 'category' === $taxonomy && str_contains( (string) get_option( 'permalink_structure' ), '%category%' );
	}

	/** @param Closure(WP_Post): Targets $told what of each */
	private static function posts( Closure $told, string $taxonomy, int ...$terms ): Targets {
		$ids = array() === $terms ? array() : get_objects_in_term( $terms, $taxonomy );
		$ids = is_array( $ids ) ? array_unique( $ids ) : array();
		if ( count( $ids ) > Limits::RELATED_POSTS ) {
			return Targets::everything_without();
		}
		$targets = Targets::of();
		foreach ( $ids as $id ) {
			$post    = PostTargets::visible( (int) $id );
			$targets = $post ? $targets->union( $told( $post ) ) : $targets;
		}
		return $targets;
	}

	private static function archives( string $taxonomy, int ...$ids ): Targets {
		return Targets::of()->union( ...array_map( static fn( int $id ) => self::archive_by_id( $id, $taxonomy ), $ids ) );
	}

	/** Its archive alone. */
	public static function own( WP_Term $term ): Targets {
		return Targets::of( Target::tag( Key::term( $term->term_id ) ), SitePath::of( get_term_link( $term ) ) );
	}

	private static function archive_by_id( mixed $id, string $taxonomy ): Targets {
		$term = is_numeric( $id ) ? get_term( (int) $id, $taxonomy ) : null;
		return $term instanceof WP_Term ? self::own( $term ) : Targets::of();
	}
}
