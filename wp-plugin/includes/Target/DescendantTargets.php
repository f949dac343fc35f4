<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Limits;
use Everypod\Read\Key;
use WP_Post;

/** The pages below a page, whose addresses begin with its address. */
final class DescendantTargets {

	/**
	 * @param WP_Post     $post     the page above
	 * @param string      $path     its path now
	 * @param string|null $old_path its path before, when that was another
	 */
	public static function of( WP_Post $post, string $path, ?string $old_path = null ): Targets {
		if ( ! is_post_type_hierarchical( $post->post_type ) ) {
			return Targets::of();
		}
		/** @var mixed $pages which filters may have made anything of */
		$pages = get_pages(
			array(
				'child_of'  => $post->ID,
				'post_type' => $post->post_type,
			)
		);
		$pages = array_filter( is_array( $pages ) ? $pages : array(), static fn( mixed $page ) => $page instanceof WP_Post );
		if ( count( $pages ) > Limits::RELATED_POSTS ) {
			return Targets::of( Target::whole_site() );
		}
		$targets = Targets::of();
		foreach ( $pages as $page ) {
			$target  = SitePath::of( get_permalink( $page ) );
			$own     = $target?->to_array()['path'] ?? '';
			$moved   = null !== $old_path && str_starts_with( $own, $path );
			$targets = $targets->union(
				Targets::of(
					Target::tag( Key::post( $page->ID ) ),
					$target,
					$moved ? Target::path( $old_path . substr( $own, strlen( $path ) ) ) : null
				)
			);
		}
		return $targets;
	}
}
