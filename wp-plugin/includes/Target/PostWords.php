<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Read\Key;
use WP_Post;
use WP_Term;

/** The words of answers that a post is part of, beside those that name itself. */
final class PostWords {

	/** Where it is found or put in order by whatever it says. */
	public static function of_each_change( WP_Post $post ): Targets {
		return Targets::of_words( Key::any_of_type( $post->post_type ) );
	}

	/** For where it comes, goes or moves: the lists that it stands in now. */
	public static function of_its_place( WP_Post $post ): Targets {
		$words = array(
			Key::LIST,
			Key::AUTHORS,
			Key::list_of_type( $post->post_type ),
			Key::list_of_author( (int) $post->post_author ),
			Key::slug( $post->post_type, $post->post_name ),
		);
		if ( $post->post_parent > 0 ) {
			$words[] = Key::list_below( $post->post_parent );
		}
		foreach ( self::terms( $post ) as $term ) {
			array_push( $words, ...self::of_lists_by( $term ) );
		}
		return Targets::of_words( ...$words );
	}

	/** @return list<string> what changes where a post comes into a term, or goes */
	public static function of_lists_by( WP_Term $term ): array {
		$above = array_values( array_filter( get_ancestors( $term->term_id, $term->taxonomy, 'taxonomy' ), is_numeric( ... ) ) );
		$ids   = array( $term->term_id, ...array_map( intval( ... ), $above ) );
		return array( Key::term_counts( $term->taxonomy ), ...array_map( Key::list_of_term( ... ), $ids ) );
	}

	/** All by which lists are bounded or put in order that say no more than where a post is: equal where it stays. */
	public static function place( WP_Post $post ): string {
		$terms = array_map( static fn( WP_Term $term ) => $term->term_id, self::terms( $post ) );
		sort( $terms );
		return (string) wp_json_encode(
			array( $post->post_type, $post->post_status, '' !== $post->post_password, $post->post_date, $post->post_name, $post->post_parent, (int) $post->post_author, $post->post_mime_type, $terms )
		);
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
}
