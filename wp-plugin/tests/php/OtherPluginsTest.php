<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Tests\AsOtherPluginsDo\Fields;
use Everypod\Tests\AsOtherPluginsDo\Languages;
use Everypod\Tests\AsOtherPluginsDo\Seo;
use Everypod\Tests\AsOtherPluginsDo\Shop;

/**
 * What other people's plugins do to the database, as each was seen to do it (docs/tried-with.md): what a front end reads through them, and
 * whether it is told of what they change.
 */
final class OtherPluginsTest extends ChangedAnswersTestCase {

	private bool $are_installed = false;

	protected function tables(): array {
		return Shop::TABLES + Seo::TABLES + Languages::TABLES;
	}

	protected function setUp(): void {
		parent::setUp();
		Shop::installs();
		Fields::installs();
		Seo::installs();
		Languages::installs();
		$this->are_installed = true;
		$this->new_request();
		$shirt      = Shop::adds( array( 'post_title' => 'Shirt' ), '12' );
		$this->ids += array(
			'cup'   => Shop::adds( array(), '10' ),
			'shirt' => $shirt,
			'small' => Shop::adds( array( 'post_type' => 'product_variation', 'post_title' => 'Shirt - S', 'post_parent' => $shirt ), '12' ),
			'order' => (int) wp_insert_post( array( 'post_type' => 'shop_order', 'post_status' => 'publish' ) ),
			'field' => Fields::adds( 'subtitle', 'None' ),
			'team'  => $this->given_post( array( 'post_title' => 'Team', 'post_name' => 'team', 'post_type' => 'page', 'post_parent' => $this->ids['about'] ) )->ID,
		);
		Fields::saves( 'phone', '1', 'options' );
		Fields::saves( 'phone', '1', 'contact' );
		Fields::saves( 'see_also', array( $this->ids['other'] ), $this->ids['hello'] );
		update_post_meta( $this->ids['hello'], '_yoast_wpseo_title', 'Hi' );
		Languages::speaks( $this->ids['hello'], 'de' );
		Languages::are_translations( array( 'de' => $this->ids['hello'] ) );
		Languages::connects( $this->ids['other'], 'de', 7 );
		wp_set_current_user( 0 );
	}

	protected function tearDown(): void {
		Shop::is_removed();
		Fields::is_removed();
		Languages::are_removed();
		parent::tearDown();
	}

	protected function new_request(): void {
		parent::new_request();
		if ( $this->are_installed ) {
			Shop::loads();
			Seo::loads();
			Languages::load();
		}
	}

	protected function given_other_endpoints(): void {
		$ids = $this->ids;
		$this->own( 'subtitle', static fn() => Fields::get( 'subtitle', $ids['hello'] ) );
		$this->own( 'see-also', static fn() => Fields::related( 'see_also', $ids['hello'] ) );
		$this->own( 'phone', static fn() => Fields::get( 'phone', 'options' ) );
		$this->own( 'phone-of-contacts', static fn() => Fields::get( 'phone', 'contact' ) );
		$this->own( 'german', static fn() => array_map( get_the_title( ... ), get_posts( array( 'tax_query' => array( array( 'taxonomy' => 'language', 'field' => 'slug', 'terms' => 'de' ) ) ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		$this->own( 'translations', static fn() => Languages::translations( $ids['hello'] ) );
		$this->own( 'connected', static fn() => Languages::connected( $ids['other'] ) );
		$this->own( 'german-by-table', static fn() => Languages::in_language( 'de' ) );
		// What it keeps of variations is there already.
		$this->answer( '/shop/v1/products' );
		$this->forget();
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_shops(): array {
		$cup   = array( '/shop/v1/products/{cup}', array() );
		$shirt = array( '/shop/v1/products/{shirt}', array() );
		$all   = array( '/shop/v1/products', array() );
		$first = static fn( string $by ) => array( '/shop/v1/products', array( 'orderby' => $by, 'per_page' => '1' ) );
		$red   = array( '/shop/v1/products', array( 'attribute' => 'red' ) );
		$costs = static fn( string $which, string $price ) => static fn( array $ids ) => Shop::saves( $ids[ $which ], array( '_regular_price' => $price, '_price' => $price ) );
		return array(
			'a product and its price'                      => array( ...$cup, $costs( 'cup', '11' ), self::GOES ),
			'a product and another one\'s price'           => array( ...$cup, $costs( 'shirt', '11' ), self::STAYS ),
			'all products and a price'                     => array( ...$all, $costs( 'cup', '11' ), self::GOES ),
			'the cheapest product and one that is cheaper' => array( ...$first( 'price' ), $costs( 'shirt', '1' ), self::GOES ),
			'a product in core\'s answer and its price'    => array( '/wp/v2/product/{cup}', array(), $costs( 'cup', '11' ), self::GOES_IN_VAIN ),
			'a product and one of it that is sold'         => array( ...$cup, static fn( array $ids ) => Shop::sells( $ids['cup'], 1 ), self::GOES ),
			'a product and stock that an own program counts' => array(
				...$cup,
				static function ( array $ids ): void {
					Shop::counts( $ids['cup'], '_stock', -1 );
					do_action( 'woocommerce_updated_product_stock', $ids['cup'] );
				},
				self::GOES,
			),
			'a product and stock that is counted past all' => array( ...$cup, static fn( array $ids ) => Shop::counts( $ids['cup'], '_stock', -1 ), self::STAYS_OLD ),
			'what sells best and something that sells more' => array(
				...$first( 'popularity' ),
				static function ( array $ids ): void {
					Shop::counts( $ids['shirt'], 'total_sales', 99 );
					do_action( 'woocommerce_updated_product_sales', $ids['shirt'] );
				},
				self::GOES,
			),
			'a product and an order'                       => array( ...$cup, static fn( array $ids ) => update_post_meta( $ids['order'], '_customer', 'Vera' ), self::STAYS ),
			'a product and what is sold out of the list'   => array( ...$all, static fn( array $ids ) => wp_set_object_terms( $ids['cup'], 'exclude-from-catalog', 'product_visibility' ), self::GOES ),
			'a product and a variation\'s price'           => array( ...$shirt, $costs( 'small', '13' ), self::GOES ),
			'all products and a variation\'s price'        => array( ...$all, $costs( 'small', '13' ), self::GOES ),
			'a product and the least of its prices'        => array(
				...$shirt,
				static function ( array $ids ): void {
					Shop::saves( $ids['small'], array( '_price' => '5' ) );
					Shop::takes_prices_from_variations( $ids['shirt'] );
				},
				self::GOES,
			),
			'a product and one more variation'             => array( ...$shirt, static fn( array $ids ) => Shop::adds( array( 'post_type' => 'product_variation', 'post_parent' => $ids['shirt'] ), '14' ), self::GOES ),
			'a product and a variation that is switched off' => array( ...$shirt, static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['small'], 'post_status' => 'private' ) ), self::GOES ),
			'a product and a variation that is deleted'    => array(
				...$shirt,
				static function ( array $ids ): void {
					wp_delete_post( $ids['small'], true );
					delete_transient( "wc_product_children_$ids[shirt]" );
				},
				self::GOES,
			),
			'another product and one more variation'       => array( ...$cup, static fn( array $ids ) => Shop::adds( array( 'post_type' => 'product_variation', 'post_parent' => $ids['shirt'] ), '14' ), self::STAYS ),
			'a product and the shop\'s currency'           => array( ...$cup, static fn() => update_option( 'woocommerce_currency', 'USD' ), self::GOES ),
			'a product and the shop\'s address'            => array( ...$cup, static fn() => update_option( 'woocommerce_store_address', 'Here' ), self::STAYS ),
			'a product and another tax'                    => array( ...$cup, static fn() => Shop::taxes( '20' ), self::GOES ),
			'a post and another tax'                       => array( '/wp/v2/posts/{other}', array(), static fn() => Shop::taxes( '20' ), self::STAYS ),
			'what is red and a product that is found later' => array( ...$red, static fn( array $ids ) => Shop::finds_by_attribute( $ids['cup'], 'red' ), self::GOES ),
			'a user and their bill'                        => array( '/wp/v2/users/{grace}', array(), static fn( array $ids ) => update_user_meta( $ids['grace'], 'billing_city', 'Here' ), self::STAYS ),
		);
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_fields(): array {
		return array(
			'a field and its value'                        => array( '/own/v1/subtitle', array(), static fn( array $ids ) => Fields::saves( 'subtitle', 'One', $ids['hello'] ), self::GOES ),
			'a field and its value elsewhere'              => array( '/own/v1/subtitle', array(), static fn( array $ids ) => Fields::saves( 'subtitle', 'One', $ids['other'] ), self::STAYS ),
			'a field without a value and its default'      => array( '/own/v1/subtitle', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['field'], 'post_content' => maybe_serialize( array( 'default_value' => 'Some' ) ) ) ), self::GOES ),
			'related posts and another title'              => array( '/own/v1/see-also', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['other'], 'post_title' => 'More' ) ), self::GOES ),
			'related posts and another one'                => array( '/own/v1/see-also', array(), static fn( array $ids ) => Fields::saves( 'see_also', array( $ids['about'] ), $ids['hello'] ), self::GOES ),
			'an option and its value'                      => array( '/own/v1/phone', array(), static fn() => Fields::saves( 'phone', '2', 'options' ), self::GOES ),
			'an option and one of the same name elsewhere' => array( '/own/v1/phone', array(), static fn() => Fields::saves( 'phone', '2', 'contact' ), self::STAYS ),
			'an option of a name that nobody knows'        => array( '/own/v1/phone-of-contacts', array(), static fn() => Fields::saves( 'phone', '2', 'contact' ), self::STAYS_OLD ),
		);
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_seo(): array {
		$hello = array( '/wp/v2/posts/{hello}', array() );
		return array(
			'what search engines are told and its change' => array( ...$hello, static fn( array $ids ) => update_post_meta( $ids['hello'], '_yoast_wpseo_title', 'Ho' ), self::GOES ),
			'what they are told of another post'          => array( ...$hello, static fn( array $ids ) => update_post_meta( $ids['other'], '_yoast_wpseo_title', 'Ho' ), self::STAYS ),
			'what they are told and how titles are made'  => array( ...$hello, static fn() => update_option( 'wpseo_titles', array( 'separator' => '|' ) ), self::GOES ),
			'a path of crumbs and the title of a page above' => array( '/wp/v2/pages/{team}', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['about'], 'post_title' => 'Us' ) ), self::GOES ),
			'what they are told and a table that is written past all' => array(
				...$hello,
				static function ( array $ids ): void {
					global $wpdb;
					$wpdb->update( "{$wpdb->prefix}yoast_indexable", array( 'title' => 'Ho' ), array( 'object_id' => $ids['hello'] ) );
				},
				self::STAYS_OLD,
			),
		);
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_languages(): array {
		$french = array( '/wp/v2/posts/{other}', array( 'trp' => 'fr' ) );
		return array(
			'posts of a language and one that has it now'  => array( '/own/v1/german', array(), static fn( array $ids ) => Languages::speaks( $ids['other'], 'de' ), self::GOES ),
			'posts of a language and one that has another' => array( '/own/v1/german', array(), static fn( array $ids ) => Languages::speaks( $ids['hello'], 'fr' ), self::GOES ),
			'translations and one more'                    => array( '/own/v1/translations', array(), static fn( array $ids ) => Languages::are_translations( array( 'de' => $ids['hello'], 'fr' => $ids['other'] ) ), self::GOES ),
			'a post and its language'                      => array( '/wp/v2/posts/{hello}', array(), static fn( array $ids ) => Languages::speaks( $ids['hello'], 'fr' ), self::GOES ),
			'posts of a language by a table, and one that has it now' => array( '/own/v1/german-by-table', array(), static fn( array $ids ) => Languages::connects( $ids['hello'], 'de', 8 ), self::GOES ),
			'posts of a language by a table, and one that has another' => array( '/own/v1/german-by-table', array(), static fn( array $ids ) => Languages::connects( $ids['other'], 'fr', 7 ), self::GOES ),
			'translations by a table and one more'         => array( '/own/v1/connected', array(), static fn( array $ids ) => Languages::connects( $ids['hello'], 'fr', 7 ), self::GOES ),
			'translations by a table and what is none of them' => array( '/own/v1/connected', array(), static fn( array $ids ) => Languages::connects( $ids['hello'], 'fr', 8 ), self::STAYS ),
			'translations by a table and a language that goes' => array(
				'/own/v1/connected',
				array(),
				static function (): void {
					global $wpdb;
					$wpdb->query( "DELETE FROM {$wpdb->prefix}icl_translations" );
					do_action( 'wpml_translation_update', array( 'type' => 'delete', 'rows_affected' => 2 ) );
				},
				self::GOES,
			),
			'a post in another language and a sentence of it' => array( ...$french, static fn() => Languages::translates( 'Other', 'Autre' ), self::GOES ),
			'a post in its own language and a sentence of it' => array( '/wp/v2/posts/{other}', array(), static fn() => Languages::translates( 'Other', 'Autre' ), self::STAYS ),
			'a post in another language and a sentence that nobody tells of' => array( ...$french, static fn() => Languages::translates( 'Other', 'Autre', false ), self::STAYS_OLD ),
		);
	}

	public function test_shops(): void {
		$this->assert_rows( self::of_shops() );
	}

	public function test_fields(): void {
		$this->assert_rows( self::of_fields() );
	}

	public function test_what_search_engines_are_told(): void {
		$this->assert_rows( self::of_seo() );
	}

	public function test_languages(): void {
		$this->assert_rows( self::of_languages() );
	}

	public function test_a_site_names_its_own_options(): void {
		$this->given_other_endpoints();
		$named = static fn() => add_filter( 'everypod_options', static fn( array $names ) => array( ...$names, 'contact_*' ) );
		$said  = (string) $this->answer( '/own/v1/phone-of-contacts', before: $named );
		$named();
		Fields::saves( 'phone', '2', 'contact' );
		self::assertNotSame( array(), array_intersect( explode( ',', $said ), $this->keys_of_events() ) );
	}

	public function test_orders_of_a_product_are_counted_together(): void {
		$this->given_a_bridge_of_the_third_protocol();
		$this->forget();
		foreach ( range( 1, 20 ) as $ignored ) {
			Shop::sells( $this->ids['cup'], 1 );
			$this->end_request();
		}
		self::assertCount( 2, $this->rows() );
	}

	public function test_a_post_is_told_of_at_the_addresses_of_both_its_languages(): void {
		Languages::speaks( $this->ids['hello'], 'fr' );
		self::assertContains( 'path /de/hello/', $this->targets() );
		self::assertContains( 'path /fr/hello/', $this->targets() );
	}
}
