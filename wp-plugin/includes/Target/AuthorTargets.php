<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Read\Key;
use stdClass;
use WP_User;

/** Where an author shows: the archive, and by tag every page that carries the name. Posts can have one who is no user any more. */
final class AuthorTargets {

	public static function of( int $user_id ): Targets {
		if ( $user_id <= 0 ) {
			return Targets::of();
		}
		// Not get_userdata(), which reads what they may do, too.
		/** @var stdClass|false $row */
		$row = WP_User::get_data_by( 'id', (string) $user_id );
		return Targets::of(
			Target::tag( Key::author( $user_id ) ),
			false === $row ? null : SitePath::of( get_author_posts_url( $user_id, $row->user_nicename ) )
		);
	}
}
