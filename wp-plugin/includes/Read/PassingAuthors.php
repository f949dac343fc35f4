<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_Query;
use WP_User;

/** Users that core reads for each post and mostly shows nothing of: ahead of time, or for whoever asks for the post's author. */
final class PassingAuthors {

	private const GLOBAL = 'authordata';

	/** From the cache up to whoever sets up a post, who wants most of them. */
	private const NEAR_FRAMES = 9;

	/** And up to whoever wants the user else: through what they may do, it is far. */
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
		return self::is_passing_within( self::NEAR_FRAMES ) || self::is_passing_within( self::FRAMES );
	}

	private static function is_passing_within( int $frames ): bool {
		// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_debug_backtrace -- Nothing else says who asks.
		$stack = debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, $frames + 1 );
		$at    = null;
		foreach ( $stack as $nth => $frame ) {
			if ( isset( $frame['class'] ) ) {
				continue;
			}
			if ( 'update_post_author_caches' === $frame['function'] ) {
				return true;
			}
			if ( null === $at && 'get_userdata' === $frame['function'] ) {
				$at = $nth;
			}
		}
		if ( null === $at || ! self::is_call( $stack, $at + 1, 'generate_postdata', WP_Query::class ) ) {
			return false;
		}
		return self::is_call( $stack, $at + 2, 'setup_postdata', WP_Query::class )
			|| ( self::is_call( $stack, $at + 2, 'generate_postdata' ) && self::is_call( $stack, $at + 3, 'get_the_content' ) );
	}

	/**
	 * @param list<array{function: string, class?: string}> $stack
	 * @param string|null                                   $of the class whose method it is; null for a function
	 */
	private static function is_call( array $stack, int $at, string $called, ?string $of = null ): bool {
		return ( $stack[ $at ]['function'] ?? '' ) === $called && ( $stack[ $at ]['class'] ?? null ) === $of;
	}
}
