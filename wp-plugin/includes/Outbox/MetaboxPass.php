<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Change\Change;
use Everypod\Limits;

/** The second request in which a screen saves its metaboxes, once it has saved the post: for its editor, one save. */
final class MetaboxPass {

	/** @return int the row of the save that this change ends; 0 where it is a save of its own */
	public static function ends( Change $change, int $now ): int {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Nothing is done by it: the line in a list is another.
		if ( ! isset( $_GET['meta-box-loader'] ) ) {
			return 0;
		}
		$save = ( new Rows() )->latest_of( $change->subject->kind, $change->subject->id );
		if ( null === $save || $save->subjects > 1 || $now - $save->created_at > Limits::METABOX_SECONDS ) {
			return 0;
		}
		$actor = json_decode( $save->body, true )['data']['actor']['id'] ?? null;
		return null !== $actor && ( $change->actor['id'] ?? null ) === $actor ? $save->id : 0;
	}
}
