<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Read\Key;

/** Where an author shows: the archive, and by tag every page that carries the name. Posts can have one who is no user any more. */
final class AuthorTargets {

	public static function of( int $user_id ): Targets {
		if ( $user_id <= 0 ) {
			return Targets::of();
		}
		return Targets::of(
			Target::tag( Key::author( $user_id ) ),
			get_userdata( $user_id ) ? SitePath::of( get_author_posts_url( $user_id ) ) : null
		);
	}
}
