<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_Query;

/**
 * Who asks which page is the front page. Core does with each link of a page, and with each query, whether it is for that page: then it is
 * known by the page, and events name those that become the front page, or are no more. Anybody else shows it.
 */
final class FrontPageQuestions {

	private const SETTINGS = array(
		'page_for_posts' => true,
		'page_on_front'  => true,
		'show_on_front'  => true,
	);

	private const OF_A_QUERY = array( 'WP_Query::parse_query', 'WP_Query::get_posts' );

	private const OF_A_LINK = 'get_page_link';

	/** With what leads to a post WordPress says what may be done with it; for some, whether it is such a page decides that. */
	private const OF_A_RIGHT = 'map_meta_cap';

	private const PRIVACY = 'wp_page_for_privacy_policy';

	/** From whoever asks who it is up to whoever wants the option. */
	private const FRAMES = 8;

	public static function is_of_one_page( string $option ): bool {
		$asked = isset( self::SETTINGS[ $option ] ) || self::PRIVACY === $option ? self::asker() : '';
		return self::OF_A_RIGHT === $asked || ( self::PRIVACY !== $option && in_array( $asked, array( ...self::OF_A_QUERY, self::OF_A_LINK ), true ) );
	}

	/** Before an answer begins, a link may be kept. */
	public static function is_of_a_query( string $option ): bool {
		return isset( self::SETTINGS[ $option ] ) && in_array( self::asker(), self::OF_A_QUERY, true );
	}

	/** Of these, there is another answer where another page stands in front. */
	public static function decides( WP_Query $query ): bool {
		$asked = array_filter( wp_parse_args( $query->query ?? array() ), static fn( mixed $value ) => '' !== $value );
		return $query->is_posts_page || array() === array_diff_key( $asked, array_flip( array( 'preview', 'page', 'paged', 'cpage' ) ) );
	}

	private static function asker(): string {
		return Caller::of( 'get_option', self::FRAMES )[0];
	}
}
