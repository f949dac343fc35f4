<?php

declare( strict_types=1 );

namespace Everypod;

use Throwable;

/** What whoever looks after the site finds in PHP's error log. */
final class Log {

	/** @var array<string, true> what this request has said already */
	private static array $said = array();

	/**
	 * Once in a request for each place, and without the message: it may quote what was handed over, a secret too.
	 *
	 * @param string $who could not do its work
	 */
	public static function thrown( string $who, Throwable $thrown ): void {
		$what = sprintf( '%s could not do its work, so a change may not have been sent: %s in %s:%d.', $who, get_debug_type( $thrown ), $thrown->getFile(), $thrown->getLine() );
		self::once( $what );
	}

	/** In a request, however often it is come across. */
	public static function once( string $what ): void {
		if ( ! isset( self::$said[ $what ] ) ) {
			self::$said[ $what ] = true;
			self::say( $what );
		}
	}

	public static function say( string $what ): void {
		// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_error_log -- A save is never broken, so this is the one place where it can be said.
		error_log( "Everypod: $what" );
	}
}
