<?php

declare( strict_types=1 );

namespace Everypod\Tests\AsOtherPluginsDo;

use WP_Post;

/** What Yoast SEO is known to do: what it says of a page is kept in a table, written as a post is saved, and read by SQL. */
final class Seo {

	public const TABLES = array(
		'yoast_indexable' => 'object_id bigint NOT NULL PRIMARY KEY, title text, breadcrumb_title text',
	);

	public static function installs(): void {
		global $wpdb;
		array_map( self::indexes( ... ), get_posts( array( 'post_type' => array( 'post', 'page' ), 'fields' => 'ids', 'numberposts' => -1 ) ) );
	}

	public static function loads(): void {
		foreach ( array( 'post', 'page' ) as $type ) {
			add_filter(
				"rest_prepare_$type",
				static function ( mixed $answer, WP_Post $post ) {
					$answer->data['yoast_head_json'] = self::says( $post );
					return $answer;
				},
				10,
				2
			);
		}
		add_action( 'wp_insert_post', self::indexes( ... ) );
		add_action( 'updated_post_meta', static fn( int $meta_id, int $post_id, string $key ) => str_starts_with( $key, '_yoast_wpseo_' ) && self::indexes( $post_id ), 10, 3 );
	}

	public static function indexes( int $post_id ): bool {
		global $wpdb;
		return false !== $wpdb->replace( "{$wpdb->prefix}yoast_indexable", array( 'object_id' => $post_id, 'title' => get_post_meta( $post_id, '_yoast_wpseo_title', true ), 'breadcrumb_title' => get_post_field( 'post_title', $post_id ) ) );
	}

	/** @return array<string, mixed> */
	private static function says( WP_Post $post ): array {
		global $wpdb;
		$table  = "{$wpdb->prefix}yoast_indexable";
		$titles = (array) get_option( 'wpseo_titles' );
		return array(
			'title'       => $wpdb->get_var( $wpdb->prepare( 'SELECT title FROM %i WHERE object_id = %d', $table, $post->ID ) ) . ( $titles['separator'] ?? '-' ) . get_bloginfo( 'name' ),
			'breadcrumbs' => $post->post_parent > 0 ? $wpdb->get_var( $wpdb->prepare( 'SELECT breadcrumb_title FROM %i WHERE object_id = %d', $table, $post->post_parent ) ) : '',
		);
	}
}
