<?php

declare( strict_types=1 );

namespace Everypod;

use Everypod\Delivery\RetrySchedule;
use Everypod\Rest\SignedAnswer;

/** Every action and filter that the plugin listens to. */
final class Hooks {

	public function __construct( private readonly Plugin $plugin ) {}

	public function register(): void {
		$plugin = $this->plugin;

		add_action( 'init', array( $plugin, 'init' ) );

		add_action( 'wp_trash_post', array( $plugin->posts, 'wp_trash_post' ) );
		add_action( 'pre_post_update', array( $plugin->posts, 'pre_post_update' ) );
		add_action( 'wp_after_insert_post', array( $plugin->posts, 'wp_after_insert_post' ), 10, 4 );
		add_action( 'attachment_updated', array( $plugin->posts, 'attachment_updated' ), 10, 3 );
		add_action( 'before_delete_post', array( $plugin->posts, 'before_delete_post' ) );
		add_action( 'delete_attachment', array( $plugin->posts, 'before_delete_post' ) );
		add_action( 'set_object_terms', array( $plugin->posts, 'set_object_terms' ), 10, 6 );
		add_action( 'deleted_term_relationships', array( $plugin->posts, 'deleted_term_relationships' ), 10, 3 );
		add_action( 'added_post_meta', array( $plugin->posts, 'post_meta' ), 10, 3 );
		add_action( 'updated_post_meta', array( $plugin->posts, 'post_meta' ), 10, 3 );
		add_action( 'deleted_post_meta', array( $plugin->posts, 'post_meta' ), 10, 3 );
		add_action( 'post_stuck', array( $plugin->posts, 'post_stuck' ) );
		add_action( 'post_unstuck', array( $plugin->posts, 'post_unstuck' ) );

		add_action( 'created_term', array( $plugin->terms, 'created_term' ), 10, 3 );
		add_action( 'edit_terms', array( $plugin->terms, 'edit_terms' ), 10, 2 );
		add_action( 'edited_term', array( $plugin->terms, 'edited_term' ), 10, 3 );
		add_action( 'pre_delete_term', array( $plugin->terms, 'pre_delete_term' ), 10, 2 );

		add_action( 'profile_update', array( $plugin->authors, 'profile_update' ), 10, 2 );
		add_action( 'added_user_meta', array( $plugin->authors, 'user_meta' ), 10, 3 );
		add_action( 'updated_user_meta', array( $plugin->authors, 'user_meta' ), 10, 3 );
		add_action( 'delete_user', array( $plugin->authors, 'delete_user' ) );
		add_action( 'remove_user_from_blog', array( $plugin->authors, 'remove_user_from_blog' ), 10, 3 );

		add_action( 'updated_option', array( $plugin->site, 'updated_option' ) );
		add_action( 'switch_theme', array( $plugin->site, 'switch_theme' ), 10, 0 );
		add_action( 'wp_update_nav_menu', array( $plugin->site, 'wp_update_nav_menu' ), 10, 0 );

		// The last of all: it can send the answer off, and other plugins' shutdown may still add to it.
		add_action( 'shutdown', array( $plugin->request_end, 'shutdown' ), PHP_INT_MAX );
		add_filter( 'cron_schedules', array( $plugin->schedule, 'cron_schedules' ) );
		add_action( RetrySchedule::HOOK, array( $plugin->retry, 'by_cron' ), 10, 0 );

		add_action( 'rest_api_init', array( $plugin, 'rest_api_init' ) );
		add_filter( 'rest_pre_serve_request', array( SignedAnswer::class, 'serve' ), 10, 2 );
		add_action( 'enqueue_block_editor_assets', array( $plugin->editor, 'enqueue_block_editor_assets' ) );
		add_action( 'admin_menu', array( $plugin->status, 'admin_menu' ) );
		add_action( 'admin_enqueue_scripts', array( $plugin->status, 'admin_enqueue_scripts' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( $plugin->file ), array( $plugin->status, 'plugin_action_links' ) );

		add_filter( 'wpmu_drop_tables', array( Uninstall::class, 'wpmu_drop_tables' ), 10, 2 );
		register_deactivation_hook( $plugin->file, array( Deactivation::class, 'run' ) );
	}
}
