<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Change\Subject;
use Everypod\Settings\Settings;
use Everypod\Target\Target;
use Everypod\Target\Targets;

/** The hashes by which answers name what an event is about, as tags of the event: pods can compare these alone. */
final class HashedTags {

	/** Whether events say in these words what has changed. */
	public static function are_told( Settings $settings ): bool {
		return $settings->keys_are_on() && null !== SiteKey::of_this_site();
	}

	/**
	 * Of each word, beside each tag that answers name by its hash, and beside the subject's own: what was not public yet when
	 * it was asked for was named so, too. At the end, since an event's first path is looked at before all others.
	 */
	public static function beside( Targets $targets, Subject $subject ): Targets {
		$site = SiteKey::of_this_site();
		if ( null === $site ) {
			return $targets;
		}
		$own    = "wp:{$subject->kind}:{$subject->id}";
		$hashed = array_map( static fn( string $word ) => Target::tag( Key::of_hash( $site->hash( $word ) ) ), $targets->words() );
		foreach ( $targets->tags() as $word => $target ) {
			if ( $own === $word || Key::is_hashed( $word ) ) {
				$hash     = Target::tag( Key::of_hash( $site->hash( $word ) ) );
				$hashed[] = $target->vanishes ? $hash?->vanishing() : $hash;
			}
		}
		return $targets->union( Targets::of( ...$hashed ) );
	}
}
