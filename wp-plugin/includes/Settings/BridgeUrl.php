<?php

declare( strict_types=1 );

namespace Everypod\Settings;

use Closure;

/**
 * Checks the address of the bridge. Private addresses and any port are what a bridge normally has; loopback and
 * link-local ones (a cloud's metadata service, for one) are taken from a constant only.
 */
final class BridgeUrl {

	/** @param Closure(string): list<string> $resolve the IPv4 addresses of a name; none when it has none */
	public function __construct( private readonly Closure $resolve ) {}

	public static function with_system_resolver(): self {
		return new self(
			static function ( string $name ): array {
				$addresses = gethostbynamel( $name );
				return is_array( $addresses ) ? $addresses : array();
			}
		);
	}

	/** Null when the address can be used, else a sentence that says what is wrong with it. */
	public function fault_in_constant( string $url ): ?string {
		$parts = wp_parse_url( $url );
		if ( ! is_array( $parts ) || ! in_array( $parts['scheme'] ?? '', array( 'http', 'https' ), true ) ) {
			return __( 'The address of the bridge begins with http:// or https://.', 'everypod' );
		}
		$host = strtolower( rtrim( $parts['host'] ?? '', '.' ) );
		if ( '' === $host || self::is_disguised( $host ) || 1 === preg_match( '/[\s\\\\<>"\x00-\x1f]/', $url ) ) {
			return __( 'The address of the bridge has no usable host name.', 'everypod' );
		}
		if ( isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
			return __( 'The address of the bridge carries a user name or password; the secret is entered by itself.', 'everypod' );
		}
		if ( isset( $parts['query'] ) || isset( $parts['fragment'] ) ) {
			return __( 'The address of the bridge ends before any ? or #.', 'everypod' );
		}
		return null;
	}

	/** As for a constant, and neither loopback nor link-local. */
	public function fault_in_form( string $url ): ?string {
		$fault = $this->fault_in_constant( $url );
		if ( null !== $fault ) {
			return $fault;
		}
		$host = strtolower( trim( (string) wp_parse_url( $url, PHP_URL_HOST ), '[].' ) );
		if ( 'localhost' === $host || str_ends_with( $host, '.localhost' ) ) {
			return $this->only_by_constant();
		}
		$addresses = filter_var( $host, FILTER_VALIDATE_IP ) ? array( $host ) : ( $this->resolve )( $host );
		foreach ( $addresses as $address ) {
			if ( self::is_near( $address ) ) {
				return $this->only_by_constant();
			}
		}
		return null;
	}

	private function only_by_constant(): string {
		return __( 'A loopback or link-local address can only be set by the constant EVERYPOD_BRIDGE_URL in wp-config.php.', 'everypod' );
	}

	/** An IPv4 address in a form that only some programs read as one: 2130706433, 0x7f.1, 0177.0.0.1. */
	private static function is_disguised( string $host ): bool {
		$labels = explode( '.', $host );
		return 1 === preg_match( '/^(?:\d+|0x[0-9a-f]*)$/D', end( $labels ) ) && ! filter_var( $host, FILTER_VALIDATE_IP );
	}

	/** Loopback, link-local or unspecified. */
	private static function is_near( string $address ): bool {
		$bytes = inet_pton( $address );
		if ( false === $bytes ) {
			return false;
		}
		// IPv4 inside IPv6 (::ffff:127.0.0.1) reaches the same machine.
		if ( 16 === strlen( $bytes ) && str_starts_with( $bytes, str_repeat( "\0", 10 ) . "\xff\xff" ) ) {
			$bytes = substr( $bytes, 12 );
		}
		if ( 4 === strlen( $bytes ) ) {
			return "\x7f" === $bytes[0] || "\0" === $bytes[0] || str_starts_with( $bytes, "\xa9\xfe" );
		}
		return str_starts_with( $bytes, str_repeat( "\0", 15 ) )
			|| ( "\xfe" === $bytes[0] && 0x80 === ( ord( $bytes[1] ) & 0xc0 ) );
	}
}
