<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\AuthorTargets;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use WP_User;

/** Sees what happens to authors. Methods are named after the hooks that call them. */
final class AuthorWatcher {

	/** The address stands for the portrait that is made from it. */
	private const SHOWN = array( 'user_nicename', 'display_name', 'user_url', 'user_email' );

	public function __construct( private readonly ChangeListener $listener ) {}

	/**
	 * The editor saves its own preferences through here too, and no page shows those. Other plugins call this hook
	 * without the user from before: then the author's own pages may be old, and core has told of a new name itself.
	 */
	public function profile_update( int $user_id, ?WP_User $old_user = null ): void {
		$user = get_userdata( $user_id );
		if ( ! $user || ( $old_user && ! $this->shows_otherwise( $old_user, $user ) ) || ! $this->has_posts( $user_id ) ) {
			return;
		}
		$targets = AuthorTargets::of( $user_id );
		if ( $old_user && ( $old_user->user_nicename !== $user->user_nicename || $old_user->display_name !== $user->display_name ) ) {
			// The name stands on every post, and the slug in every link to the archive.
			$targets = $targets->union( Targets::of( Target::whole_site() ) );
		}
		$this->listener->changed( Change::by_current_user( 'author.updated', Subject::author( $user ) ), $targets );
	}

	/** What an author says of themself is kept apart from the profile. */
	public function user_meta( mixed $meta_id, int $user_id, string $key ): void {
		$user = 'description' === $key ? get_userdata( $user_id ) : false;
		if ( $user && $this->has_posts( $user_id ) ) {
			$this->listener->changed( Change::by_current_user( 'author.updated', Subject::author( $user ) ), AuthorTargets::of( $user_id ) );
		}
	}

	/** Posts that go to another author change without any hook of their own. */
	public function delete_user( int $user_id ): void {
		$user = get_userdata( $user_id );
		if ( $user && $this->has_posts( $user_id ) ) {
			$this->listener->changed(
				Change::by_current_user( 'author.deleted', Subject::author( $user ), true ),
				AuthorTargets::of( $user_id )->union( Targets::of( Target::whole_site() ) )
			);
		}
	}

	/** A network deletes no user of one site: it removes them, and gives their posts to another. */
	public function remove_user_from_blog( int $user_id, mixed $site_id, int $reassign = 0 ): void {
		if ( $reassign > 0 ) {
			$this->delete_user( $user_id );
		}
	}

	private function shows_otherwise( WP_User $before, WP_User $after ): bool {
		foreach ( self::SHOWN as $field ) {
			if ( $before->get( $field ) !== $after->get( $field ) ) {
				return true;
			}
		}
		return false;
	}

	private function has_posts( int $user_id ): bool {
		$types = array_values( array_filter( get_post_types(), 'is_post_type_viewable' ) );
		return (int) count_user_posts( $user_id, $types, true ) > 0;
	}
}
