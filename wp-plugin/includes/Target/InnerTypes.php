<?php

declare( strict_types=1 );

namespace Everypod\Target;

use WP_Post;

/**
 * Posts that have no page of their own and that pages are made from all the same: synced patterns, navigation, templates, and
 * types of the site's own that are not public. And those that no page shows, which machines write.
 */
final class InnerTypes {

	private const WRITTEN_BY_MACHINES = array(
		'revision',
		'customize_changeset',
		'oembed_cache',
		'user_request',
		'wp_font_face',
		'wp_font_family',
		'scheduled-action',
		'shop_order',
		'shop_order_refund',
		'shop_order_placehold',
		'shop_subscription',
		'shop_webhook',
		'wc_user_membership',
		'flamingo_inbound',
		'flamingo_contact',
		'feedback',
		'edd_payment',
		'edd_log',
		'nf_sub',
		'redirect_rule',
		'redirect_404',
		'wp_log',
		'wphb_minify_group',
		'mailpoet_page',
	);

	/** Whether visitors can see it, or what they see may be made from it. */
	public static function is_read( WP_Post $post ): bool {
		return is_post_publicly_viewable( $post ) || self::is_inner( $post );
	}

	/** Of what is not there yet, or no more, no page is made. */
	public static function is_inner( WP_Post $post ): bool {
		return 'publish' === $post->post_status && ! is_post_type_viewable( $post->post_type ) && ! self::is_written_by_machines( $post->post_type );
	}

	public static function is_written_by_machines( string $type ): bool {
		/**
		 * Post types of which nothing is sent: no page is made from them, and they change all the time.
		 *
		 * @param string[] $types
		 */
		$types = apply_filters( 'everypod_unsent_types', self::WRITTEN_BY_MACHINES );
		return in_array( $type, is_array( $types ) ? $types : self::WRITTEN_BY_MACHINES, true ) && ! is_post_type_viewable( $type );
	}
}
