<?php

declare( strict_types=1 );

namespace Everypod\Target;

use WP_Post;

/** Where a post shows: its own page, the lists it stands in, the archives of its terms, its author. */
final class PostTargets {

	/** Of the post as it is now; none when visitors can't see it. */
	public static function of( WP_Post $post ): Targets {
		if ( ! is_post_publicly_viewable( $post ) ) {
			return Targets::of();
		}
		$own = self::own( $post );
		if ( 'attachment' === $post->post_type ) {
			return $own->union( self::parent( $post ) );
		}
		return $own->union(
			self::lists( $post->post_type ),
			self::archives_of_terms( $post ),
			AuthorTargets::of( (int) $post->post_author )
		);
	}

	/** The post's own page. */
	public static function own( WP_Post $post ): Targets {
		return Targets::of( Target::tag( 'wp:post:' . $post->ID ), SitePath::of( (string) get_permalink( $post ) ) );
	}

	/** An attachment shows on the page that it was uploaded to. */
	private static function parent( WP_Post $post ): Targets {
		$parent = $post->post_parent ? get_post( $post->post_parent ) : null;
		return $parent instanceof WP_Post && is_post_publicly_viewable( $parent ) ? self::own( $parent ) : Targets::of();
	}

	private static function lists( string $post_type ): Targets {
		$lists = Targets::of( Target::tag( 'wp:front-page' ), SitePath::of( home_url( '/' ) ) );
		if ( 'post' === $post_type ) {
			$posts_page = (int) get_option( 'page_for_posts' );
			$lists      = $lists->union(
				Targets::of(
					Target::tag( 'wp:posts-page' ),
					$posts_page ? SitePath::of( (string) get_permalink( $posts_page ) ) : null
				)
			);
		}
		$type = get_post_type_object( $post_type );
		if ( $type && $type->has_archive ) {
			$lists = $lists->union(
				Targets::of(
					Target::tag( 'wp:archive:' . $post_type ),
					SitePath::of( (string) get_post_type_archive_link( $post_type ) )
				)
			);
		}
		return $lists;
	}

	private static function archives_of_terms( WP_Post $post ): Targets {
		$targets    = Targets::of();
		$taxonomies = array_filter( get_object_taxonomies( $post ), 'is_taxonomy_viewable' );
		foreach ( $taxonomies as $taxonomy ) {
			$terms = get_the_terms( $post, $taxonomy );
			foreach ( is_array( $terms ) ? $terms : array() as $term ) {
				$targets = $targets->union( TermTargets::with_ancestors( $term ) );
			}
		}
		return $targets;
	}
}
