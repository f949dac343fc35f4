<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Closure;
use Everypod\Event\Evidence;
use Everypod\Limits;
use Everypod\Read\Key;
use Everypod\Target\InnerTypes;
use Everypod\Target\PostTargets;
use Everypod\Target\PostWords;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use WP_Post;

/**
 * Sees posts that were changed without any hook of a save: by `set_post_type()`, by importers, by SQL. All that they leave
 * behind is that the post was taken out of the cache, and how it was if it lay there. Looked at when everything else has been
 * told, since a save does the same. Methods are named after the hooks that call them.
 */
final class QuietWatcher implements ChangeListener {

	/** What no page shows, and what the number of comments is told by. */
	private const UNSEEN = array( 'to_ping', 'pinged', 'comment_count', 'filter', 'ancestors' );

	/** @var array<int, array<int, WP_Post>> how they were, or are, by site and id */
	private array $cleaned = array();

	/** @var array<int, array<int, true>> of which somebody has told */
	private array $told = array();

	public function __construct( private readonly ChangeListener $listener ) {}

	/** All other watchers tell of posts by this one, so that it knows. */
	public function changed( Change $change, Targets|Closure $targets, ?Evidence $evidence = null, ?Targets $for_now = null ): Taken {
		if ( Subject::POST === $change->subject->kind ) {
			$this->told[ get_current_blog_id() ][ (int) $change->subject->id ] = true;
		} elseif ( $targets instanceof Targets ) {
			// Those of the whole site are named by their words alone.
			foreach ( array_filter( array_map( Key::object_of( ... ), $targets->words() ) ) as list( $kind, $id ) ) {
				if ( Subject::POST === $kind ) {
					$this->told[ get_current_blog_id() ][ $id ] = true;
				}
			}
		}
		return $this->listener->changed( $change, $targets, $evidence, $for_now );
	}

	public function take_back( Subject $subject ): bool {
		return $this->listener->take_back( $subject );
	}

	public function write(): bool {
		return $this->listener->write();
	}

	public function clean_post_cache( int $post_id, mixed $post = null ): void {
		if ( $post instanceof WP_Post && $post->ID === $post_id && $post_id > 0 ) {
			$this->cleaned[ get_current_blog_id() ][ $post_id ] ??= clone $post;
		}
	}

	/** WordPress counts comments anew where one was spam before and after, too. */
	public function wp_update_comment_count( int $post_id ): void {
		unset( $this->cleaned[ get_current_blog_id() ][ $post_id ] );
	}

	public function shutdown(): void {
		$cleaned       = array_diff_key( $this->cleaned[ get_current_blog_id() ] ?? array(), $this->told[ get_current_blog_id() ] ?? array() );
		$this->cleaned = array();
		$changed       = array();
		foreach ( $cleaned as $id => $before ) {
			$after = PostTargets::post( $id );
			if ( $after && ( InnerTypes::is_read( $before ) || InnerTypes::is_read( $after ) ) && $this->may_differ( $before, $after ) ) {
				$changed[] = array( $before, $after );
			}
		}
		if ( count( $changed ) > Limits::RELATED_POSTS ) {
			$this->listener->changed( Change::by_current_user( 'site.updated', Subject::site() ), Targets::of( Target::whole_site() ) );
			return;
		}
		foreach ( $changed as list( $before, $after ) ) {
			$this->tell( $before, $after );
		}
	}

	/** Of what was not in the cache it is not known how it was: then it may. */
	private function may_differ( WP_Post $before, WP_Post $after ): bool {
		$was = $before->to_array();
		$is  = $after->to_array();
		return $was === $is || array_diff_key( $was, array_flip( self::UNSEEN ) ) !== array_diff_key( $is, array_flip( self::UNSEEN ) );
	}

	private function tell( WP_Post $before, WP_Post $after ): void {
		$is_seen = InnerTypes::is_read( $after );
		$targets = PostTargets::of( $after )->union( PostTargets::of( $before ) );
		if ( $before->to_array() === $after->to_array() ) {
			// It may have been of another type.
			$types   = array_values( array_filter( get_post_types(), 'is_post_type_viewable' ) );
			$targets = $targets->union( Targets::of_words( ...array_map( Key::list_of_type( ... ), $types ) ), PostWords::of_anything( ...$types ) );
		}
		$this->listener->changed( Change::by_current_user( $is_seen ? 'post.updated' : 'post.unpublished', Subject::post( $after ), ! $is_seen ), $targets );
	}
}
