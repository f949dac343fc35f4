<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Read\Key;
use Everypod\Read\SiteKey;
use WP_Theme_JSON_Resolver;

/**
 * Settings, themes, templates and authors who leave: what is read of them and what then changes, row by row.
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
		$this->ids += array(
			'privacy' => $this->given_post( array( 'post_title' => 'Privacy', 'post_name' => 'privacy', 'post_type' => 'page' ) )->ID,
			'header'  => self::insert_of_theme( 'wp_template_part', 'header', 'A header.' ),
			'single'  => self::insert_of_theme( 'wp_template', 'single', 'A template.' ),
			'styles'  => self::insert_of_theme( 'wp_global_styles', 'wp-global-styles-own', '{"version":2,"isGlobalStylesUserThemeJSON":true,"styles":{"color":{"text":"#111111"}}}' ),
		);
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
			'blocks and how dates are written'     => array( '/own/v1/blocks', array(), static fn() => update_option( 'date_format', 'Y' ), self::STAYS ),
			'scripts and how dates are written'    => array( '/own/v1/scripts', array(), static fn() => update_option( 'date_format', 'Y' ), self::STAYS ),
			'an author and whose avatar they have' => array( ...$author, static fn() => update_option( 'avatar_default', 'robohash' ), self::GOES ),
			'an author and which avatars may be'   => array( ...$author, static fn() => update_option( 'avatar_rating', 'X' ), self::GOES ),
			'a list of authors and avatars'        => array( '/wp/v2/users', array(), static fn() => update_option( 'avatar_default', 'robohash' ), self::GOES ),
			'a logo and another one'               => array( '/own/v1/logo', array(), static fn( array $ids ) => update_option( 'site_logo', $ids['hello'] ), self::GOES ),
			'a page that is the front page now'    => array( '/wp/v2/pages/{about}', array(), $front( 'about' ), self::GOES ),
			'a page by its slug, in front now'     => array( '/wp/v2/pages', array( 'slug' => 'about' ), $front( 'about' ), self::GOES ),
			'a page, and another one in front'     => array( '/wp/v2/pages/{about}', array(), $front( 'privacy' ), self::STAYS ),
			'a list of posts and a front page'     => array( '/wp/v2/posts', array(), $front( 'about' ), self::STAYS ),
			'a page that has the posts now'        => array( '/own/v1/page-by-id', array(), $front( 'privacy', 'about' ), self::GOES ),
			'what is in front, whatever it is'     => array( '/own/v1/home', array(), $front( 'about' ), self::GOES ),
			'what is in front, without a page'     => array( '/own/v1/home-page-2', array(), $front( 'about' ), self::GOES ),
			'whether a page is in front'           => array( '/own/v1/front', array(), $front( 'about' ), self::GOES ),
			'where all posts are'                  => array( '/own/v1/archive', array(), $front( 'privacy', 'about' ), self::GOES ),
			'what is in front, and a date format'  => array( '/own/v1/home', array(), static fn() => update_option( 'date_format', 'Y' ), self::STAYS ),
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
			// It is looked up among those of the theme, and which these are is told where another one is given to it.
			'a part of a template and another one'     => array( '/own/v1/part-header', array(), static fn() => self::insert_of_theme( 'wp_template_part', 'footer', 'x' ), self::GOES_IN_VAIN ),
			'a part of a template that there is now'   => array( '/own/v1/part-footer', array(), static fn() => self::insert_of_theme( 'wp_template_part', 'footer', 'x' ), self::GOES ),
			'a part of a template and a template'      => array( '/own/v1/part-header', array(), self::saved( 'single', array( 'post_content' => 'Another.' ) ), self::STAYS ),
			'a template and its words'                 => array( '/own/v1/template', array(), self::saved( 'single', array( 'post_content' => 'Another.' ) ), self::GOES ),
			'blocks and a new part of a template'      => array( '/own/v1/blocks', array(), static fn() => self::insert_of_theme( 'wp_template_part', 'footer', 'x' ), self::STAYS ),
			'a post and a template'                    => array( '/wp/v2/posts/{hello}', array(), self::saved( 'single', array( 'post_content' => 'Another.' ) ), self::STAYS ),
			'a post and styles'                        => array( '/wp/v2/posts/{hello}', array(), self::saved( 'styles', array( 'post_content' => '{"version":2,"isGlobalStylesUserThemeJSON":true}' ) ), self::STAYS ),
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
			)
		);
	}

	public function test_styles_of_a_theme_that_has_some(): void {
		$this->given_a_theme_with_styles();
		$this->assert_rows(
			array(
				'and others'            => array( '/own/v1/styles', array(), self::saved( 'styles', array( 'post_content' => self::STYLES_OF_OTHERS ) ), self::GOES ),
				'and none'              => array( '/own/v1/styles', array(), static fn( array $ids ) => wp_delete_post( $ids['styles'], true ), self::GOES ),
				'and a new part of one' => array( '/own/v1/styles', array(), static fn() => self::insert_of_theme( 'wp_template_part', 'footer', 'x' ), self::STAYS ),
				'and a template'        => array( '/own/v1/styles', array(), self::saved( 'single', array( 'post_content' => 'Another.' ) ), self::STAYS ),
				'and a post'            => array( '/own/v1/styles', array(), self::saved( 'hello', array( 'post_title' => 'More' ) ), self::STAYS ),
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
				'that page and none'               => array( '/wp/v2/pages/{about}', array(), static fn() => update_option( 'show_on_front', 'posts' ), self::GOES ),
				'that page and another one'        => array( '/wp/v2/pages/{about}', array(), static fn( array $ids ) => update_option( 'page_on_front', $ids['privacy'] ), self::GOES ),
				'the posts and another page'       => array( '/own/v1/page-of-posts', array(), static fn() => update_option( 'page_for_posts', 0 ), self::GOES ),
				'the posts by a path, and none'    => array( '/own/v1/path-of-posts', array(), static fn() => update_option( 'page_for_posts', 0 ), self::GOES ),
				'what is in front and other posts' => array( '/own/v1/home', array(), static fn() => update_option( 'page_for_posts', 0 ), self::GOES_IN_VAIN ),
				'what is in front and no page'     => array( '/own/v1/home', array(), static fn() => update_option( 'show_on_front', 'posts' ), self::GOES ),
				'a post and no page'               => array( '/wp/v2/posts/{hello}', array(), static fn() => update_option( 'show_on_front', 'posts' ), self::STAYS ),
				'that page, deleted as a setting'  => array( '/wp/v2/pages/{about}', array(), static fn() => delete_option( 'page_on_front' ), self::GOES ),
				'that page in the trash'           => array( '/own/v1/home', array(), static fn( array $ids ) => wp_trash_post( $ids['about'] ), self::GOES ),
			)
		);
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

	public function test_where_no_words_are_taken_it_is_the_whole_site(): void {
		delete_option( \Everypod\Delivery\BridgeProtocol::OPTION );
		$changes = array(
			'a setting'     => static fn() => update_option( 'date_format', 'Y' ),
			'a theme mod'   => static fn() => set_theme_mod( 'accent', 'blue' ),
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

	public function test_what_the_form_of_general_saves_beside_is_nothing_to_anybody(): void {
		$saved = array(
			'a number for a text'                   => array( 'start_of_week', '1', 1, false ),
			'another one'                           => array( 'start_of_week', '1', 2, true ),
			'no icon, again'                        => array( 'site_icon', '0', 0, false ),
			'no language, for the first time'       => array( 'WPLANG', null, '', false ),
			'a language, for the first time'        => array( 'WPLANG', null, 'de_DE', true ),
			'no language, where there was one'      => array( 'WPLANG', 'de_DE', '', true ),
			'a language that is deleted'            => array( 'WPLANG', 'de_DE', null, true ),
			'the offset of a time zone with a name' => array( 'gmt_offset', '0', '5', false ),
		);
		foreach ( $saved as $what => list( $option, $before, $after, $is_told ) ) {
			$allow = static fn() => add_filter( 'get_available_languages', static fn() => array( 'de_DE' ) );
			$allow();
			null === $before ? delete_option( $option ) : update_option( $option, $before );
			update_option( 'timezone_string', 'gmt_offset' === $option ? 'Europe/Berlin' : '' );
			$this->forget();
			$allow();
			null === $after ? delete_option( $option ) : update_option( $option, $after );
			self::assertSame( $is_told ? array( 'site.updated' ) : array(), $this->changes(), $what );
		}
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
		$this->own( 'blocks', static fn() => do_blocks( "<!-- wp:paragraph -->\n<p>Words.</p>\n<!-- /wp:paragraph -->" ) );
		$this->own(
			'scripts',
			static function () {
				$GLOBALS['wp_scripts'] = null;
				return array_keys( wp_scripts()->registered );
			}
		);
		$this->own( 'part-header', static fn() => get_block_template( get_stylesheet() . '//header', 'wp_template_part' )->content ?? null );
		$this->own( 'part-footer', static fn() => get_block_template( get_stylesheet() . '//footer', 'wp_template_part' )->content ?? null );
		$this->own( 'template', static fn() => get_block_template( get_stylesheet() . '//single' )->content ?? null );
		$this->own( 'styles', static fn() => self::styles() );
		$this->own( 'posts-of-grace', static fn() => array_map( $title, get_posts( array( 'author' => $ids['grace'] ) ) ) );
		$this->own( 'posts-of-ada', static fn() => array_map( $title, get_posts( array( 'author' => $ids['ada'] ) ) ) );
		$this->own( 'patterns-of-ada', static fn() => array_map( $title, get_posts( array( 'author' => $ids['ada'], 'post_type' => 'wp_block' ) ) ) );
		$this->own( 'count-of-ada', static fn() => count_user_posts( $ids['ada'] ) );
		$this->own( 'titles', static fn() => array_map( $title, get_posts() ) );
	}
}
