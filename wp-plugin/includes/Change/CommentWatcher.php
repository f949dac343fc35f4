<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\PostTargets;
use WP_Comment;

/** Sees comments that are taken back. Methods are named after the hooks that call them. */
final class CommentWatcher {

	public const REMOVED = 'comment.removed';

	/** What editors write to each other beside a post's blocks, which no page shows. */
	private const UNSEEN_TYPE = 'note';

	public function __construct( private readonly ChangeListener $listener ) {}

	/** Trash, spam, "unapprove" and deletion for good all come here. The post is the subject: it is what visitors saw it on. */
	public function transition_comment_status( string $now, string $before, WP_Comment $comment ): void {
		$post = PostTargets::visible( (int) $comment->comment_post_ID );
		if ( ! $post || 'approved' !== $before || 'approved' === $now || self::UNSEEN_TYPE === $comment->comment_type ) {
			return;
		}
		$this->listener->changed( Change::by_current_user( self::REMOVED, Subject::post( $post ), true ), PostTargets::of( $post ) );
	}
}
