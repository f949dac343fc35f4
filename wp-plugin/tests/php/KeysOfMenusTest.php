<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Delivery\BridgeProtocol;

/**
 * Menus, and the places where they stand: what is read of them and what then changes, row by row.
 */
final class KeysOfMenusTest extends ChangedAnswersTestCase {

	protected function setUp(): void {
		parent::setUp();
		register_nav_menus( array( 'main' => 'Main', 'side' => 'Side', 'foot' => 'Foot' ) );
		$this->ids += array(
			'menu'   => (int) wp_create_nav_menu( 'Main' ),
			'low'    => (int) wp_create_nav_menu( 'Low' ),
			'spare'  => (int) wp_create_nav_menu( 'Spare' ),
			'vacant' => (int) wp_create_nav_menu( 'Vacant' ),
		);
		$this->ids += array(
			'one'   => self::insert_item( $this->ids['menu'], 'One', 1 ),
			'two'   => self::insert_item( $this->ids['menu'], 'Two', 2 ),
			'under' => self::insert_item( $this->ids['low'], 'Under', 1 ),
			'extra' => self::insert_item( $this->ids['spare'], 'Extra', 1 ),
		);
		set_theme_mod( 'nav_menu_locations', array( 'main' => $this->ids['menu'], 'side' => $this->ids['low'] ) );
		set_theme_mod( 'accent', 'red' );
		$this->forget();
		wp_set_current_user( 0 );
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_places(): array {
		$rows    = array();
		$wanted  = array(
			'by-hand-main' => array( self::GOES, self::GOES_IN_VAIN, self::GOES, self::STAYS, self::STAYS ),
			'by-hand-foot' => array( self::GOES_IN_VAIN, self::GOES, self::GOES_IN_VAIN, self::GOES_IN_VAIN, self::GOES_IN_VAIN ),
			'shown-main'   => array( self::GOES, self::STAYS, self::GOES, self::STAYS, self::STAYS ),
			'shown-foot'   => array( self::STAYS, self::GOES, self::STAYS, self::STAYS, self::STAYS ),
			'shown-spare'  => array( self::STAYS, self::STAYS, self::STAYS, self::STAYS, self::STAYS ),
			'has-main'     => array( self::GOES_IN_VAIN, self::STAYS, self::GOES, self::STAYS, self::STAYS ),
			'has-foot'     => array( self::STAYS, self::GOES, self::STAYS, self::STAYS, self::STAYS ),
			'has-and-main' => array( self::GOES, self::STAYS, self::GOES, self::STAYS, self::STAYS ),
			'name-main'    => array( self::GOES, self::GOES_IN_VAIN, self::GOES, self::STAYS, self::STAYS ),
			'places'       => array( self::GOES, self::GOES, self::GOES, self::GOES, self::GOES ),
			'both-by-hand' => array( self::GOES, self::GOES, self::GOES, self::GOES_IN_VAIN, self::GOES_IN_VAIN ),
			'places-of'    => array( self::GOES, self::GOES_IN_VAIN, self::GOES, self::GOES_IN_VAIN, self::GOES ),
			'accent'       => array( self::STAYS, self::STAYS, self::STAYS, self::STAYS, self::STAYS ),
		);
		$changes = array(
			'another menu at a place'     => self::placed( 'main', 'spare' ),
			'a menu at a place without'   => self::placed( 'foot', 'spare' ),
			'no menu at a place with one' => static fn() => set_theme_mod( 'nav_menu_locations', array( 'side' => get_nav_menu_locations()['side'] ) ),
			'another one at the side'     => self::placed( 'side', 'spare' ),
			'its menu at another place'   => self::placed( 'side', 'menu' ),
		);
		foreach ( $wanted as $path => $of_changes ) {
			foreach ( array_keys( $changes ) as $nth => $what ) {
				$rows[ "$path and $what" ] = array( "/own/v1/$path", array(), $changes[ $what ], $of_changes[ $nth ] );
			}
		}
		return $rows;
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_menus(): array {
		$rows    = array();
		$changes = array(
			'another label of an item'          => array( static fn( array $ids ) => wp_update_nav_menu_item( $ids['menu'], $ids['one'], array( 'menu-item-title' => 'First', 'menu-item-url' => '/one/', 'menu-item-status' => 'publish', 'menu-item-position' => 1 ) ), self::GOES ),
			'an item with another address'      => array( static fn( array $ids ) => update_post_meta( $ids['one'], '_menu_item_url', '/first/' ), self::GOES ),
			'one more item'                     => array( static fn( array $ids ) => self::insert_item( $ids['menu'], 'Three', 3 ), self::GOES ),
			'one less item'                     => array( static fn( array $ids ) => wp_delete_post( $ids['two'], true ), self::GOES ),
			'an item that is a draft'           => array( self::saved( 'two', array( 'post_status' => 'draft' ) ), self::GOES ),
			'an item that is moved'             => array( self::saved( 'one', array( 'menu_order' => 9 ) ), self::GOES ),
			'an item that goes to another menu' => array( static fn( array $ids ) => wp_set_object_terms( $ids['two'], array( $ids['spare'] ), 'nav_menu' ), self::GOES ),
			'the end of the menu'               => array( static fn( array $ids ) => wp_delete_nav_menu( $ids['menu'] ), self::GOES ),
		);
		foreach ( $changes as $what => list( $change, $of_main ) ) {
			$rows[ "a menu by hand and $what" ]       = array( '/own/v1/by-hand-main', array(), $change, $of_main );
			$rows[ "a menu that is shown and $what" ] = array( '/own/v1/shown-main', array(), $change, $of_main );
			$rows[ "a menu by its name and $what" ]   = array( '/own/v1/menu-by-name', array(), $change, $of_main );
			$rows[ "a menu elsewhere and $what" ]     = array( '/own/v1/by-hand-side', array(), $change, self::STAYS );
			$rows[ "another menu, shown, and $what" ] = array( '/own/v1/shown-side', array(), $change, self::STAYS );
			$rows[ "a colour and $what" ]             = array( '/own/v1/accent', array(), $change, self::STAYS );
			$rows[ "a post and $what" ]               = array( '/wp/v2/posts/{hello}', array(), $change, self::STAYS );
		}
		return array(
			...$rows,
			'an empty menu and a first item'        => array( '/own/v1/menu-vacant', array(), static fn( array $ids ) => self::insert_item( $ids['vacant'], 'First', 1 ), self::GOES ),
			'a menu of one item and none'           => array( '/own/v1/by-hand-side', array(), static fn( array $ids ) => wp_delete_post( $ids['under'], true ), self::GOES ),
			'the name of a menu and another'        => array( '/own/v1/name-main', array(), static fn( array $ids ) => wp_update_nav_menu_object( $ids['menu'], array( 'menu-name' => 'Above' ) ), self::GOES ),
			'the name of a menu, by a program'      => array( '/own/v1/name-main', array(), static fn( array $ids ) => wp_update_term( $ids['menu'], 'nav_menu', array( 'name' => 'Above' ) ), self::GOES ),
			'a menu by a name that none has'        => array( '/own/v1/menu-unheard', array(), static fn() => wp_create_nav_menu( 'Unheard' ), self::GOES ),
			'a menu by a name that one has no more' => array( '/own/v1/menu-by-name', array(), static fn( array $ids ) => wp_update_nav_menu_object( $ids['menu'], array( 'menu-name' => 'Above' ) ), self::GOES ),
			'all menus and one more'                => array( '/own/v1/menus', array(), static fn() => wp_create_nav_menu( 'More' ), self::GOES ),
			'a page in a menu and its title'        => array( '/own/v1/menu-of-page', array(), self::saved( 'about', array( 'post_title' => 'All about' ) ), self::GOES ),
		);
	}

	public function test_where_menus_stand(): void {
		$this->assert_rows( self::of_places() );
	}

	public function test_menus(): void {
		$this->assert_rows( self::of_menus() );
	}

	/** The REST API shows which menu stands where, and reads none. */
	public function test_places_of_the_rest_api(): void {
		foreach ( array( '/wp/v2/menu-locations', '/wp/v2/menu-locations/main' ) as $path ) {
			$this->forget();
			wp_set_current_user( 1 );
			$keys = explode( ',', (string) $this->answer( $path ) );
			self::assertStringContainsString( '"menu":' . $this->ids['menu'], $this->body );
			$this->forget();
			set_theme_mod( 'nav_menu_locations', array( 'main' => $this->ids[ str_ends_with( $path, 'main' ) ? 'spare' : 'low' ], 'side' => $this->ids['low'] ) );
			self::assertGreaterThan( 0, count( array_intersect( $keys, $this->keys_of_events() ) ), $path );
			self::assertNotContains( 'layout /', $this->targets() );
			set_theme_mod( 'nav_menu_locations', array( 'main' => $this->ids['menu'], 'side' => $this->ids['low'] ) );
		}
	}

	public function test_where_no_words_are_taken_it_is_the_whole_site(): void {
		delete_option( BridgeProtocol::OPTION );
		$changes = array(
			'a place'     => self::placed( 'main', 'spare' ),
			'a menu'      => static fn( array $ids ) => wp_update_nav_menu_object( $ids['menu'], array( 'menu-name' => 'Above' ) ),
			'a menu item' => self::saved( 'one', array( 'menu_order' => 9 ) ),
		);
		foreach ( $changes as $what => $change ) {
			$this->forget();
			$change( $this->ids );
			self::assertContains( 'layout /', $this->targets(), $what );
		}
	}

	public function test_a_menu_is_one_change_however_many_items_are_saved(): void {
		$save = function (): void {
			foreach ( array( 'one', 'two' ) as $place => $item ) {
				wp_update_nav_menu_item( $this->ids['menu'], $this->ids[ $item ], array( 'menu-item-title' => "Item $place", 'menu-item-url' => '/', 'menu-item-status' => 'publish', 'menu-item-position' => 2 - $place ) );
			}
			wp_update_nav_menu_object( $this->ids['menu'], array( 'menu-name' => 'Main' ) );
			$this->plugin->quiet->shutdown();
		};
		$this->forget();
		$save();
		self::assertSame( array( 'menu.updated' ), $this->changes() );
		self::assertNotContains( 'layout /', $this->targets() );
		// With what was saved not in the cache, as in a request of its own.
		$this->forget();
		wp_cache_flush();
		$save();
		self::assertSame( array( 'menu.updated' ), $this->changes() );
	}

	/** As the REST API does where it puts a menu at another place. */
	public function test_a_menu_that_is_saved_as_it_is_tells_of_nothing(): void {
		wp_update_nav_menu_object( $this->ids['menu'], array( 'menu-name' => 'Main' ) );
		self::assertSame( array(), $this->changes() );
	}

	private static function placed( string $place, string $menu ): Closure {
		return static fn( array $ids ) => set_theme_mod( 'nav_menu_locations', array( $place => $ids[ $menu ] ) + get_nav_menu_locations() );
	}

	private static function insert_item( int $menu, string $title, int $place ): int {
		return (int) wp_update_nav_menu_item( $menu, 0, array( 'menu-item-title' => $title, 'menu-item-url' => '/' . strtolower( $title ) . '/', 'menu-item-status' => 'publish', 'menu-item-position' => $place ) );
	}

	protected function given_other_endpoints(): void {
		$ids   = $this->ids;
		$items = static fn( mixed $menu ) => array_map( static fn( object $item ) => array( $item->title, $item->url ), wp_get_nav_menu_items( $menu ) ?: array() );
		$shown = static function ( array $asked ) {
			// Of each item only once in a request.
			add_filter( 'nav_menu_item_id', '__return_empty_string' );
			return wp_nav_menu( $asked + array( 'echo' => false, 'fallback_cb' => false, 'items_wrap' => '%3$s', 'container' => '', 'menu_class' => 'm' ) );
		};
		$page  = (int) wp_create_nav_menu( 'Pages' );
		wp_update_nav_menu_item( $page, 0, array( 'menu-item-type' => 'post_type', 'menu-item-object' => 'page', 'menu-item-object-id' => $ids['about'], 'menu-item-status' => 'publish' ) );
		$this->forget();
		$this->own( 'accent', static fn() => get_theme_mod( 'accent', 'none' ) );
		$this->own( 'by-hand-main', static fn() => $items( get_nav_menu_locations()['main'] ?? 0 ) );
		$this->own( 'by-hand-side', static fn() => $items( get_nav_menu_locations()['side'] ?? 0 ) );
		$this->own( 'by-hand-foot', static fn() => $items( get_nav_menu_locations()['foot'] ?? 0 ) );
		$this->own( 'both-by-hand', static fn() => array( $items( get_nav_menu_locations()['foot'] ?? 0 ), $items( get_nav_menu_locations()['main'] ?? 0 ) ) );
		$this->own( 'shown-main', static fn() => $shown( array( 'theme_location' => 'main' ) ) );
		$this->own( 'shown-side', static fn() => $shown( array( 'theme_location' => 'side' ) ) );
		$this->own( 'shown-foot', static fn() => $shown( array( 'theme_location' => 'foot' ) ) );
		$this->own( 'shown-spare', static fn() => $shown( array( 'menu' => $ids['spare'] ) ) );
		$this->own( 'has-main', static fn() => has_nav_menu( 'main' ) );
		$this->own( 'has-foot', static fn() => has_nav_menu( 'foot' ) );
		$this->own( 'has-and-main', static fn() => has_nav_menu( 'main' ) ? $shown( array( 'theme_location' => 'main' ) ) : null );
		$this->own( 'name-main', static fn() => wp_get_nav_menu_name( 'main' ) );
		$this->own( 'places', static fn() => get_nav_menu_locations() );
		$this->own( 'menus', static fn() => array_map( static fn( \WP_Term $menu ) => $menu->name, wp_get_nav_menus() ) );
		$this->own( 'menu-by-name', static fn() => $items( 'Main' ) );
		$this->own( 'menu-unheard', static fn() => wp_get_nav_menu_object( 'Unheard' )->name ?? null );
		$this->own( 'menu-vacant', static fn() => $items( $ids['vacant'] ) );
		$this->own( 'menu-of-page', static fn() => $items( $page ) );
		$this->own(
			'places-of',
			static function () use ( $ids, $items ) {
				$menu = wp_get_nav_menu_object( $ids['menu'] );
				return array( $menu->name, array_keys( get_nav_menu_locations(), $menu->term_id, true ), $items( $menu->term_id ) );
			}
		);
	}
}
