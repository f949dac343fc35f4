<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Read\Key;
use Everypod\Target\Target;
use Everypod\Target\Targets;

/** Sees what may change every page at once, and options that some are made from. Methods are named after the hooks that call them. */
final class SiteWatcher {

	public const MENU_UPDATED  = 'menu.updated';
	public const THEME_UPDATED = 'theme.updated';

	/** @var array<string, mixed> options that are being deleted, whose hook afterwards says the name alone */
	private array $deleted = array();

	public function __construct( private readonly ChangeListener $listener ) {}

	public function added_option( string $option, mixed $value = null ): void {
		$this->updated_option( $option, null, $value );
	}

	public function updated_option( string $option, mixed $before = null, mixed $value = null ): void {
		if ( ! self::is_the_same( $option, $before, $value ) ) {
			$this->changed( $option, $before, $value );
		}
	}

	public function delete_option( string $option ): void {
		if ( self::is_of_the_theme( $option ) || null !== SiteSettings::name( $option ) ) {
			$this->deleted[ $option ] = get_option( $option );
		}
	}

	public function deleted_option( string $option ): void {
		$before = $this->deleted[ $option ] ?? null;
		unset( $this->deleted[ $option ] );
		$this->changed( $option, $before, null );
	}

	public function switch_theme(): void {
		$this->listener->changed( Change::by_current_user( 'theme.switched', Subject::site() ), Targets::of( Target::whole_site() ) );
	}

	private function changed( string $option, mixed $before, mixed $after ): void {
		$setting = SiteSettings::name( $option );
		if ( SiteSettings::is_of_the_whole_site( $option ) ) {
			$this->tell( 'site.updated', Targets::of( Target::whole_site() ) );
		} elseif ( null !== $setting ) {
			$pages = SiteSettings::FRONT_PAGE === $setting ? FrontPage::targets( $option, $before, $after ) : Targets::of();
			$this->tell( 'site.updated', Targets::everything_without( Key::option( $setting ) )->union( $pages ) );
		} elseif ( self::is_of_the_theme( $option ) ) {
			$words = ThemeMods::words( $option, $before, $after );
			array() !== $words && $this->tell( self::THEME_UPDATED, Targets::everything_without( ...$words ) );
		} elseif ( ShownOptions::has( $option ) ) {
			$this->listener->changed( Change::by_current_user( 'options.updated', Subject::options() ), Targets::of_words( Key::option( $option ) ) );
		}
	}

	/**
	 * The form of General saves all that stands in it: numbers for texts, that there is no language, and the offset of a time zone
	 * whose name stands for it.
	 */
	private static function is_the_same( string $option, mixed $before, mixed $after ): bool {
		if ( is_scalar( $before ) && is_scalar( $after ) && 0 === strcmp( (string) $before, (string) $after ) ) {
			return true;
		}
		$is_named = 'gmt_offset' === $option && false !== wp_timezone_override_offset();
		return $is_named || ( 'WPLANG' === $option && ! defined( 'WPLANG' ) && empty( $before ) && empty( $after ) );
	}

	private static function is_of_the_theme( string $option ): bool {
		return 'theme_mods_' . get_option( 'stylesheet' ) === $option;
	}

	private function tell( string $name, Targets $targets ): void {
		$this->listener->changed( Change::by_current_user( $name, Subject::site() ), $targets );
	}
}
