<?php

declare( strict_types=1 );

namespace Everypod\Change;

/**
 * WordPress's own settings, on General, Reading, Discussion and Permalinks. Those that are read where something is made from
 * them go by name; docs/keys.md says why the others are of the whole site.
 */
final class SiteSettings {

	public const FRONT_PAGE = 'show_on_front';

	private const OF_THE_WHOLE_SITE = array(
		'blogdescription',
		'blogname',
		'category_base',
		'comments_per_page',
		'default_comments_page',
		'gmt_offset',
		'home',
		'page_comments',
		'permalink_structure',
		'show_avatars',
		'siteurl',
		'tag_base',
		'timezone_string',
		'use_smilies',
		'wp_attachment_pages_enabled',
		'WPLANG',
	);

	/** Each under the name that answers say: what is always read together has one. */
	private const BY_NAME = array(
		'avatar_default'               => 'avatar_default',
		'avatar_rating'                => 'avatar_default',
		'blog_public'                  => 'blog_public',
		'close_comments_days_old'      => 'close_comments_days_old',
		'close_comments_for_old_posts' => 'close_comments_for_old_posts',
		'comment_order'                => 'comment_order',
		'comment_registration'         => 'comment_registration',
		'date_format'                  => 'date_format',
		'default_category'             => 'default_category',
		'default_post_format'          => 'default_post_format',
		'page_for_posts'               => self::FRONT_PAGE,
		'page_on_front'                => self::FRONT_PAGE,
		'posts_per_page'               => 'posts_per_page', // phpcs:ignore WordPress.WP.PostsPerPage -- A name.
		'posts_per_rss'                => 'posts_per_rss',
		'require_name_email'           => 'require_name_email',
		'rss_use_excerpt'              => 'rss_use_excerpt',
		'show_on_front'                => self::FRONT_PAGE,
		'site_icon'                    => 'site_icon',
		'site_logo'                    => 'site_logo',
		'start_of_week'                => 'start_of_week',
		'thread_comments'              => 'thread_comments',
		'thread_comments_depth'        => 'thread_comments_depth',
		'time_format'                  => 'time_format',
		'wp_page_for_privacy_policy'   => 'wp_page_for_privacy_policy',
	);

	/** Core asks it at each start whether there are sitemaps, and keeps nothing of it. */
	private const ASKED_AT_EACH_START = 'blog_public';

	public static function is_of_the_whole_site( string $option ): bool {
		return in_array( $option, self::OF_THE_WHOLE_SITE, true );
	}

	/** Under which name answers say that they have read it; null of what is no such setting. */
	public static function name( string $option ): ?string {
		return self::BY_NAME[ $option ] ?? null;
	}

	/** The same, where whoever has read it before an answer began may have kept it. */
	public static function kept_name( string $option ): ?string {
		return self::ASKED_AT_EACH_START === $option ? null : self::name( $option );
	}
}
