<?php

declare( strict_types=1 );

namespace Everypod\Change;

/** Who does what is being done. */
final class DoneBy {

	/** Whoever presses Update wants to see that it is sent; a program that saves all there is, each night, wants nothing. */
	public static function a_program(): bool {
		return wp_doing_cron() || ! wp_get_current_user()->exists() || ( defined( 'WP_CLI' ) && WP_CLI );
	}
}
