<?php

declare( strict_types=1 );

namespace Everypod\Target;

/** Turns an address that WordPress made into the path that the front end knows. */
final class SitePath {

	/**
	 * Null for plain permalinks (`/?p=12`): their path names no page.
	 *
	 * @param mixed $url which filters may have made anything of
	 */
	public static function of( mixed $url ): ?Target {
		$parts = is_string( $url ) ? wp_parse_url( $url ) : null;
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
