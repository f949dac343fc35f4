<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Limits;

/**
 * Where an image is shown: as the featured one, or in what a post says. By their addresses, for who knows pages by these; who
 * knows what a page was made from knows of the image as well.
 */
final class MediaTargets {

	public static function of( int $attachment_id ): Targets {
		global $wpdb;
		$ids   = $wpdb->get_col(
			$wpdb->prepare(
				"SELECT post_id FROM %i WHERE meta_key = '_thumbnail_id' AND meta_value = %s
				UNION SELECT ID FROM %i WHERE post_status = 'publish' AND ( post_content LIKE %s OR post_content LIKE %s )
				LIMIT %d",
				$wpdb->postmeta,
				(string) $attachment_id,
				$wpdb->posts,
				'%' . $wpdb->esc_like( "wp-image-$attachment_id\"" ) . '%',
				'%' . $wpdb->esc_like( "wp-image-$attachment_id " ) . '%',
				Limits::RELATED_POSTS
			)
		);
		$paths = array();
		foreach ( array_map( intval( ... ), $ids ) as $id ) {
			$post    = PostTargets::visible( $id );
			$paths[] = $post ? SitePath::of( get_permalink( $post ) ) : null;
		}
		return Targets::of( ...$paths );
	}
}
