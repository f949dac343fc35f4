<?php

declare( strict_types=1 );

namespace Everypod\Settings;

use Closure;
use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use WP_HTTP_Proxy;

/**
 * Checks the address that events go to. Private addresses and any port are what a bridge normally has; loopback and
 * link-local ones (a cloud's metadata service, for one) are taken from a constant only. A name can lead elsewhere
 * tomorrow, so where one comes from the form, it is checked again at each delivery.
 */
final class BridgeUrl {

	/** @param Closure(string): list<string> $resolve the addresses of a name, of both families; none when it has none */
	public function __construct( private readonly Closure $resolve ) {}

	public static function with_system_resolver(): self {
		return new self(
			static function ( string $name ): array {
				$ipv4 = gethostbynamel( $name );
				// Warns where a server doesn't answer.
				$ipv6 = function_exists( 'dns_get_record' ) ? @dns_get_record( $name, DNS_AAAA ) : false; // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged
				return array( ...( $ipv4 ? $ipv4 : array() ), ...array_column( $ipv6 ? $ipv6 : array(), 'ipv6' ) );
			}
		);
	}

	/**
	 * Scheme and host in lower case, which is how everything here compares them. That of a bridge is without a slash at the
	 * end; that of a route stays as it is, as an app may redirect the other form, and redirects are not followed.
	 */
	public static function normalised( string $url, Destination $to = Destination::Bridge ): string {
		$lowered = preg_replace_callback( '~^[a-z][a-z0-9+.-]*://[^/?#]*~i', static fn( array $match ) => strtolower( $match[0] ), $url );
		return Destination::Bridge === $to ? untrailingslashit( (string) $lowered ) : (string) $lowered;
	}

	/** Null when the address can be used, else a sentence that says what is wrong with it. */
	public function fault_in_constant( string $url, Destination $to = Destination::Bridge ): ?string {
		$url   = self::normalised( $url );
		$parts = wp_parse_url( $url );
		if ( ! is_array( $parts ) || ! in_array( $parts['scheme'] ?? '', array( 'http', 'https' ), true ) ) {
			return __( 'The address begins with http:// or https://.', 'everypod' );
		}
		$host = rtrim( $parts['host'] ?? '', '.' );
		if ( '' === $host || self::is_disguised( $host ) || 1 === preg_match( '/[\s\\\\<>"\x00-\x1f]/', $url ) ) {
			return __( 'The address has no usable host name.', 'everypod' );
		}
		if ( isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
			return __( 'The address carries a user name or password; the secret is entered by itself.', 'everypod' );
		}
		if ( isset( $parts['query'] ) || isset( $parts['fragment'] ) ) {
			return __( 'The address ends before any ? or #.', 'everypod' );
		}
		if ( Destination::LoadBalancer === $to && '' === trim( $parts['path'] ?? '', '/' ) ) {
			return __( 'The address ends with the route of the pods, such as /siteapi/revalidate, since it is called as it stands.', 'everypod' );
		}
		return null;
	}

	/** As for a constant, and neither loopback nor link-local; a name is looked up. */
	public function fault_in_form( string $url, Destination $to = Destination::Bridge ): ?string {
		$fault = $this->fault_in_constant( $url, $to );
		if ( null !== $fault ) {
			return $fault;
		}
		$host = self::host( $url );
		// Anything else is read as a name by some programs and as an address by others: %31, １, fe80::1%25lo.
		if ( 1 !== preg_match( '/^[a-z0-9._-]+$/D', $host ) && ! self::is_address( $host ) ) {
			return __( 'The host name has letters that a name has not. Write one with accents in its xn-- form.', 'everypod' );
		}
		return $this->leads_near( $host, self::is_address( $host ) ? array() : ( $this->resolve )( $host ) )
			? __( 'A loopback or link-local address can only be set by the constant EVERYPOD_BRIDGE_URL in wp-config.php.', 'everypod' )
			: null;
	}

	/**
	 * Where a request to an address from the form may go, and nowhere else. A proxy that WordPress is told to use looks the
	 * name up by itself, elsewhere, so there is nothing to hold it to.
	 *
	 * @return list<string>|Problem|null null where nothing is to be held to
	 */
	public function addresses( string $url ): array|Problem|null {
		$host  = self::host( $url );
		$proxy = new WP_HTTP_Proxy();
		if ( self::is_address( $host ) || ( $proxy->is_enabled() && $proxy->send_through_proxy( $url ) ) ) {
			return $this->leads_near( $host, array() ) ? new Problem( ProblemCode::NearAddress ) : null;
		}
		$addresses = ( $this->resolve )( $host );
		if ( $this->leads_near( $host, $addresses ) ) {
			return new Problem( ProblemCode::NearAddress );
		}
		if ( array() === $addresses ) {
			return self::has_proxy_in_environment() ? null : new Problem( ProblemCode::Unreachable, __( 'Its host name has no address.', 'everypod' ) );
		}
		return $addresses;
	}

	/** One that cURL takes by itself. */
	private static function has_proxy_in_environment(): bool {
		return array() !== array_filter( array( 'http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY' ), static fn( string $name ) => (bool) getenv( $name ) );
	}

	/** @param list<string> $addresses what its name was found to have */
	private function leads_near( string $host, array $addresses ): bool {
		return 'localhost' === $host || str_ends_with( $host, '.localhost' )
			|| ( self::is_address( $host ) && NearAddress::is_near( $host ) )
			|| array() !== array_filter( $addresses, NearAddress::is_near( ... ) );
	}

	/** In lower case, without brackets and without the root's dot. */
	private static function host( string $url ): string {
		return trim( (string) wp_parse_url( self::normalised( $url ), PHP_URL_HOST ), '[].' );
	}

	private static function is_address( string $host ): bool {
		return false !== filter_var( $host, FILTER_VALIDATE_IP );
	}

	/** An IPv4 address in a form that only some programs read as one: 2130706433, 0x7f.1, 0177.0.0.1. */
	private static function is_disguised( string $host ): bool {
		$labels = explode( '.', $host );
		return 1 === preg_match( '/^(?:\d+|0x[0-9a-f]*)$/D', end( $labels ) ) && ! self::is_address( $host );
	}
}
