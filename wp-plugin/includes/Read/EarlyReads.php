<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Change\ShownOptions;
use Everypod\Change\SiteSettings;
use Everypod\Settings\Settings;

/**
 * Options that were read before an answer began. Plugins read theirs once, as WordPress starts, and show them in any answer
 * without reading them again: so each answer is made of them. Heard without a Callback, since each option takes this way.
 */
final class EarlyReads {

	/** Plugins that may be loaded before this one, by their folder, and how their options begin. */
	private const OPTIONS_OF = array(
		'all-in-one-seo-pack' => 'aioseo',
		'polylang'            => 'polylang',
		'seo-by-rank-math'    => 'rank[-_]math',
		'wordpress-seo'       => 'wpseo',
		'wp-seopress'         => 'seopress',
	);

	/** @var array<string, true> */
	private array $names = array();

	/** How the options begin that may have been read before anything was heard. */
	private string $unheard = '';

	private bool $has_styles = false;

	public function __construct( private readonly Settings $settings ) {}

	public function hear(): void {
		if ( ! $this->settings->keys_are_on() ) {
			return;
		}
		$loaded        = implode( "\n", get_included_files() );
		$before        = array_filter( self::OPTIONS_OF, static fn( string $folder ) => str_contains( $loaded, "/$folder" ), ARRAY_FILTER_USE_KEY );
		$this->unheard = implode( '|', $before );
		add_filter( 'pre_option', array( $this, 'pre_option' ), PHP_INT_MIN, 2 );
		add_filter( 'wp_theme_json_data_user', array( $this, 'wp_theme_json_data_user' ), PHP_INT_MIN );
	}

	public function pre_option( mixed $value, mixed $name = '' ): mixed {
		if ( is_string( $name ) && ! isset( $this->names[ $name ] ) && ! FrontPageQuestions::is_of_a_query( $name ) && ! doing_action( 'wp_default_scripts' ) ) {
			$this->names[ $name ] = true;
		}
		return $value;
	}

	/** WordPress keeps what it has read of the styles that a site has chosen. */
	public function wp_theme_json_data_user( mixed $styles ): mixed {
		$this->has_styles = true;
		return $styles;
	}

	/** Whoever is here is given no answer of the REST API. */
	public function admin_init(): void {
		$this->end();
	}

	public function template_redirect(): void {
		$this->end();
	}

	/** From here on what is read is seen by who looks on. */
	public function end(): void {
		remove_filter( 'pre_option', array( $this, 'pre_option' ), PHP_INT_MIN );
		remove_filter( 'wp_theme_json_data_user', array( $this, 'wp_theme_json_data_user' ), PHP_INT_MIN );
	}

	/** @return list<string> */
	public function words(): array {
		$names    = array_map( strval( ... ), array_keys( $this->names ) );
		$settings = array_filter( array_map( SiteSettings::kept_name( ... ), $names ) );
		$unheard  = '' === $this->unheard ? array() : (array) preg_grep( "/^(?:$this->unheard)/", array_map( strval( ... ), array_keys( wp_load_alloptions() ) ) );
		$words    = array_map( Key::option( ... ), array( ...$settings, ...ShownOptions::that_may_be_kept( array_values( array( ...$names, ...$unheard ) ) ) ) );
		return array_values( array_unique( array( ...$words, ...( $this->has_styles ? array( Key::list_of_type( 'wp_global_styles' ) ) : array() ) ) ) );
	}
}
