<?php

declare( strict_types=1 );

namespace Everypod;

/** Finds the plugin's classes (PSR-4), so that the zip needs no Composer. */
final class Autoloader {

	public static function register( string $folder ): void {
		spl_autoload_register(
			static function ( string $name ) use ( $folder ): void {
				if ( ! str_starts_with( $name, __NAMESPACE__ . '\\' ) ) {
					return;
				}
				$relative = substr( $name, strlen( __NAMESPACE__ ) + 1 );
				$file     = $folder . '/' . str_replace( '\\', '/', $relative ) . '.php';
				if ( is_file( $file ) ) {
					require_once $file;
				}
			}
		);
	}
}
