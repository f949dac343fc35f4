<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_User;

/** Users that core reads for each post and mostly shows nothing of: ahead of time, or for whoever asks for the post's author. */
final class PassingAuthors {

	private const GLOBAL = 'authordata';

	/** From the cache up to whoever wants the user: through what they may do, it is far. */
	private const FRAMES = 20;

	public function __construct( private readonly Reads $reads ) {}

	/** Here somebody may ask for the first time. */
	public function the_post(): void {
		$author = $GLOBALS[ self::GLOBAL ] ?? null;
		if ( $author instanceof WatchedAuthor || ! $author instanceof WP_User ) {
			return;
		}
		if ( WP_User::class === $author::class ) {
			$GLOBALS[ self::GLOBAL ] = new WatchedAuthor( $author, $this->reads ); // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- The one place where themes and core find it; put back by end().
		} else {
			$this->reads->user( $author->ID );
		}
	}

	public function end(): void {
		$author = $GLOBALS[ self::GLOBAL ] ?? null;
		if ( $author instanceof WatchedAuthor ) {
			$GLOBALS[ self::GLOBAL ] = $author->inner; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- It was there.
		}
	}

	/** Whether the user who is being read now is read for one of these. */
	public static function is_passing(): bool {
		// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_debug_backtrace -- Nothing else says who asks.
		$names = array_map( static fn( array $frame ) => ( isset( $frame['class'] ) ? "{$frame['class']}::" : '' ) . $frame['function'], debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, self::FRAMES ) );
		if ( in_array( 'update_post_author_caches', $names, true ) ) {
			return true;
		}
		$at = array_search( 'get_userdata', $names, true );
		return false !== $at && 'WP_Query::generate_postdata' === ( $names[ $at + 1 ] ?? '' )
			&& ( 'WP_Query::setup_postdata' === ( $names[ $at + 2 ] ?? '' ) || array( 'generate_postdata', 'get_the_content' ) === array_slice( $names, $at + 2, 2 ) );
	}
}
