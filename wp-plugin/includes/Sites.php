<?php

declare( strict_types=1 );

namespace Everypod;

use Closure;
use Everypod\Outbox\Schema;

/** The sites that one step concerns: this one, or others of the network. */
final class Sites {

	/** @param Closure(): void $act on each of them, as the current site */
	public static function each( Closure $act ): void {
		$sites = get_sites(
			array(
				'fields' => 'ids',
				'number' => 0,
			)
		);
		foreach ( $sites as $site ) {
			switch_to_blog( $site );
			$act();
			restore_current_blog();
		}
	}

	/**
	 * Whoever belongs to several sites has one profile for all of them.
	 *
	 * @param Closure(): void $act on this site, and on each other one of the user's where the plugin has run, as the current site
	 */
	public static function each_of_user( int $user_id, Closure $act ): void {
		$act();
		$others = is_multisite() ? array_diff( array_keys( get_blogs_of_user( $user_id ) ), array( get_current_blog_id() ) ) : array();
		foreach ( $others as $site ) {
			switch_to_blog( (int) $site );
			if ( Schema::has_run() ) {
				$act();
			}
			restore_current_blog();
		}
	}
}
