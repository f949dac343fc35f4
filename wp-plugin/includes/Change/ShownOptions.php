<?php

declare( strict_types=1 );

namespace Everypod\Change;

/** Options that are told of by name, and that answers name in the same word. */
final class ShownOptions {

	/** With `*` for whatever follows: options pages of ACF and others, widgets, what SEO plugins put on pages, and how a shop shows its prices. */
	private const NAMES = array(
		'options_*',
		'theme_mods_*',
		'sidebars_widgets',
		'widget_*',
		'wpseo*',
		'rank-math*',
		'rank_math*',
		'aioseo*',
		'seopress*',
		'polylang',
		'woocommerce_currency*',
		'woocommerce_price*',
		'woocommerce_tax*',
		'woocommerce_calc_taxes',
		'woocommerce_default_country',
		'woocommerce_hide_out_of_stock_items',
		'woocommerce_manage_stock',
		'woocommerce_stock_format',
		'woocommerce_notify_low_stock_amount',
		'woocommerce_notify_no_stock_amount',
		'woocommerce_weight_unit',
		'woocommerce_dimension_unit',
		'woocommerce_enable_review*',
	);

	/** What is read where it is shown, each time; all the others plugins may read once and keep. */
	private const READ_WHEN_SHOWN = '/^(?:theme_mods_|widget_|sidebars_widgets$)/';

	/** @var array<string, string> made once of each list of names */
	private static array $patterns = array();

	public static function has( string $name ): bool {
		return 1 === preg_match( self::pattern(), $name );
	}

	/**
	 * @param list<string> $names
	 * @return list<string> those of them that a plugin may have read and kept
	 */
	public static function that_may_be_kept( array $names ): array {
		return array_values( (array) preg_grep( self::READ_WHEN_SHOWN, (array) preg_grep( self::pattern(), $names ), PREG_GREP_INVERT ) );
	}

	private static function pattern(): string {
		/**
		 * Which options pages are made from, beside those of WordPress's own settings.
		 *
		 * @param string[] $names with * at the end for whatever follows
		 */
		$names                           = apply_filters( 'everypod_options', self::NAMES );
		$names                           = array_filter( is_array( $names ) ? $names : self::NAMES, static fn( mixed $name ) => is_string( $name ) && '' !== $name );
		$key                             = implode( "\n", $names );
		return self::$patterns[ $key ] ??= '/^(?:' . implode( '|', array_map( self::part( ... ), $names ) ) . ')$/sD';
	}

	private static function part( string $name ): string {
		return str_ends_with( $name, '*' ) ? preg_quote( substr( $name, 0, -1 ), '/' ) . '.*' : preg_quote( $name, '/' );
	}
}
