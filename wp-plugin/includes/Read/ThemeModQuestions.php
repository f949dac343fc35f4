<?php

declare( strict_types=1 );

namespace Everypod\Read;

/**
 * Which of a theme's settings is asked for. All of them are one option, and `get_theme_mod()` filters the one that it was asked
 * for right behind reading that. An option that no such filter follows was read as a whole.
 */
final class ThemeModQuestions {

	public const PLACES = 'nav_menu_locations';

	/** Those that core asks for, be they set or not. */
	private const ASKED_BY_CORE = array( self::PLACES, 'custom_logo', 'custom_css_post_id', 'background_color', 'background_image', 'header_image', 'header_textcolor' );

	/** The option, read and not claimed yet. */
	private ?string $pending = null;

	/** @var array<string, true> the settings whose filters are heard */
	private array $heard = array();

	private bool $is_listing = false;

	public function __construct(
		private readonly Reads $reads,
		private readonly MenuPlaceQuestions $places
	) {}

	/** @return bool whether it holds the settings of this theme */
	public function asked( string $option ): bool {
		if ( 'theme_mods_' . get_option( 'stylesheet' ) !== $option ) {
			return false;
		}
		if ( ! $this->is_listing && $this->reads->counts() ) {
			$this->hear( $option );
			$this->pending = $option;
		}
		return true;
	}

	/** Before any other filter, which may read other options. */
	public function claimed( mixed $value ): mixed {
		if ( null !== $this->pending ) {
			$this->pending = null;
			$name          = substr( (string) current_filter(), strlen( 'theme_mod_' ) );
			if ( self::PLACES === $name ) {
				$this->places->asked( $value );
			} else {
				$this->reads->says( Key::theme_mod( $name ) );
			}
		}
		return $value;
	}

	public function settle(): void {
		if ( null !== $this->pending ) {
			$this->reads->says( Key::option( $this->pending ) );
			$this->pending = null;
		}
	}

	public function end(): void {
		foreach ( array_keys( $this->heard ) as $name ) {
			remove_filter( "theme_mod_$name", array( $this, 'claimed' ), PHP_INT_MIN );
		}
		$this->heard = array();
	}

	private function hear( string $option ): void {
		$this->is_listing = true;
		$mods             = get_option( $option );
		$this->is_listing = false;
		foreach ( array( ...self::ASKED_BY_CORE, ...array_map( strval( ... ), array_keys( is_array( $mods ) ? $mods : array() ) ) ) as $name ) {
			if ( ! isset( $this->heard[ $name ] ) ) {
				$this->heard[ $name ] = true;
				add_filter( "theme_mod_$name", array( $this, 'claimed' ), PHP_INT_MIN );
			}
		}
	}
}
