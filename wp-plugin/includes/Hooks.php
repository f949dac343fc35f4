<?php

declare( strict_types=1 );

namespace Everypod;

use Everypod\Delivery\RetrySchedule;
use Everypod\Outbox\Schema;
use Everypod\Read\Translations;
use Everypod\Rest\SignedAnswer;

/** Every action and filter that the plugin listens to. */
final class Hooks {

	/** A callback takes of them what it needs. */
	private const ALL_ARGUMENTS = PHP_INT_MAX;

	private const ALMOST_LAST = PHP_INT_MAX - 1;

	public function __construct( private readonly Plugin $plugin ) {}

	public function register(): void {
		$plugin = $this->plugin;

		self::action( 'init', $plugin );
		Schema::hear();

		self::action( 'wp_trash_post', $plugin->posts );
		self::action( 'pre_post_update', $plugin->posts );
		self::filter( 'wp_insert_post_data', $plugin->posts );
		self::action( 'wp_after_insert_post', $plugin->posts );
		self::action( 'add_attachment', $plugin->posts );
		self::action( 'attachment_updated', $plugin->posts );
		self::action( 'before_delete_post', $plugin->posts );
		self::action( 'delete_attachment', $plugin->posts, 'before_delete_post' );
		self::action( 'add_term_relationship', $plugin->posts );
		self::action( 'delete_term_relationships', $plugin->posts );
		self::action( 'set_object_terms', $plugin->posts );
		self::action( 'deleted_term_relationships', $plugin->posts );
		self::action( 'added_post_meta', $plugin->posts, 'post_meta' );
		self::action( 'updated_post_meta', $plugin->posts, 'post_meta' );
		self::action( 'delete_post_meta', $plugin->posts );
		self::action( 'deleted_post_meta', $plugin->posts );
		self::action( 'woocommerce_updated_product_stock', $plugin->posts );
		self::action( 'woocommerce_updated_product_sales', $plugin->posts );
		self::action( 'woocommerce_run_product_attribute_lookup_update_callback', $plugin->posts );
		self::action( 'post_stuck', $plugin->posts );
		self::action( 'post_unstuck', $plugin->posts );
		self::action( 'add_option_sticky_posts', $plugin->posts );
		self::action( 'update_option_sticky_posts', $plugin->posts );

		self::action( 'created_term', $plugin->terms );
		self::action( 'edit_terms', $plugin->terms );
		self::action( 'edited_term', $plugin->terms );
		self::action( 'pre_delete_term', $plugin->terms );
		self::action( 'delete_term', $plugin->terms );
		self::action( 'added_term_meta', $plugin->terms, 'term_meta' );
		self::action( 'updated_term_meta', $plugin->terms, 'term_meta' );
		self::action( 'deleted_term_meta', $plugin->terms, 'term_meta' );

		self::action( 'wp_insert_comment', $plugin->comments );
		self::action( 'transition_comment_status', $plugin->comments );
		self::action( 'edit_comment', $plugin->comments );
		self::action( 'wp_update_comment_count', $plugin->comments );
		self::action( 'added_comment_meta', $plugin->comments, 'comment_meta' );
		self::action( 'updated_comment_meta', $plugin->comments, 'comment_meta' );
		self::action( 'deleted_comment_meta', $plugin->comments, 'comment_meta' );

		self::action( 'user_register', $plugin->authors );
		self::action( 'profile_update', $plugin->authors );
		self::action( 'added_user_meta', $plugin->authors, 'user_meta' );
		self::action( 'updated_user_meta', $plugin->authors, 'user_meta' );
		self::action( 'deleted_user_meta', $plugin->authors, 'user_meta' );
		self::action( 'delete_user', $plugin->authors );
		self::action( 'remove_user_from_blog', $plugin->authors );

		self::action( 'added_option', $plugin->site );
		self::action( 'updated_option', $plugin->site );
		self::action( 'delete_option', $plugin->site );
		self::action( 'deleted_option', $plugin->site );
		self::action( 'switch_theme', $plugin->site );

		self::action( 'wp_create_nav_menu', $plugin->menus );
		self::action( 'wp_update_nav_menu', $plugin->menus );
		self::action( 'edit_terms', $plugin->menus );
		self::action( 'edited_term', $plugin->menus );
		self::action( 'pre_delete_term', $plugin->menus );
		self::action( 'added_term_meta', $plugin->menus, 'term_meta' );
		self::action( 'updated_term_meta', $plugin->menus, 'term_meta' );
		self::action( 'deleted_term_meta', $plugin->menus, 'term_meta' );

		self::action( 'woocommerce_tax_rate_added', $plugin->tables, 'woocommerce_tax_rate_updated' );
		self::action( 'woocommerce_tax_rate_updated', $plugin->tables );
		self::action( 'woocommerce_tax_rate_deleted', $plugin->tables, 'woocommerce_tax_rate_updated' );
		self::action( 'trp_save_editor_translations_regular_strings', $plugin->tables );
		self::action( 'trp_save_editor_translations_gettext_strings', $plugin->tables, 'trp_save_editor_translations_regular_strings' );
		self::action( 'wpml_translation_update', $plugin->tables );

		self::action( 'clean_post_cache', $plugin->quiet );
		self::action( 'wp_update_comment_count', $plugin->quiet );
		self::action( 'shutdown', $plugin->quiet, priority: self::ALMOST_LAST );

		// The last of all: it can send the answer off, and other plugins' shutdown may still add to it.
		self::action( 'shutdown', $plugin->request_end, priority: PHP_INT_MAX );
		self::filter( 'cron_schedules', $plugin->schedule );
		self::action( RetrySchedule::HOOK, $plugin->retry, 'by_cron' );

		$plugin->early->hear();
		self::action( 'admin_init', $plugin->early );
		self::action( 'template_redirect', $plugin->early );
		self::action( 'rest_api_init', $plugin );
		self::filter( 'rest_pre_serve_request', SignedAnswer::class, 'serve' );
		self::filter( 'rest_allowed_cors_headers', $plugin->keys );
		self::action( 'graphql_process_http_request', $plugin->graphql_keys );
		self::action( 'trp_translateable_information', Translations::class );
		self::action( 'enqueue_block_editor_assets', $plugin->editor );
		self::action( 'admin_menu', $plugin->status );
		self::action( 'admin_enqueue_scripts', $plugin->status );
		self::filter( 'plugin_action_links_' . plugin_basename( $plugin->file ), $plugin->status, 'plugin_action_links' );

		self::filter( 'wpmu_drop_tables', Uninstall::class );
		register_deactivation_hook( $plugin->file, array( new Callback( Deactivation::class, 'run' ), 'action' ) );
	}

	/**
	 * @param object|class-string $owner
	 * @param string|null         $method named after the hook, where nothing else is said
	 */
	private static function action( string $hook, object|string $owner, ?string $method = null, int $priority = 10 ): void {
		add_action( $hook, array( new Callback( $owner, $method ?? $hook ), 'action' ), $priority, self::ALL_ARGUMENTS );
	}

	/** @param object|class-string $owner */
	private static function filter( string $hook, object|string $owner, ?string $method = null ): void {
		add_filter( $hook, array( new Callback( $owner, $method ?? $hook ), 'filter' ), 10, self::ALL_ARGUMENTS );
	}
}
