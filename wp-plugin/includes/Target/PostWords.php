<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Read\Key;
use WP_Post;
use WP_Term;

/** The words of answers that a post is part of, beside those that name itself. */
final class PostWords {

	/** Where it is found or put in order by whatever is said of it. */
	public static function of_each_change( WP_Post $post ): Targets {
		return self::of_anything( $post->post_type );
	}

	public static function of_anything( string ...$types ): Targets {
		return Targets::of_words( ...array_map( Key::any_of_type( ... ), $types ), ...array_map( Key::any_meta_of_type( ... ), $types ), ...array_map( Key::any_comments_of_type( ... ), $types ) );
	}

	/** For a change of nothing but meta. */
	public static function of_meta( WP_Post $post ): Targets {
		return Targets::of_words( Key::any_meta_of_type( $post->post_type ) );
	}

	/** For a change of nothing but its comments. */
	public static function of_comments( WP_Post $post ): Targets {
		return Targets::of_words( Key::any_comments_of_type( $post->post_type ), Key::COMMENTS );
	}

	/** For where it is to be seen now, or no more: so are images that were uploaded to it. */
	public static function of_media_below( WP_Post $post ): Targets {
		return Targets::of_words( Key::list_below( $post->ID ), Key::list_of_type( 'attachment' ) );
	}

	/** @return list<string> what changes where a post comes that is in a term, or goes */
	public static function of_lists_by( WP_Term $term ): array {
		return array( Key::term_counts( $term->taxonomy ), ...array_map( Key::list_of_term( ... ), self::with_above( $term ) ) );
	}

	/** @return list<string> what changes where a post is put into a term, or taken out, and stays where it is else */
	public static function of_moves_in( WP_Term $term ): array {
		return array( ...self::of_lists_by( $term ), Key::MOVES_IN_TERMS, Key::moves_in_taxonomy( $term->taxonomy ), ...array_map( Key::moves_in_term( ... ), self::with_above( $term ) ) );
	}

	/** @return list<string> what changes where a post is put right below another, or taken away from there; below 0 is on top */
	public static function of_moves_below( int $parent ): array {
		return array( Key::moves_below( $parent ), ...( $parent > 0 ? array( Key::list_below( $parent ) ) : array() ) );
	}

	/** @return list<WP_Term> of each taxonomy, also of those that visitors can't see */
	public static function terms( WP_Post $post ): array {
		// All of them by one query.
		update_object_term_cache( (string) $post->ID, $post->post_type );
		$found = array();
		foreach ( get_object_taxonomies( $post ) as $taxonomy ) {
			/** @var mixed $terms which filters may have made anything of */
			$terms = get_the_terms( $post, $taxonomy );
			array_push( $found, ...array_values( array_filter( is_array( $terms ) ? $terms : array(), static fn( mixed $term ) => $term instanceof WP_Term ) ) );
		}
		return $found;
	}

	/** @return list<int> */
	private static function with_above( WP_Term $term ): array {
		$above = array_values( array_filter( get_ancestors( $term->term_id, $term->taxonomy, 'taxonomy' ), is_numeric( ... ) ) );
		return array( $term->term_id, ...array_map( intval( ... ), $above ) );
	}
}
