<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Read\Key;

/** What is another one between two states of a theme's settings, in the words of those who have read it. */
final class ThemeMods {

	private const PLACES = 'nav_menu_locations';

	/** -1 says that there is none, as nothing does; core writes it where it looks for it. */
	private const CSS = 'custom_css_post_id';

	/** @return list<string> none where no page can look otherwise */
	public static function words( string $option, mixed $before, mixed $after ): array {
		$before = self::without_nothing( $before );
		$after  = self::without_nothing( $after );
		$words  = array();
		foreach ( array_keys( $before + $after ) as $name ) {
			$was = $before[ $name ] ?? null;
			$is  = $after[ $name ] ?? null;
			if ( $was === $is ) {
				continue;
			}
			array_push( $words, ...( self::PLACES === $name ? self::of_places( self::menus( $was ), self::menus( $is ) ) : array( Key::theme_mod( (string) $name ) ) ) );
		}
		return array() === $words ? array() : array( Key::option( $option ), ...array_values( array_unique( $words ) ) );
	}

	/**
	 * Whoever shows the menu of a place has asked of that. Whoever found none there may have asked of all of them.
	 *
	 * @param array<int|string, int> $before menus by their places
	 * @param array<int|string, int> $after
	 * @return list<string>
	 */
	private static function of_places( array $before, array $after ): array {
		$words = array();
		foreach ( array_keys( $before + $after ) as $place ) {
			$was = $before[ $place ] ?? 0;
			if ( ( $after[ $place ] ?? 0 ) !== $was ) {
				array_push( $words, Key::MENU_PLACES, Key::menu_place( (string) $place ), ...( 0 === $was ? array( Key::theme_mod( self::PLACES ) ) : array() ) );
			}
		}
		return $words;
	}

	/** @return array<int|string, int> */
	private static function menus( mixed $places ): array {
		return array_filter( array_map( static fn( mixed $menu ) => is_numeric( $menu ) ? (int) $menu : 0, is_array( $places ) ? $places : array() ) );
	}

	/** @return array<int|string, mixed> */
	private static function without_nothing( mixed $mods ): array {
		$mods = is_array( $mods ) ? $mods : array();
		if ( -1 === ( $mods[ self::CSS ] ?? null ) ) {
			unset( $mods[ self::CSS ] );
		}
		return $mods;
	}
}
