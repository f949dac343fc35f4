<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Read\Key;
use Everypod\Target\Target;
use Everypod\Target\Targets;

/** Sees what changes every page at once, and options that some are made from. Methods are named after the hooks that call them. */
final class SiteWatcher {

	public const MENU_UPDATED  = 'menu.updated';
	public const THEME_UPDATED = 'theme.updated';

	private const OPTIONS = array(
		'avatar_default',
		'avatar_rating',
		'blog_public',
		'blogdescription',
		'blogname',
		'category_base',
		'close_comments_days_old',
		'close_comments_for_old_posts',
		'comment_order',
		'comment_registration',
		'comments_per_page',
		'date_format',
		'default_category',
		'default_comments_page',
		'default_post_format',
		'gmt_offset',
		'home',
		'page_comments',
		'page_for_posts',
		'page_on_front',
		'permalink_structure',
		'posts_per_page',
		'posts_per_rss',
		'require_name_email',
		'rss_use_excerpt',
		'show_avatars',
		'show_on_front',
		'site_icon',
		'site_logo',
		'siteurl',
		'start_of_week',
		'tag_base',
		'thread_comments',
		'thread_comments_depth',
		'time_format',
		'timezone_string',
		'use_smilies',
		'WPLANG',
		'wp_page_for_privacy_policy',
	);

	public function __construct( private readonly ChangeListener $listener ) {}

	public function updated_option( string $option ): void {
		if ( in_array( $option, self::OPTIONS, true ) ) {
			$this->tell( 'site.updated' );
		} elseif ( 'theme_mods_' . get_stylesheet() === $option ) {
			// Where its menus are, its logo and its colours.
			$this->listener->changed( Change::by_current_user( self::THEME_UPDATED, Subject::site() ), Targets::everything_without( Key::option( $option ) ) );
		} elseif ( ShownOptions::has( $option ) ) {
			$this->listener->changed( Change::by_current_user( 'options.updated', Subject::options() ), Targets::of_words( Key::option( $option ) ) );
		}
	}

	public function switch_theme(): void {
		$this->tell( 'theme.switched' );
	}

	/** Once for a menu, whose items are saved as many posts. */
	public function wp_update_nav_menu(): void {
		$this->tell( self::MENU_UPDATED );
	}

	private function tell( string $name ): void {
		$this->listener->changed(
			Change::by_current_user( $name, Subject::site() ),
			Targets::of( Target::whole_site() )
		);
	}
}
