<?php

declare( strict_types=1 );

namespace Everypod\Read;

use ReflectionFunction;
use WP_REST_Controller;
use WP_REST_Posts_Controller;
use WP_REST_Request;
use WP_REST_Search_Controller;

/**
 * Whether an answer shows no more of posts than what stands on their cards: core's own endpoint has been asked for such fields alone,
 * by `_fields`, or is the search, which has no others; and no code but core's has a say in what they say. Others may look at a post
 * as it lies before them, unheard.
 */
final class Cards {

	private const FIELDS = array(
		WP_REST_Posts_Controller::class  => array( 'id', 'slug', 'link', 'title', 'excerpt', 'date', 'date_gmt', 'status', 'type', 'sticky' ),
		WP_REST_Search_Controller::class => array( 'id', 'title', 'url', 'type', 'subtype', '_links' ),
	);

	/** Where others are handed posts, or what is said of them. */
	private const HOOKS = array(
		'wp_rest_search_handlers',
		'posts_results',
		'the_posts',
		'the_post',
		'pre_post_link',
		'post_link',
		'post_link_category',
		'post_type_link',
		'page_link',
		'_get_page_link',
		'the_title',
		'protected_title_format',
		'private_title_format',
		'get_the_excerpt',
		'the_excerpt',
		'post_password_required',
	);

	/** @var array<string, bool> whether a function is core's */
	private static array $known = array();

	/** @param mixed $who who answers */
	public static function are_answered( mixed $who, WP_REST_Request $request ): bool {
		$known = is_object( $who ) ? self::FIELDS[ $who::class ] ?? null : null;
		if ( null === $known || ! $who instanceof WP_REST_Controller ) {
			return false;
		}
		$type   = $who->get_item_schema()['title'];
		$asked  = array_map( static fn( string $field ) => explode( '.', $field, 2 )[0], $who->get_fields_for_response( $request ) );
		$others = array_keys( $GLOBALS['wp_rest_additional_fields'][ $type ] ?? array() );
		return array() === array_diff( $asked, array_diff( $known, $others ) ) && self::has_nobody_else_a_say( "rest_prepare_$type" );
	}

	private static function has_nobody_else_a_say( string $prepared ): bool {
		foreach ( array( $prepared, ...self::HOOKS ) as $hook ) {
			foreach ( array_merge( array(), ...( $GLOBALS['wp_filter'][ $hook ]->callbacks ?? array() ) ) as $callback ) {
				if ( ! self::is_known( $callback['function'] ) ) {
					return false;
				}
			}
		}
		return true;
	}

	private static function is_known( mixed $function ): bool {
		if ( is_array( $function ) && is_object( $function[0] ?? null ) ) {
			return $function[0] instanceof PassedObjects || $function[0] instanceof PassingAuthors || $function[0] instanceof Questions;
		}
		return is_string( $function ) && ( self::$known[ $function ] ??= self::is_of_core( $function ) );
	}

	private static function is_of_core( string $function ): bool {
		if ( ! function_exists( $function ) ) {
			return false;
		}
		$file = ( new ReflectionFunction( $function ) )->getFileName();
		// PHP's own have none; the others' have no link in it and no "..", as the path of WordPress may.
		return false === $file || str_starts_with( wp_normalize_path( $file ), wp_normalize_path( (string) realpath( ABSPATH . WPINC ) ) . '/' );
	}
}
