<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Read\Key;
use Everypod\Read\SiteKey;
use WP_Theme_JSON_Resolver;

/**
 * Settings, themes, menus and templates: what is read of them and what then changes, row by row.
 *
 * @group every-php
 */
final class KeysOfTheSiteTest extends ChangedAnswersTestCase {

	/** Of each an endpoint shows what it is. */
	private const SETTINGS_BY_NAME = array( 'avatar_default', 'avatar_rating', 'blog_public', 'close_comments_days_old', 'close_comments_for_old_posts', 'comment_order', 'comment_registration', 'date_format', 'default_category', 'default_post_format', 'posts_per_page', 'posts_per_rss', 'require_name_email', 'rss_use_excerpt', 'site_icon', 'site_logo', 'start_of_week', 'thread_comments', 'thread_comments_depth', 'time_format', 'wp_page_for_privacy_policy' );

	private const SETTINGS_OF_THE_SITE = array( 'blogdescription', 'blogname', 'category_base', 'comments_per_page', 'default_comments_page', 'gmt_offset', 'page_comments', 'permalink_structure', 'show_avatars', 'tag_base', 'timezone_string', 'use_smilies', 'wp_attachment_pages_enabled' );

	private const STYLES_OF_OTHERS = '{"version":2,"isGlobalStylesUserThemeJSON":true,"styles":{"color":{"text":"#222222"}}}';

	/** Where not just anything will do. */
	private const OTHERS = array( 'permalink_structure' => '/read/%postname%/', 'timezone_string' => 'Europe/Berlin' );

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
			'one'    => self::insert_item( $this->ids['menu'], 'One', 1 ),
			'two'    => self::insert_item( $this->ids['menu'], 'Two', 2 ),
			'under'  => self::insert_item( $this->ids['low'], 'Under', 1 ),
			'extra'  => self::insert_item( $this->ids['spare'], 'Extra', 1 ),
			'privacy' => $this->given_post( array( 'post_title' => 'Privacy', 'post_name' => 'privacy', 'post_type' => 'page' ) )->ID,
			'header' => self::insert_of_theme( 'wp_template_part', 'header', 'A header.' ),
			'single' => self::insert_of_theme( 'wp_template', 'single', 'A template.' ),
			'styles' => self::insert_of_theme( 'wp_global_styles', 'wp-global-styles-own', '{"version":2,"isGlobalStylesUserThemeJSON":true,"styles":{"color":{"text":"#111111"}}}' ),
		);
		set_theme_mod( 'nav_menu_locations', array( 'main' => $this->ids['menu'], 'side' => $this->ids['low'] ) );
		set_theme_mod( 'accent', 'red' );
		set_theme_mod( 'width', 'wide' );
		$this->forget();
		wp_set_current_user( 0 );
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_settings(): array {
		$rows = array();
		foreach ( self::SETTINGS_BY_NAME as $name ) {
			$change                                  = static fn() => update_option( $name, is_numeric( get_option( $name ) ) ? 7 : 'other' );
			$rows[ "$name, read" ]                   = array( "/own/v1/setting-$name", array(), $change, self::GOES );
			$rows[ "$name, and what reads another" ] = array( 'date_format' === $name ? '/own/v1/setting-blog_public' : '/own/v1/setting-date_format', array(), $change, self::STAYS );
			$rows[ "$name, and a post" ]             = array( '/wp/v2/posts', array( 'slug' => 'hello' ), $change, self::STAYS );
		}
		foreach ( self::SETTINGS_OF_THE_SITE as $name ) {
			$rows[ "$name, and what reads nothing" ] = array( '/own/v1/nothing', array(), static fn() => update_option( $name, self::OTHERS[ $name ] ?? '7' ), self::GOES_IN_VAIN );
		}
		$author = array( '/wp/v2/users/{grace}', array() );
		$front  = static fn( string $page, string $posts = '' ) => static fn( array $ids ) => array_map( update_option( ... ), array( 'show_on_front', 'page_on_front', 'page_for_posts' ), array( 'page', $ids[ $page ] ?? 0, $ids[ $posts ] ?? 0 ) );
		return array(
			...$rows,
			'dates and how they are written'       => array( '/own/v1/date', array(), static fn() => update_option( 'date_format', 'Y' ), self::GOES ),
			'dates and how times are written'      => array( '/own/v1/date', array(), static fn() => update_option( 'time_format', 'H' ), self::STAYS ),
			'an author and whose avatar they have' => array( ...$author, static fn() => update_option( 'avatar_default', 'robohash' ), self::GOES ),
			'an author and which avatars may be'   => array( ...$author, static fn() => update_option( 'avatar_rating', 'X' ), self::GOES ),
			'a list of authors and avatars'        => array( '/wp/v2/users', array(), static fn() => update_option( 'avatar_default', 'robohash' ), self::GOES ),
			'a logo and another one'               => array( '/own/v1/logo', array(), static fn( array $ids ) => update_option( 'site_logo', $ids['hello'] ), self::GOES ),
			'a page that is the front page now'     => array( '/wp/v2/pages/{about}', array(), $front( 'about' ), self::GOES ),
			'a page by its slug, in front now'      => array( '/wp/v2/pages', array( 'slug' => 'about' ), $front( 'about' ), self::GOES ),
			'a page, and another one in front'      => array( '/wp/v2/pages/{about}', array(), $front( 'privacy' ), self::STAYS ),
			'a list of posts and a front page'      => array( '/wp/v2/posts', array(), $front( 'about' ), self::STAYS ),
			'a page that has the posts now'         => array( '/own/v1/page-by-id', array(), $front( 'privacy', 'about' ), self::GOES ),
			'what is in front, whatever it is'      => array( '/own/v1/home', array(), $front( 'about' ), self::GOES ),
			'what is in front, without a page'      => array( '/own/v1/home-page-2', array(), $front( 'about' ), self::GOES ),
			'whether a page is in front'            => array( '/own/v1/front', array(), $front( 'about' ), self::GOES ),
			'where all posts are'                   => array( '/own/v1/archive', array(), $front( 'privacy', 'about' ), self::GOES ),
			'what is in front, and a date format'   => array( '/own/v1/home', array(), static fn() => update_option( 'date_format', 'Y' ), self::STAYS ),
			'the address of an icon and an icon'   => array( '/own/v1/icon', array(), static fn( array $ids ) => update_option( 'site_icon', $ids['hello'] ), self::GOES ),
		);
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_themes(): array {
		$set = static fn( string $name, mixed $value ) => static fn() => set_theme_mod( $name, $value );
		return array(
			'a colour and another one'                 => array( '/own/v1/accent', array(), $set( 'accent', 'blue' ), self::GOES ),
			'a colour and none'                        => array( '/own/v1/accent', array(), static fn() => remove_theme_mod( 'accent' ), self::GOES ),
			'a colour and a width'                     => array( '/own/v1/accent', array(), $set( 'width', 'narrow' ), self::STAYS ),
			'a colour and what was not set'            => array( '/own/v1/accent', array(), $set( 'shade', 'dark' ), self::STAYS ),
			'a colour and a menu elsewhere'            => array( '/own/v1/accent', array(), self::placed( 'main', 'spare' ), self::STAYS ),
			'a colour and a post'                      => array( '/own/v1/accent', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_title' => 'More' ) ), self::STAYS ),
			'a colour and all settings gone'           => array( '/own/v1/accent', array(), static fn() => remove_theme_mods(), self::GOES ),
			'what is not set and then is'              => array( '/own/v1/shade', array(), $set( 'shade', 'dark' ), self::GOES ),
			'all settings and one more'                => array( '/own/v1/all-mods', array(), $set( 'shade', 'dark' ), self::GOES ),
			'all settings and another colour'          => array( '/own/v1/all-mods', array(), $set( 'accent', 'blue' ), self::GOES ),
			'all settings, then a colour, and a width' => array( '/own/v1/all-mods-and-accent', array(), $set( 'width', 'narrow' ), self::GOES ),
			'a logo that a theme keeps'                => array( '/own/v1/logo', array(), $set( 'custom_logo', 7 ), self::GOES ),
			'a logo and a colour'                      => array( '/own/v1/logo', array(), $set( 'accent', 'blue' ), self::STAYS ),
			'CSS and some more'                        => array( '/own/v1/css', array(), static fn() => wp_update_custom_css_post( 'body { color: red }' ), self::GOES ),
			'CSS and a colour'                         => array( '/own/v1/css', array(), $set( 'accent', 'blue' ), self::GOES_IN_VAIN ),
			'a colour and CSS'                         => array( '/own/v1/accent', array(), static fn() => wp_update_custom_css_post( 'body { color: red }' ), self::STAYS ),
			'a part of a template and its words'       => array( '/own/v1/part-header', array(), self::saved( 'header', array( 'post_content' => 'Another.' ) ), self::GOES ),
			'a part of a template that is deleted'     => array( '/own/v1/part-header', array(), static fn( array $ids ) => wp_delete_post( $ids['header'], true ), self::GOES ),
			'a part of a template and another one'     => array( '/own/v1/part-header', array(), static fn() => self::insert_of_theme( 'wp_template_part', 'footer', 'x' ), self::STAYS ),
			'a part of a template that there is now'   => array( '/own/v1/part-footer', array(), static fn() => self::insert_of_theme( 'wp_template_part', 'footer', 'x' ), self::GOES ),
			'a part of a template and a template'      => array( '/own/v1/part-header', array(), self::saved( 'single', array( 'post_content' => 'Another.' ) ), self::STAYS ),
			'a template and its words'                 => array( '/own/v1/template', array(), self::saved( 'single', array( 'post_content' => 'Another.' ) ), self::GOES ),
			'a post and a template'                    => array( '/wp/v2/posts/{hello}', array(), self::saved( 'single', array( 'post_content' => 'Another.' ) ), self::STAYS ),
			'a post and styles'                        => array( '/wp/v2/posts/{hello}', array(), self::saved( 'styles', array( 'post_content' => '{"version":2,"isGlobalStylesUserThemeJSON":true}' ) ), self::STAYS ),
		);
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

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_authors(): array {
		$change = static fn( array $ids ) => wp_delete_user( $ids['grace'], $ids['ada'] );
		return array(
			'a post and who wrote it'                   => array( '/wp/v2/posts/{hello}', array( '_embed' => 'author' ), $change, self::GOES ),
			'a post of somebody else'                   => array( '/wp/v2/posts/{other}', array( '_embed' => 'author' ), $change, self::STAYS ),
			'posts of the one who is gone'              => array( '/own/v1/posts-of-grace', array(), $change, self::GOES ),
			'posts of the one who has them now'         => array( '/own/v1/posts-of-ada', array(), $change, self::GOES ),
			'how much the one has written who has them' => array( '/own/v1/count-of-ada', array(), $change, self::GOES ),
			'a page of the site'                        => array( '/wp/v2/pages/{about}', array(), $change, self::STAYS ),
			'a pattern of theirs'                       => array( '/own/v1/patterns-of-ada', array(), $change, self::GOES ),
			'a post, where all of theirs go with them'  => array( '/own/v1/titles', array(), static fn( array $ids ) => wp_delete_user( $ids['grace'] ), self::GOES ),
			'a page, where all of theirs go with them'  => array( '/wp/v2/pages/{about}', array(), static fn( array $ids ) => wp_delete_user( $ids['grace'] ), self::STAYS ),
		);
	}

	public function test_settings(): void {
		$this->assert_rows( self::of_settings() );
	}

	public function test_themes(): void {
		$this->assert_rows( self::of_themes() );
	}

	public function test_css_that_is_there(): void {
		wp_update_custom_css_post( 'body { color: green }' );
		$this->assert_rows(
			array(
				'and another'  => array( '/own/v1/css', array(), static fn() => wp_update_custom_css_post( 'body { color: blue }' ), self::GOES ),
				'and a colour' => array( '/own/v1/css', array(), static fn() => set_theme_mod( 'accent', 'blue' ), self::STAYS ),
				'and a menu'   => array( '/own/v1/css', array(), self::saved( 'one', array( 'menu_order' => 9 ) ), self::STAYS ),
			)
		);
	}

	public function test_styles_of_a_theme_that_has_some(): void {
		$this->given_a_theme_with_styles();
		$this->assert_rows(
			array(
				'and others'     => array( '/own/v1/styles', array(), self::saved( 'styles', array( 'post_content' => self::STYLES_OF_OTHERS ) ), self::GOES ),
				'and none'       => array( '/own/v1/styles', array(), static fn( array $ids ) => wp_delete_post( $ids['styles'], true ), self::GOES ),
				'and a template' => array( '/own/v1/styles', array(), self::saved( 'single', array( 'post_content' => 'Another.' ) ), self::STAYS ),
				'and a post'     => array( '/own/v1/styles', array(), self::saved( 'hello', array( 'post_title' => 'More' ) ), self::STAYS ),
			)
		);
	}

	/** The editor makes them as it is opened, of which nothing is told. */
	public function test_styles_that_were_not_there_yet(): void {
		$this->given_a_theme_with_styles();
		wp_delete_post( $this->ids['styles'], true );
		$this->own( 'styles', static fn() => self::styles() );
		$this->forget();
		$said = explode( ',', (string) $this->answer( '/own/v1/styles' ) );
		$id   = self::insert_of_theme( 'wp_global_styles', 'wp-global-styles-new', '{"version":2,"isGlobalStylesUserThemeJSON":true}' );
		$this->forget();
		wp_update_post( array( 'ID' => $id, 'post_content' => self::STYLES_OF_OTHERS ) );
		self::assertGreaterThan( 0, count( array_intersect( $said, $this->keys_of_events() ) ) );
	}

	public function test_where_a_page_is_in_front_already(): void {
		array_map( update_option( ... ), array( 'show_on_front', 'page_on_front', 'page_for_posts' ), array( 'page', $this->ids['about'], $this->ids['privacy'] ) );
		$this->assert_rows(
			array(
				'that page and none'              => array( '/wp/v2/pages/{about}', array(), static fn() => update_option( 'show_on_front', 'posts' ), self::GOES ),
				'that page and another one'       => array( '/wp/v2/pages/{about}', array(), static fn( array $ids ) => update_option( 'page_on_front', $ids['privacy'] ), self::GOES ),
				'the posts and another page'      => array( '/own/v1/page-of-posts', array(), static fn() => update_option( 'page_for_posts', 0 ), self::GOES ),
				'the posts by a path, and none'   => array( '/own/v1/path-of-posts', array(), static fn() => update_option( 'page_for_posts', 0 ), self::GOES ),
				'what is in front and other posts' => array( '/own/v1/home', array(), static fn() => update_option( 'page_for_posts', 0 ), self::GOES_IN_VAIN ),
				'what is in front and no page'    => array( '/own/v1/home', array(), static fn() => update_option( 'show_on_front', 'posts' ), self::GOES ),
				'a post and no page'              => array( '/wp/v2/posts/{hello}', array(), static fn() => update_option( 'show_on_front', 'posts' ), self::STAYS ),
				'that page in the trash'          => array( '/own/v1/home', array(), static fn( array $ids ) => wp_trash_post( $ids['about'] ), self::GOES ),
			)
		);
	}

	public function test_where_menus_stand(): void {
		$this->assert_rows( self::of_places() );
	}

	public function test_menus(): void {
		$this->assert_rows( self::of_menus() );
	}

	public function test_authors_whose_posts_go_to_another(): void {
		$this->assert_rows( self::of_authors() );
	}

	public function test_more_posts_than_are_looked_up_are_the_whole_site(): void {
		global $wpdb;
		foreach ( range( 1, 101 ) as $nth ) {
			$wpdb->insert( $wpdb->posts, array( 'post_title' => "Post $nth", 'post_name' => "post-$nth", 'post_author' => $this->ids['grace'], 'post_status' => 'publish', 'post_type' => 'post', 'post_content' => '', 'post_excerpt' => '', 'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '' ) );
		}
		$this->forget();
		wp_delete_user( $this->ids['grace'], $this->ids['ada'] );
		self::assertContains( 'layout /', $this->targets() );
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
		delete_option( \Everypod\Delivery\BridgeProtocol::OPTION );
		$changes = array(
			'a setting'     => static fn() => update_option( 'date_format', 'Y' ),
			'a theme mod'   => static fn() => set_theme_mod( 'accent', 'blue' ),
			'a place'       => self::placed( 'main', 'spare' ),
			'a menu'        => static fn( array $ids ) => wp_update_nav_menu_object( $ids['menu'], array( 'menu-name' => 'Above' ) ),
			'a menu item'   => self::saved( 'one', array( 'menu_order' => 9 ) ),
			'a template'    => self::saved( 'single', array( 'post_content' => 'Another.' ) ),
			'global styles' => self::saved( 'styles', array( 'post_content' => '{}' ) ),
			'CSS'           => static fn() => wp_update_custom_css_post( 'body { color: red }' ),
			'an author'     => static fn( array $ids ) => wp_delete_user( $ids['grace'], $ids['ada'] ),
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

	/** @return array<string, array{string, bool}> an option, and whether whoever reads it early may show it in any answer */
	private static function early(): array {
		return array(
			'of a SEO plugin'        => array( 'wpseo_titles', true ),
			'another one of it'      => array( 'rank-math-options-titles', true ),
			'of an options page'     => array( 'options_phone', true ),
			'a setting of WordPress' => array( 'date_format', true ),
			'one that no page shows' => array( 'users_can_register', false ),
			'a widget'               => array( 'widget_text', false ),
			'what core asks itself'  => array( 'blog_public', false ),
		);
	}

	public function test_what_plugins_read_as_they_start_is_part_of_each_answer(): void {
		foreach ( self::early() as $what => list( $option, $is_part ) ) {
			$kept = null;
			$this->own(
				'kept',
				static function () use ( &$kept ) {
					return $kept;
				}
			);
			$start = static function () use ( &$kept, $option ): void {
				$kept = get_option( $option );
			};
			update_option( $option, '1' );
			$said = explode( ',', (string) $this->answer( '/own/v1/kept', before: $start ) );
			self::assertSame( $is_part ? array( 'h' . SiteKey::of_this_site()?->hash( Key::option( $option ) ) ) : array( '-' ), $said, $what );
			$this->forget();
			update_option( $option, '0' );
			self::assertSame( $is_part, array() !== array_intersect( $said, $this->keys_of_events() ), $what );
		}
	}

	public function test_where_nobody_reads_as_they_start_nothing_is_said_of_it(): void {
		$this->own( 'kept', static fn() => 'nothing' );
		update_option( 'wpseo_titles', '1' );
		self::assertSame( '-', $this->answer( '/own/v1/kept' ) );
	}

	public function test_of_a_seo_plugin_that_is_loaded_before_what_it_may_have_read_counts_as_read(): void {
		$file = WP_CONTENT_DIR . '/plugins/all-in-one-seo-pack/all_in_one_seo_pack.php';
		is_dir( dirname( $file ) ) || mkdir( dirname( $file ) );
		file_put_contents( $file, '<?php' );
		require_once $file;
		update_option( 'aioseo_options', '1', true );
		update_option( 'aioseo_cache', '1', false );
		update_option( 'wpseo_titles', '1', true );
		$this->own( 'kept', static fn() => 'nothing' );
		self::assertSame( 'h' . SiteKey::of_this_site()?->hash( Key::option( 'aioseo_options' ) ), $this->answer( '/own/v1/kept' ) );
	}

	public function test_the_offset_of_a_time_zone_that_has_a_name_is_nothing_to_anybody(): void {
		update_option( 'gmt_offset', '5' );
		self::assertSame( array( 'layout /' ), $this->targets() );
		update_option( 'timezone_string', 'Europe/Berlin' );
		$this->forget();
		// As the form of General does.
		update_option( 'gmt_offset', '' );
		self::assertSame( array(), $this->changes() );
	}

	public function test_styles_that_were_read_as_wordpress_started_are_part_of_each_answer(): void {
		$this->given_a_theme_with_styles();
		$this->own( 'kept', static fn() => wp_get_global_styles( array( 'color' ) ) );
		$said = explode( ',', (string) $this->answer( '/own/v1/kept', before: static fn() => self::styles() ) );
		$this->forget();
		wp_update_post( array( 'ID' => $this->ids['styles'], 'post_content' => self::STYLES_OF_OTHERS ) );
		self::assertGreaterThan( 0, count( array_intersect( $said, $this->keys_of_events() ) ) );
	}

	public function test_a_calendar_from_the_cache_is_of_the_day_that_weeks_begin_with(): void {
		wp_cache_set( 'get_calendar', array( md5( '' ) => '<table></table>' ), 'calendar' );
		$this->own( 'calendar', static fn() => get_calendar( true, false ) );
		$said = explode( ',', (string) $this->answer( '/own/v1/calendar' ) );
		$this->forget();
		update_option( 'start_of_week', '3' );
		self::assertCount( 1, array_intersect( $said, $this->keys_of_events() ) );
	}

	public function test_core_writes_down_that_there_is_no_css_and_nothing_is_told_of_it(): void {
		self::assertFalse( get_theme_mod( 'custom_css_post_id' ) );
		$this->forget();
		wp_get_custom_css();
		self::assertSame( -1, get_theme_mod( 'custom_css_post_id' ) );
		self::assertSame( array(), $this->changes() );
	}

	protected function told_apart( string $keys ): string {
		$words = array( Key::MENU_PLACES, Key::option( 'theme_mods_' . get_stylesheet() ) );
		foreach ( array( ...self::SETTINGS_BY_NAME, 'options_phone' ) as $name ) {
			$words[] = Key::option( $name );
		}
		foreach ( array( 'nav_menu_locations', 'custom_logo', 'custom_css_post_id', 'accent', 'width', 'shade' ) as $name ) {
			$words[] = Key::theme_mod( $name );
		}
		foreach ( array( 'main', 'side', 'foot' ) as $place ) {
			$words[] = Key::menu_place( $place );
		}
		$known = array();
		foreach ( $words as $word ) {
			$known[ 'h' . SiteKey::of_this_site()?->hash( $word ) ] = $word;
		}
		return parent::told_apart( strtr( $keys, $known ) );
	}

	private static function placed( string $place, string $menu ): Closure {
		return static fn( array $ids ) => set_theme_mod( 'nav_menu_locations', array( $place => $ids[ $menu ] ) + get_nav_menu_locations() );
	}

	/** @param array<string, mixed> $fields */
	private static function saved( string $name, array $fields ): Closure {
		return static fn( array $ids ) => wp_update_post( array( 'ID' => $ids[ $name ] ) + $fields );
	}

	private static function insert_item( int $menu, string $title, int $place ): int {
		return (int) wp_update_nav_menu_item( $menu, 0, array( 'menu-item-title' => $title, 'menu-item-url' => '/' . strtolower( $title ) . '/', 'menu-item-status' => 'publish', 'menu-item-position' => $place ) );
	}

	private static function insert_of_theme( string $type, string $slug, string $content ): int {
		$id = (int) wp_insert_post( array( 'post_type' => $type, 'post_title' => $slug, 'post_name' => $slug, 'post_status' => 'publish', 'post_content' => wp_slash( $content ) ) );
		wp_set_object_terms( $id, get_stylesheet(), 'wp_theme' );
		return $id;
	}

	private function given_a_theme_with_styles(): void {
		$theme = WP_CONTENT_DIR . '/themes/own';
		if ( ! is_dir( $theme ) ) {
			mkdir( $theme );
			file_put_contents( "$theme/style.css", "/*\nTheme Name: Own\n*/" );
			file_put_contents( "$theme/index.php", '' );
			file_put_contents( "$theme/theme.json", '{"version":2}' );
		}
		update_option( 'stylesheet', 'own' );
		update_option( 'template', 'own' );
		wp_set_object_terms( $this->ids['styles'], 'own', 'wp_theme' );
		$this->forget();
	}

	/** WordPress keeps them for the rest of the request. */
	private static function styles(): mixed {
		WP_Theme_JSON_Resolver::clean_cached_data();
		return wp_get_global_styles( array( 'color' ) );
	}

	protected function given_other_endpoints(): void {
		$ids   = $this->ids;
		$title = static fn( mixed $post ) => $post->post_title ?? null;
		$items = static fn( mixed $menu ) => array_map( static fn( object $item ) => array( $item->title, $item->url ), wp_get_nav_menu_items( $menu ) ?: array() );
		$shown = static function ( array $asked ) {
			// Of each item only once in a request.
			add_filter( 'nav_menu_item_id', '__return_empty_string' );
			return wp_nav_menu( $asked + array( 'echo' => false, 'fallback_cb' => false, 'items_wrap' => '%3$s', 'container' => '', 'menu_class' => 'm' ) );
		};
		$page  = (int) wp_create_nav_menu( 'Pages' );
		wp_update_nav_menu_item( $page, 0, array( 'menu-item-type' => 'post_type', 'menu-item-object' => 'page', 'menu-item-object-id' => $ids['about'], 'menu-item-status' => 'publish' ) );
		wp_insert_post( array( 'post_type' => 'wp_block', 'post_title' => 'Pattern', 'post_status' => 'publish', 'post_author' => $ids['grace'] ) );
		$this->forget();
		foreach ( self::SETTINGS_BY_NAME as $name ) {
			$this->own( "setting-$name", static fn() => get_option( $name ) );
		}
		$this->own( 'home', static fn() => array_map( $title, ( new \WP_Query() )->query( array() ) ) );
		$this->own( 'home-page-2', static fn() => array_map( $title, ( new \WP_Query() )->query( array( 'paged' => 1 ) ) ) );
		$this->own( 'front', static fn() => get_option( 'page_on_front' ) );
		$this->own( 'archive', static fn() => get_post_type_archive_link( 'post' ) );
		$this->own( 'page-by-id', static fn() => array_map( $title, ( new \WP_Query() )->query( array( 'page_id' => $ids['about'] ) ) ) );
		$this->own( 'page-of-posts', static fn() => array_map( $title, ( new \WP_Query() )->query( array( 'page_id' => $ids['privacy'] ) ) ) );
		$this->own( 'path-of-posts', static fn() => array_map( $title, ( new \WP_Query() )->query( array( 'pagename' => 'privacy' ) ) ) );
		$this->own( 'date', static fn() => get_the_date( '', $ids['hello'] ) );
		$this->own( 'logo', static fn() => get_theme_mod( 'custom_logo' ) );
		$this->own( 'icon', static fn() => get_site_icon_url() );
		$this->own( 'accent', static fn() => get_theme_mod( 'accent', 'none' ) );
		$this->own( 'shade', static fn() => get_theme_mod( 'shade', 'none' ) );
		$this->own( 'all-mods', static fn() => get_theme_mods() );
		$this->own( 'all-mods-and-accent', static fn() => array( get_theme_mods(), get_theme_mod( 'accent' ) ) );
		$this->own( 'css', static fn() => wp_get_custom_css() );
		$this->own( 'part-header', static fn() => get_block_template( get_stylesheet() . '//header', 'wp_template_part' )->content ?? null );
		$this->own( 'part-footer', static fn() => get_block_template( get_stylesheet() . '//footer', 'wp_template_part' )->content ?? null );
		$this->own( 'template', static fn() => get_block_template( get_stylesheet() . '//single' )->content ?? null );
		$this->own( 'styles', static fn() => self::styles() );
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
		$this->own(
			'places-of',
			static function () use ( $ids, $items ) {
				$menu = wp_get_nav_menu_object( $ids['menu'] );
				return array( $menu->name, array_keys( get_nav_menu_locations(), $menu->term_id, true ), $items( $menu->term_id ) );
			}
		);
		$this->own( 'menus', static fn() => array_map( static fn( \WP_Term $menu ) => $menu->name, wp_get_nav_menus() ) );
		$this->own( 'menu-by-name', static fn() => $items( 'Main' ) );
		$this->own( 'menu-unheard', static fn() => wp_get_nav_menu_object( 'Unheard' )->name ?? null );
		$this->own( 'menu-vacant', static fn() => $items( $ids['vacant'] ) );
		$this->own( 'menu-of-page', static fn() => $items( $page ) );
		$this->own( 'posts-of-grace', static fn() => array_map( $title, get_posts( array( 'author' => $ids['grace'] ) ) ) );
		$this->own( 'posts-of-ada', static fn() => array_map( $title, get_posts( array( 'author' => $ids['ada'] ) ) ) );
		$this->own( 'patterns-of-ada', static fn() => array_map( $title, get_posts( array( 'author' => $ids['ada'], 'post_type' => 'wp_block' ) ) ) );
		$this->own( 'count-of-ada', static fn() => count_user_posts( $ids['ada'] ) );
		$this->own( 'titles', static fn() => array_map( $title, get_posts() ) );
	}
}
