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
		'wp_attachment_pages_enabled',
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

	public static function has( string $name ): bool {
		/**
		 * Which options pages are made from, beside those of WordPress's own settings.
		 *
		 * @param string[] $names with * at the end for whatever follows
		 */
		$names = apply_filters( 'everypod_options', self::NAMES );
		foreach ( is_array( $names ) ? $names : self::NAMES as $known ) {
			if ( ! is_string( $known ) || '' === $known ) {
				continue;
			}
			if ( $known === $name || ( str_ends_with( $known, '*' ) && str_starts_with( $name, substr( $known, 0, -1 ) ) ) ) {
				return true;
			}
		}
		return false;
	}
}
