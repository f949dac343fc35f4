<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\PostTargets;
use Everypod\Target\PostWords;
use WP_Comment;
use WP_Post;

/**
 * Sees what visitors see of comments. The post is the subject: it is what they see them on. Methods are named after the hooks
 * that call them.
 */
final class CommentWatcher {

	public const ADDED   = 'comment.added';
	public const UPDATED = 'comment.updated';
	public const REMOVED = 'comment.removed';

	private const APPROVED = '1';

	/** By what name comments of visitors are held, as meta is by its key: many of them change the same post. */
	private const COUNT = 'comment_count';

	/** What editors write to each other beside a post's blocks, which no page shows. */
	private const UNSEEN_TYPE = 'note';

	/** WordPress's own bookkeeping, and that of who tells spam apart. */
	private const UNSEEN_META = '/^(?:_wp_trash_|akismet_)/';

	public function __construct( private readonly ChangeListener $listener ) {}

	public function wp_insert_comment( int $comment_id ): void {
		$this->tell_of_seen( $comment_id, self::ADDED, current_user_can( 'moderate_comments' ) ? null : self::COUNT );
	}

	/** Trash, spam, "approve" and its contrary, and deletion for good all come here. */
	public function transition_comment_status( string $now, string $before, WP_Comment $comment ): void {
		$post = self::post( $comment );
		if ( ! $post || ( 'approved' === $before ) === ( 'approved' === $now ) ) {
			return;
		}
		if ( 'approved' === $now ) {
			$this->tell( self::ADDED, $post );
		} else {
			$this->listener->changed( Change::by_current_user( self::REMOVED, Subject::post( $post ), true ), PostTargets::where_it_stays( $post, PostWords::of_comments( $post ) ) );
		}
	}

	public function edit_comment( int $comment_id ): void {
		$this->tell_of_seen( $comment_id, self::UPDATED );
	}

	/** Stars of a review, and the like. */
	public function comment_meta( mixed $meta_id, int $comment_id, string $key ): void {
		if ( 1 !== preg_match( self::UNSEEN_META, $key ) ) {
			$this->tell_of_seen( $comment_id, self::UPDATED, $key );
		}
	}

	/** Whoever writes comments past WordPress has it count them at the end. */
	public function wp_update_comment_count( int $post_id, mixed $now = null, mixed $before = null ): void {
		$post = is_numeric( $now ) && is_numeric( $before ) && (int) $now !== (int) $before ? PostTargets::visible( $post_id ) : null;
		if ( $post ) {
			$this->tell( self::UPDATED, $post, self::COUNT );
		}
	}

	/** @param string|null $meta_key by which it may be held */
	private function tell_of_seen( int $comment_id, string $name, ?string $meta_key = null ): void {
		// WordPress takes 0 for the comment on the screen.
		$comment = $comment_id > 0 ? get_comment( $comment_id ) : null;
		$post    = $comment instanceof WP_Comment && self::APPROVED === (string) $comment->comment_approved ? self::post( $comment ) : null;
		if ( $post ) {
			$this->tell( $name, $post, $meta_key );
		}
	}

	private function tell( string $name, WP_Post $post, ?string $meta_key = null ): void {
		$change = Change::by_current_user( $name, Subject::post( $post ) );
		$this->listener->changed(
			null === $meta_key ? $change : $change->of_meta( $meta_key ),
			PostTargets::page( $post )->union( PostWords::of_comments( $post ) )
		);
	}

	private static function post( WP_Comment $comment ): ?WP_Post {
		return self::UNSEEN_TYPE === $comment->comment_type ? null : PostTargets::visible( (int) $comment->comment_post_ID );
	}
}
