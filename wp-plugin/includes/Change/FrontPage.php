<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Read\Key;
use Everypod\Target\PostTargets;
use Everypod\Target\Targets;

/** Which page stands in front, and which has the posts: both lead elsewhere then, and show something else. */
final class FrontPage {

	private const PAGES = array( 'page_on_front', 'page_for_posts' );

	public static function targets( string $option, mixed $before, mixed $after ): Targets {
		$pages   = in_array( $option, self::PAGES, true ) ? array( $before, $after ) : array_map( get_option( ... ), self::PAGES );
		$ids     = array_filter( array_map( static fn( mixed $page ) => is_numeric( $page ) ? (int) $page : 0, $pages ), static fn( int $id ) => $id > 0 );
		$targets = Targets::of_words( ...array_map( Key::post( ... ), array_values( $ids ) ), ...array_map( Key::card( ... ), array_values( $ids ) ) );
		foreach ( array_filter( array_map( PostTargets::visible( ... ), $ids ) ) as $page ) {
			$targets = $targets->union( PostTargets::own( $page ) );
		}
		return $targets;
	}
}
