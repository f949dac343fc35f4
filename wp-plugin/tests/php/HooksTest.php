<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Tests\Harness\Hooked;

/** @group every-php */
final class HooksTest extends TestCase {

	public function test_this_is_all_that_the_plugin_listens_to(): void {
		$first  = PHP_INT_MIN;
		$last   = PHP_INT_MAX;
		$almost = PHP_INT_MAX - 1;
		$own    = plugin_basename( dirname( __DIR__, 2 ) . '/everypod.php' );
		$list   = array(
			'init 10 Plugin::init',
			'wp_trash_post 10 PostWatcher::wp_trash_post',
			'pre_post_update 10 PostWatcher::pre_post_update',
			'wp_insert_post_data 10 PostWatcher::wp_insert_post_data',
			'wp_after_insert_post 10 PostWatcher::wp_after_insert_post',
			'add_attachment 10 PostWatcher::add_attachment',
			'attachment_updated 10 PostWatcher::attachment_updated',
			'before_delete_post 10 PostWatcher::before_delete_post',
			'delete_attachment 10 PostWatcher::before_delete_post',
			'add_term_relationship 10 PostWatcher::add_term_relationship',
			'delete_term_relationships 10 PostWatcher::delete_term_relationships',
			'set_object_terms 10 PostWatcher::set_object_terms',
			'deleted_term_relationships 10 PostWatcher::deleted_term_relationships',
			'added_post_meta 10 PostWatcher::post_meta',
			'updated_post_meta 10 PostWatcher::post_meta',
			'delete_post_meta 10 PostWatcher::delete_post_meta',
			'deleted_post_meta 10 PostWatcher::deleted_post_meta',
			'woocommerce_updated_product_stock 10 PostWatcher::woocommerce_updated_product_stock',
			'woocommerce_updated_product_sales 10 PostWatcher::woocommerce_updated_product_sales',
			'woocommerce_run_product_attribute_lookup_update_callback 10 PostWatcher::woocommerce_run_product_attribute_lookup_update_callback',
			'post_stuck 10 PostWatcher::post_stuck',
			'post_unstuck 10 PostWatcher::post_unstuck',
			'add_option_sticky_posts 10 PostWatcher::add_option_sticky_posts',
			'update_option_sticky_posts 10 PostWatcher::update_option_sticky_posts',
			'created_term 10 TermWatcher::created_term',
			'edit_terms 10 TermWatcher::edit_terms',
			'edited_term 10 TermWatcher::edited_term',
			'pre_delete_term 10 TermWatcher::pre_delete_term',
			'delete_term 10 TermWatcher::delete_term',
			'added_term_meta 10 TermWatcher::term_meta',
			'updated_term_meta 10 TermWatcher::term_meta',
			'deleted_term_meta 10 TermWatcher::term_meta',
			'wp_insert_comment 10 CommentWatcher::wp_insert_comment',
			'edit_comment 10 CommentWatcher::edit_comment',
			'wp_update_comment_count 10 CommentWatcher::wp_update_comment_count',
			'added_comment_meta 10 CommentWatcher::comment_meta',
			'updated_comment_meta 10 CommentWatcher::comment_meta',
			'deleted_comment_meta 10 CommentWatcher::comment_meta',
			'transition_comment_status 10 CommentWatcher::transition_comment_status',
			'profile_update 10 AuthorWatcher::profile_update',
			'user_register 10 AuthorWatcher::user_register',
			'added_user_meta 10 AuthorWatcher::user_meta',
			'updated_user_meta 10 AuthorWatcher::user_meta',
			'deleted_user_meta 10 AuthorWatcher::user_meta',
			'delete_user 10 AuthorWatcher::delete_user',
			'remove_user_from_blog 10 AuthorWatcher::remove_user_from_blog',
			'updated_option 10 SiteWatcher::updated_option',
			'added_option 10 SiteWatcher::added_option',
			'delete_option 10 SiteWatcher::delete_option',
			'deleted_option 10 SiteWatcher::deleted_option',
			'switch_theme 10 SiteWatcher::switch_theme',
			'wp_create_nav_menu 10 MenuWatcher::wp_create_nav_menu',
			'wp_update_nav_menu 10 MenuWatcher::wp_update_nav_menu',
			'edit_terms 10 MenuWatcher::edit_terms',
			'edited_term 10 MenuWatcher::edited_term',
			'pre_delete_term 10 MenuWatcher::pre_delete_term',
			'added_term_meta 10 MenuWatcher::term_meta',
			'updated_term_meta 10 MenuWatcher::term_meta',
			'deleted_term_meta 10 MenuWatcher::term_meta',
			// They are as short as they can be: each option takes this way.
			"pre_option $first is heard by pre_option without a Callback",
			"wp_theme_json_data_user $first is heard by wp_theme_json_data_user without a Callback",
			'admin_init 10 EarlyReads::admin_init',
			'template_redirect 10 EarlyReads::template_redirect',
			'woocommerce_tax_rate_added 10 TableWatcher::woocommerce_tax_rate_updated',
			'woocommerce_tax_rate_updated 10 TableWatcher::woocommerce_tax_rate_updated',
			'woocommerce_tax_rate_deleted 10 TableWatcher::woocommerce_tax_rate_updated',
			'trp_save_editor_translations_regular_strings 10 TableWatcher::trp_save_editor_translations_regular_strings',
			'trp_save_editor_translations_gettext_strings 10 TableWatcher::trp_save_editor_translations_regular_strings',
			'wpml_translation_update 10 TableWatcher::wpml_translation_update',
			'clean_post_cache 10 QuietWatcher::clean_post_cache',
			'wp_update_comment_count 10 QuietWatcher::wp_update_comment_count',
			"shutdown $almost QuietWatcher::shutdown",
			"shutdown $last RequestEnd::shutdown",
			'cron_schedules 10 RetrySchedule::cron_schedules',
			'everypod_retry 10 Retry::by_cron',
			'rest_api_init 10 Plugin::rest_api_init',
			'rest_pre_serve_request 10 SignedAnswer::serve',
			'rest_allowed_cors_headers 10 AnswerKeys::rest_allowed_cors_headers',
			'graphql_process_http_request 10 GraphqlKeys::graphql_process_http_request',
			'trp_translateable_information 10 Translations::trp_translateable_information',
			'enqueue_block_editor_assets 10 EditorPanel::enqueue_block_editor_assets',
			'admin_menu 10 StatusPage::admin_menu',
			'admin_enqueue_scripts 10 StatusPage::admin_enqueue_scripts',
			"plugin_action_links_$own 10 StatusPage::plugin_action_links",
			'wpmu_drop_tables 10 Uninstall::wpmu_drop_tables',
			"deactivate_$own 10 Deactivation::run",
		);
		$added  = Hooked::added();
		sort( $list );
		sort( $added );
		self::assertSame( $list, $added );
	}
}
