<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Read\Key;
use WP_Post;
use WP_Term;

/** Where a post shows: its own page, the lists it stands in, the archives of its terms, its author. */
final class PostTargets {

	/** None for 0: WordPress takes that for the post on the screen. */
	public static function post( int $id ): ?WP_Post {
		$post = $id > 0 ? get_post( $id ) : null;
		return $post instanceof WP_Post ? $post : null;
	}

	/** The post, where visitors can see it. */
	public static function visible( int $id ): ?WP_Post {
		$post = self::post( $id );
		return $post && is_post_publicly_viewable( $post ) ? $post : null;
	}

	/** Of the post as it is now, whatever about it is another, and of all lists that it stands in; none where no page shows it. */
	public static function of( WP_Post $post ): Targets {
		return InnerTypes::is_read( $post ) ? self::where_it_stays( $post )->union( Place::of( $post )->all() ) : Targets::of();
	}

	/**
	 * Of a post that has come, gone or moved nowhere: what lists show of it is known by itself.
	 *
	 * @param Targets|null       $words by which lists that find it by more than its place are told; null where anything may be another
	 * @param list<WP_Term>|null $in    the terms that it is in, where they are known
	 */
	public static function where_it_stays( WP_Post $post, ?Targets $words = null, ?array $in = null ): Targets {
		$words ??= PostWords::of_each_change( $post );
		if ( InnerTypes::is_inner( $post ) ) {
			return $words->union( Targets::of_words( Key::post( $post->ID ), Key::author( (int) $post->post_author ) ), self::parent( $post ) );
		}
		if ( ! is_post_publicly_viewable( $post ) ) {
			return Targets::of();
		}
		$own = self::page( $post );
		if ( 'attachment' === $post->post_type ) {
			return $own->union( self::parent( $post ), $words, Targets::of_words( Key::post( $post->ID ), Key::author( (int) $post->post_author ) ) );
		}
		return $own->union(
			self::lists( $post->post_type ),
			self::archives( $in ?? PostWords::terms( $post ) ),
			AuthorTargets::of( (int) $post->post_author ),
			$words
		);
	}

	/** The post's own page, and what lists say of it. */
	public static function own( WP_Post $post ): Targets {
		return self::page( $post )->union( Targets::of_words( Key::card( $post->ID ) ) );
	}

	/** The same where nothing that lists say of it is another. */
	public static function page( WP_Post $post ): Targets {
		return Targets::of( Target::tag( Key::post( $post->ID ) ), SitePath::of( get_permalink( $post ) ) );
	}

	/** An attachment shows on the page that it was uploaded to, and what has no page of its own, such as a variation, on that of its product. */
	private static function parent( WP_Post $post ): Targets {
		$parent = self::visible( $post->post_parent );
		return $parent ? self::page( $parent ) : Targets::of();
	}

	private static function lists( string $post_type ): Targets {
		$lists = Targets::of( Target::tag( Key::LISTS ), SitePath::of( home_url( '/' ) ) );
		if ( 'post' === $post_type ) {
			$posts_page = (int) get_option( 'page_for_posts' );
			$lists      = $lists->union(
				Targets::of(
					Target::tag( 'wp:posts-page' ),
					$posts_page ? SitePath::of( get_permalink( $posts_page ) ) : null
				)
			);
		}
		$type = get_post_type_object( $post_type );
		if ( $type && $type->has_archive ) {
			$lists = $lists->union(
				Targets::of(
					Target::tag( 'wp:archive:' . $post_type ),
					SitePath::of( get_post_type_archive_link( $post_type ) )
				)
			);
		}
		return $lists;
	}

	/** @param list<WP_Term> $terms */
	private static function archives( array $terms ): Targets {
		$targets = Targets::of();
		foreach ( $terms as $term ) {
			$targets = is_taxonomy_viewable( $term->taxonomy ) ? $targets->union( TermTargets::with_ancestors( $term ) ) : $targets;
		}
		return $targets;
	}
}
