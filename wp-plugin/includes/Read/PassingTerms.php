<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_REST_Posts_Controller;
use WP_Term;
use WP_Term_Query;

/**
 * Terms that core reads of posts and shows nothing of: ahead of time, for whatever may ask later, and where it wants no more of them
 * than their ids, or their slugs. Only where nobody else has a say in which those are.
 */
final class PassingTerms {

	public const HOOKS = array( 'pre_get_terms', 'wp_get_object_terms', 'get_the_terms' );

	/** What core itself adds to the filters on terms begins so: names of formats in the site's language. */
	private const OF_CORE = '_post_format_';

	/** From the hook's method up to whoever wants the terms. */
	private const FRAMES = 12;

	/** @var array<int, mixed>|null what was read before all terms of a list of posts were */
	private ?array $before = null;

	public function __construct( private readonly Reads $reads ) {}

	public function pre_get_terms( mixed $query ): void {
		$asked = $query instanceof WP_Term_Query ? $query->query_vars : array();
		if ( 'all_with_object_id' === ( $asked['fields'] ?? '' ) && 'update_object_term_cache' === self::who_wants( 'wp_get_object_terms' ) ) {
			$this->before = $this->reads->terms();
		}
	}

	/** It keeps their ids by post, in the order of their names, and gives the terms to nobody. */
	public function wp_get_object_terms( mixed $terms ): mixed {
		if ( null !== $this->before && 'update_object_term_cache' === self::who_wants( 'wp_get_object_terms' ) ) {
			if ( self::has_nobody_else_a_say( 'get_term', 'get_terms', 'get_object_terms', 'wp_get_object_terms' ) ) {
				$this->reads->forget_terms_but( $this->before );
			}
			$this->before = null;
		}
		return $terms;
	}

	/** Of several, their names decide which comes first. */
	public function get_the_terms( mixed $terms, mixed $post = 0, mixed $taxonomy = '' ): mixed {
		$before = is_string( $taxonomy ) ? $this->reads->terms_before( "$post $taxonomy" ) : null;
		if ( null === $before || ! is_array( $terms ) || 1 !== count( $terms ) || ! self::has_nobody_else_a_say( 'get_term', "get_$taxonomy", 'get_terms', 'get_object_terms', 'wp_get_object_terms', 'get_the_terms' ) ) {
			return $terms;
		}
		$who = self::who_wants( 'get_the_terms' );
		if ( WP_REST_Posts_Controller::class . '::prepare_item_for_response' === $who || 'get_post_class' === $who ) {
			$this->reads->forget_terms_but( $before );
		}
		foreach ( 'get_post_class' === $who ? $terms : array() as $term ) {
			$this->reads->says( ...( $term instanceof WP_Term ? array( Key::term_slug( $taxonomy, $term->slug ) ) : array() ) );
		}
		return $terms;
	}

	private static function who_wants( string $called ): string {
		return Caller::of( $called, self::FRAMES )[0];
	}

	private static function has_nobody_else_a_say( string ...$hooks ): bool {
		foreach ( $hooks as $hook ) {
			foreach ( $GLOBALS['wp_filter'][ $hook ]->callbacks ?? array() as $callbacks ) {
				foreach ( $callbacks as $callback ) {
					$function = $callback['function'];
					$owner    = is_array( $function ) ? $function[0] : $function;
					$is_ours  = $owner instanceof self || $owner instanceof PassedObjects;
					if ( ! $is_ours && ! ( is_string( $owner ) && str_starts_with( $owner, self::OF_CORE ) ) ) {
						return false;
					}
				}
			}
		}
		return true;
	}
}
