<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\AuthorTargets;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use WP_User;

/** Sees what happens to authors. Methods are named after the hooks that call them. */
final class AuthorWatcher {

	public function __construct( private readonly ChangeListener $listener ) {}

	public function profile_update( int $user_id, WP_User $old_user ): void {
		$user = get_userdata( $user_id );
		if ( ! $user || ! $this->has_posts( $user_id ) ) {
			return;
		}
		$targets = AuthorTargets::of( $user_id );
		if ( $old_user->user_nicename !== $user->user_nicename || $old_user->display_name !== $user->display_name ) {
			// The name stands on every post, and the slug in every link to the archive.
			$targets = $targets->union( Targets::of( Target::whole_site() ) );
		}
		$this->listener->changed( Change::by_current_user( 'author.updated', Subject::author( $user ) ), $targets );
	}

	/** Posts that go to another author change without any hook of their own. */
	public function delete_user( int $user_id ): void {
		$user = get_userdata( $user_id );
		if ( $user && $this->has_posts( $user_id ) ) {
			$this->listener->changed(
				Change::by_current_user( 'author.deleted', Subject::author( $user ) ),
				AuthorTargets::of( $user_id )->union( Targets::of( Target::whole_site() ) )
			);
		}
	}

	private function has_posts( int $user_id ): bool {
		$types = array_values( array_filter( get_post_types(), 'is_post_type_viewable' ) );
		return (int) count_user_posts( $user_id, $types, true ) > 0;
	}
}
