<?php

declare( strict_types=1 );

namespace Everypod\Change;

use WP_Post;
use WP_Term;
use WP_User;

/** What a change was done to. */
final class Subject {

	public const POST   = 'post';
	public const AUTHOR = 'author';

	public function __construct(
		public readonly string $kind,
		public readonly string $id,
		public readonly string $title
	) {}

	/** Of every post type: the id alone says which one it is. */
	public static function post( WP_Post $post ): self {
		return new self( self::POST, (string) $post->ID, self::plain( $post->post_title ) );
	}

	public static function term( WP_Term $term ): self {
		return new self( 'term', (string) $term->term_id, self::plain( $term->name ) );
	}

	public static function author( WP_User $user ): self {
		return new self( self::AUTHOR, (string) $user->ID, self::plain( $user->display_name ) );
	}

	public static function site(): self {
		return new self( 'site', (string) get_current_blog_id(), self::plain( get_option( 'blogname' ) ) );
	}

	/** Options that pages are made from, all that change together. */
	public static function options(): self {
		return new self( 'options', (string) get_current_blog_id(), '' );
	}

	public static function connection(): self {
		return new self( 'connection', 'test', '' );
	}

	public function key(): string {
		return $this->kind . ' ' . $this->id;
	}

	private static function plain( mixed $text ): string {
		return html_entity_decode( wp_strip_all_tags( is_string( $text ) ? $text : '' ), ENT_QUOTES, 'UTF-8' );
	}
}
