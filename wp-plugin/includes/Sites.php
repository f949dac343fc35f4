<?php

declare( strict_types=1 );

namespace Everypod;

use Closure;

/** The sites that one step concerns: this one, or every one of the network. */
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
}
