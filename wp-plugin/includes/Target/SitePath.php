<?php

declare( strict_types=1 );

namespace Everypod\Target;

/** Turns an address that WordPress made into the path that the front end knows. */
final class SitePath {

	/** Null for plain permalinks (`/?p=12`): their path names no page. */
	public static function of( string $url ): ?Target {
		$parts = wp_parse_url( $url );
		if ( ! is_array( $parts ) || isset( $parts['query'] ) ) {
			return null;
		}
		$path = $parts['path'] ?? '/';
		$home = untrailingslashit( (string) wp_parse_url( home_url(), PHP_URL_PATH ) );
		if ( '' !== $home && ( $path === $home || str_starts_with( $path, $home . '/' ) ) ) {
			$path = substr( $path, strlen( $home ) );
		}
		return Target::path( '' === $path ? '/' : $path );
	}
}
