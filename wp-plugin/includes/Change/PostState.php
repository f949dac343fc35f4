<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Event\Version;
use Everypod\Target\InnerTypes;
use Everypod\Target\Place;
use Everypod\Target\PostTargets;
use Everypod\Target\PostWords;
use Everypod\Target\SitePath;
use Everypod\Target\Targets;
use WP_Post;
use WP_Term;

/** A post at one moment: whether visitors can see it, where, on which pages it shows, and what everybody may read of it. */
final class PostState {

	/**
	 * @param bool          $is_public whether visitors see it, or pages that are made from it
	 * @param Targets       $targets   of whatever changes it
	 * @param Place         $place     by which lists are told that it comes, goes or moves
	 * @param list<string>  $texts     the title and the content; none where they are not for everybody
	 * @param Version|null  $version   null where it is not for everybody
	 * @param list<WP_Term> $terms     that it is in
	 */
	private function __construct(
		public readonly bool $is_public,
		public readonly bool $is_for_everybody,
		public readonly string $path,
		public readonly Targets $targets,
		public readonly Place $place,
		public readonly array $texts,
		public readonly ?Version $version,
		public readonly array $terms
	) {}

	/** @param list<WP_Term>|null $terms that it is in, where they are known */
	public static function of( WP_Post $post, ?array $terms = null ): self {
		if ( ! InnerTypes::is_read( $post ) ) {
			return self::nothing();
		}
		$terms    ??= PostWords::terms( $post );
		$is_visible = ! InnerTypes::is_inner( $post );
		$path       = $is_visible ? SitePath::of( get_permalink( $post ) ) : null;
		$is_open    = $is_visible && '' === $post->post_password;
		$texts      = $is_open ? array( $post->post_title, $post->post_content ) : array();
		$version    = $is_open ? Version::of( $post->ID, $post->post_modified_gmt ) : null;
		return new self( true, $is_open, $path?->to_array()['path'] ?? '', PostTargets::where_it_stays( $post, in: $terms ), Place::of( $post, $terms ), $texts, $version, $terms );
	}

	/** The version that it has now and did not have in any of these states. */
	public function new_version( self ...$before ): ?Version {
		foreach ( $before as $state ) {
			if ( ! $this->version?->is_newer_than( $state->version ) ) {
				return null;
			}
		}
		return $this->version;
	}

	public static function nothing(): self {
		return new self( false, false, '', Targets::of(), Place::nowhere(), array(), null, array() );
	}
}
