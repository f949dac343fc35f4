<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Limits;
use Everypod\Read\Key;
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
		return Targets::of_words( Key::term_itself( $term->term_id ), Key::terms( $term->taxonomy ), Key::term_slug( $term->taxonomy, $term->slug ) );
	}

	/** For where a term is moved, or is no more: the addresses below it, and the lists of all above it. */
	public static function around( WP_Term $term ): Targets {
		$children = is_taxonomy_hierarchical( $term->taxonomy ) ? get_term_children( $term->term_id, $term->taxonomy ) : array();
		$children = array_map( intval( ... ), array_filter( is_array( $children ) ? $children : array(), is_numeric( ... ) ) );
		return Targets::of_words( ...PostWords::of_lists_by( $term ), ...array_map( Key::term_itself( ... ), $children ) );
	}

	private static function pages( WP_Term $term ): Targets {
		$ids = get_objects_in_term( $term->term_id, $term->taxonomy );
		$ids = is_array( $ids ) ? $ids : array();
		if ( count( $ids ) > Limits::RELATED_POSTS ) {
			return Targets::of( Target::whole_site() );
		}
		$targets = self::with_ancestors( $term );
		foreach ( $ids as $id ) {
			$post    = PostTargets::visible( (int) $id );
			$targets = $post ? $targets->union( PostTargets::own( $post ) ) : $targets;
		}
		if ( is_taxonomy_hierarchical( $term->taxonomy ) ) {
			$children = get_term_children( $term->term_id, $term->taxonomy );
			foreach ( is_array( $children ) ? $children : array() as $id ) {
				$targets = $targets->union( self::archive_by_id( $id, $term->taxonomy ) );
			}
		}
		return $targets;
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
