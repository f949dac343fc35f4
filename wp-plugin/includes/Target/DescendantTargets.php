<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Limits;
use Everypod\Read\Key;
use WP_Post;

/** The pages below a page, whose addresses begin with its address, be it to be seen itself or not. */
final class DescendantTargets {

	/** What the addresses of pages below it begin with, with a slash at the end; none of a type without parents. */
	public static function base( WP_Post $post ): string {
		if ( ! is_post_type_hierarchical( $post->post_type ) || ! is_post_type_viewable( $post->post_type ) ) {
			return '';
		}
		$uri = get_page_uri( $post );
		return is_string( $uri ) ? trailingslashit( self::folder( $post->post_type ) . $uri ) : '';
	}

	/**
	 * @param WP_Post $post  the page above
	 * @param string  ...$bases what their addresses have begun with before, or will
	 */
	public static function of( WP_Post $post, string ...$bases ): Targets {
		$base = self::base( $post );
		if ( '' === $base ) {
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
			$own     = self::base( $page );
			$rest    = str_starts_with( $own, $base ) ? substr( $own, strlen( $base ) ) : '';
			$others  = '' === $rest ? array() : array_map( static fn( string $other ) => Target::path( user_trailingslashit( untrailingslashit( $other . $rest ) ) ), $bases );
			$targets = $targets->union(
				Targets::of( Target::tag( Key::post( $page->ID ) ), SitePath::of( get_permalink( $page ) ), ...$others ),
				PostWords::of_each_change( $page ),
				Targets::of_words( Key::card( $page->ID ) )
			);
		}
		return $targets;
	}

	/** For the end of a page: what stands right below it then stands below what was above. */
	public static function that_move_up( WP_Post $post ): Targets {
		$base  = self::base( $post );
		$pages = '' === $base ? Targets::of() : self::of( $post, self::above( $base ) );
		return $pages->is_empty() ? $pages : $pages->union( Targets::of_words( Key::LIST, ...PostWords::of_moves_below( $post->ID ), ...PostWords::of_moves_below( $post->post_parent ) ) );
	}

	private static function above( string $base ): string {
		return trailingslashit( substr( untrailingslashit( $base ), 0, (int) strrpos( untrailingslashit( $base ), '/' ) ) );
	}

	/** Where all pages of a type stand. */
	private static function folder( string $type ): string {
		global $wp_rewrite;
		$structure = 'page' === $type ? $wp_rewrite->get_page_permastruct() : $wp_rewrite->get_extra_permastruct( $type );
		$before    = is_string( $structure ) ? strstr( $structure, '%', true ) : false;
		return trailingslashit( '/' . ltrim( is_string( $before ) ? $before : '', '/' ) );
	}
}
