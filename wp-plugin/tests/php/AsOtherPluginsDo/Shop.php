<?php

declare( strict_types=1 );

namespace Everypod\Tests\AsOtherPluginsDo;

use WP_Query;
use WP_REST_Request;

/** What WooCommerce 11.0.1 was seen to do: its data stores, its lookup tables, and what its Store API reads. */
final class Shop {

	public const TABLES = array(
		'wc_product_meta_lookup'       => 'product_id bigint NOT NULL PRIMARY KEY, min_price decimal(19,4), stock_quantity double, total_sales bigint',
		'wc_product_attributes_lookup' => 'product_id bigint NOT NULL, term varchar(50)',
		'woocommerce_tax_rates'        => 'tax_rate_id bigint NOT NULL PRIMARY KEY, tax_rate varchar(8)',
	);

	public static function installs(): void {
		global $wpdb;
		register_post_type( 'product', array( 'public' => true, 'show_in_rest' => true, 'has_archive' => 'shop', 'supports' => array( 'title', 'editor' ) ) );
		register_post_type( 'product_variation', array( 'public' => false ) );
		register_post_type( 'shop_order', array( 'public' => false ) );
		register_taxonomy( 'product_visibility', array( 'product', 'product_variation' ), array( 'public' => false ) );
		$wpdb->insert( "{$wpdb->prefix}woocommerce_tax_rates", array( 'tax_rate_id' => 1, 'tax_rate' => '10' ) );
		update_option( 'woocommerce_currency', 'EUR' );
		update_option( 'woocommerce_calc_taxes', 'yes' );
	}

	public static function is_removed(): void {
		array_map( 'unregister_post_type', array( 'product', 'product_variation', 'shop_order' ) );
		unregister_taxonomy( 'product_visibility' );
	}

	public static function loads(): void {
		add_action(
			'rest_api_init',
			static function (): void {
				$all = array( 'permission_callback' => '__return_true' );
				register_rest_route( 'shop/v1', 'products', $all + array( 'callback' => self::products( ... ) ) );
				register_rest_route( 'shop/v1', 'products/(?P<id>\d+)', $all + array( 'callback' => static fn( WP_REST_Request $asked ) => self::product( (int) $asked['id'] ) ) );
			}
		);
	}

	/** @param array<string, mixed> $fields */
	public static function adds( array $fields, string $price ): int {
		$id = (int) wp_insert_post( $fields + array( 'post_type' => 'product', 'post_title' => 'Cup', 'post_status' => 'publish' ) );
		array_map( static fn( string $key ) => add_post_meta( $id, $key, 'total_sales' === $key ? '0' : '9' ), array( '_stock', 'total_sales' ) );
		self::saves( $id, array( '_regular_price' => $price, '_price' => $price ) );
		return $id;
	}

	/** @param array<string, string> $meta */
	public static function saves( int $id, array $meta ): void {
		global $wpdb;
		$wpdb->update( $wpdb->posts, array( 'post_modified' => '2026-12-01 12:00:00', 'post_modified_gmt' => '2026-12-01 12:00:00' ), array( 'ID' => $id ) );
		clean_post_cache( $id );
		foreach ( $meta as $key => $value ) {
			update_post_meta( $id, $key, $value );
		}
		self::looks_up( $id );
		$parent = (int) wp_get_post_parent_id( $id );
		delete_transient( 'wc_product_children_' . ( $parent > 0 ? $parent : $id ) );
	}

	/** An order is paid for: the number is taken down by SQL, and what is left is saved. */
	public static function sells( int $id, int $number ): void {
		self::counts( $id, '_stock', -$number );
		do_action( 'woocommerce_updated_product_stock', $id );
		self::saves( $id, array() );
		self::counts( $id, 'total_sales', $number );
		do_action( 'woocommerce_updated_product_sales', $id );
	}

	public static function counts( int $id, string $key, int $more ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'UPDATE %i SET meta_value = meta_value + %d WHERE post_id = %d AND meta_key = %s', $wpdb->postmeta, $more, $id, $key ) );
		wp_cache_delete( $id, 'post_meta' );
		self::looks_up( $id );
	}

	/** The least price of the variations is the product's, once all else of a request is done. */
	public static function takes_prices_from_variations( int $id ): void {
		$prices = array_map( static fn( int $variation ) => get_post_meta( $variation, '_price', true ), self::variations( $id ) );
		delete_post_meta( $id, '_price' );
		add_post_meta( $id, '_price', min( $prices ) );
		self::looks_up( $id );
	}

	public static function taxes( string $rate ): void {
		global $wpdb;
		$wpdb->update( "{$wpdb->prefix}woocommerce_tax_rates", array( 'tax_rate' => $rate ), array( 'tax_rate_id' => 1 ) );
		do_action( 'woocommerce_tax_rate_updated', 1, array( 'tax_rate' => $rate ) );
	}

	/** Minutes after the product was saved, by WooCommerce's own queue. */
	public static function finds_by_attribute( int $id, string $term ): void {
		global $wpdb;
		add_action( 'woocommerce_run_product_attribute_lookup_update_callback', static fn( int $product ) => $wpdb->insert( "{$wpdb->prefix}wc_product_attributes_lookup", array( 'product_id' => $product, 'term' => $term ) ) );
		do_action( 'woocommerce_run_product_attribute_lookup_update_callback', $id, 2 );
	}

	private static function looks_up( int $id ): void {
		global $wpdb;
		$wpdb->replace( "{$wpdb->prefix}wc_product_meta_lookup", array( 'product_id' => $id, 'min_price' => get_post_meta( $id, '_price', true ), 'stock_quantity' => get_post_meta( $id, '_stock', true ), 'total_sales' => get_post_meta( $id, 'total_sales', true ) ) );
	}

	/** @return list<int> kept for a month, as long as nothing of the product is saved */
	private static function variations( int $id ): array {
		$kept = get_transient( "wc_product_children_$id" );
		if ( ! is_array( $kept ) ) {
			$kept = get_posts( array( 'post_type' => 'product_variation', 'post_parent' => $id, 'post_status' => array( 'publish', 'private' ), 'fields' => 'ids', 'numberposts' => -1, 'orderby' => array( 'menu_order' => 'ASC', 'ID' => 'ASC' ) ) );
			set_transient( "wc_product_children_$id", $kept, MONTH_IN_SECONDS );
		}
		return array_values( array_map( intval( ... ), $kept ) );
	}

	/** @return list<array<string, mixed>> */
	private static function products( WP_REST_Request $asked ): array {
		global $wpdb;
		$order = array( 'price' => 'lookup.min_price ASC', 'popularity' => 'lookup.total_sales DESC' )[ $asked['orderby'] ?? 'price' ];
		$join  = static fn( array $clauses ) => array(
			'join'    => "$clauses[join] LEFT JOIN {$wpdb->prefix}wc_product_meta_lookup AS lookup ON lookup.product_id = {$wpdb->posts}.ID",
			'where'   => isset( $asked['attribute'] ) ? $clauses['where'] . $wpdb->prepare( " AND {$wpdb->posts}.ID IN ( SELECT product_id FROM {$wpdb->prefix}wc_product_attributes_lookup WHERE term = %s )", $asked['attribute'] ) : $clauses['where'],
			'orderby' => $order,
		) + $clauses;
		add_filter( 'posts_clauses', $join );
		$found = new WP_Query( array( 'post_type' => 'product', 'fields' => 'ids', 'posts_per_page' => (int) ( $asked['per_page'] ?? -1 ), 'ignore_sticky_posts' => true, 'tax_query' => array( array( 'taxonomy' => 'product_visibility', 'field' => 'slug', 'terms' => array( 'exclude-from-catalog' ), 'operator' => 'NOT IN' ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		remove_filter( 'posts_clauses', $join );
		return array_map( self::product( ... ), $found->posts );
	}

	/** @return array<string, mixed> */
	private static function product( int $id ): array {
		global $wpdb;
		$tax = 'yes' === get_option( 'woocommerce_calc_taxes' ) ? $wpdb->get_var( "SELECT tax_rate FROM {$wpdb->prefix}woocommerce_tax_rates" ) : null;
		return array(
			'name'       => get_the_title( $id ),
			'price'      => get_post_meta( $id, '_price', true ) . get_option( 'woocommerce_currency' ),
			'tax'        => $tax,
			'stock'      => get_post_meta( $id, '_stock', true ),
			'sales'      => get_post_meta( $id, 'total_sales', true ),
			'variations' => array_map( static fn( int $variation ) => get_post_meta( $variation, '_price', true ), array_filter( self::variations( $id ), static fn( int $variation ) => 'publish' === get_post_status( $variation ) ) ),
		);
	}
}
