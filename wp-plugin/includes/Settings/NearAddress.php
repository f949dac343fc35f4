<?php

declare( strict_types=1 );

namespace Everypod\Settings;

/**
 * Tells whether an IP address leads to this machine or to its own link: loopback, link-local or unspecified, as it stands
 * or inside an IPv6 address that a translator or a tunnel takes it out of. What a network's own NAT64 prefix carries
 * can't be seen from outside.
 */
final class NearAddress {

	/** What stands before an IPv4 address that is the end of an IPv6 one: compatible, mapped, translated, NAT64. */
	private const BEFORE_IPV4 = array(
		"\0\0\0\0\0\0\0\0\0\0\0\0",
		"\0\0\0\0\0\0\0\0\0\0\xff\xff",
		"\0\0\0\0\0\0\0\0\xff\xff\0\0",
		"\0\x64\xff\x9b\0\0\0\0\0\0\0\0",
	);

	public static function is_near( string $address ): bool {
		// Without its zone (fe80::1%eth0).
		$bare  = explode( '%', $address )[0];
		$bytes = false === filter_var( $bare, FILTER_VALIDATE_IP ) ? false : inet_pton( $bare );
		if ( false === $bytes ) {
			return true;
		}
		if ( 4 === strlen( $bytes ) ) {
			return self::is_near_ipv4( $bytes );
		}
		$is_link_local = "\xfe" === $bytes[0] && 0x80 === ( ord( $bytes[1] ) & 0xc0 );
		return $is_link_local || array() !== array_filter( self::ipv4_inside( $bytes ), self::is_near_ipv4( ... ) );
	}

	private static function is_near_ipv4( string $bytes ): bool {
		return "\x7f" === $bytes[0] || "\0" === $bytes[0] || str_starts_with( $bytes, "\xa9\xfe" );
	}

	/** @return list<string> each of four bytes; those of :: and ::1 are near, too */
	private static function ipv4_inside( string $bytes ): array {
		$last = substr( $bytes, 12 );
		return match ( true ) {
			in_array( substr( $bytes, 0, 12 ), self::BEFORE_IPV4, true ) => array( $last ),
			// 6to4.
			str_starts_with( $bytes, "\x20\x02" )              => array( substr( $bytes, 2, 4 ) ),
			// Teredo: its server, and its client turned over.
			str_starts_with( $bytes, "\x20\x01\0\0" )          => array( substr( $bytes, 4, 4 ), ~$last ),
			// ISATAP.
			in_array( substr( $bytes, 8, 4 ), array( "\0\0\x5e\xfe", "\x02\0\x5e\xfe" ), true ) => array( $last ),
			str_starts_with( $bytes, "\0\x64\xff\x9b\0\x01" ) => self::ipv4_in_own_nat64( $bytes ),
			default                                          => array(),
		};
	}

	/**
	 * In 64:ff9b:1::/48, by whatever length of prefix fits there (RFC 6052). Zeros are what another length leaves.
	 *
	 * @return list<string>
	 */
	private static function ipv4_in_own_nat64( string $bytes ): array {
		$found = array( substr( $bytes, 12 ), substr( $bytes, 6, 2 ) . substr( $bytes, 9, 2 ), $bytes[7] . substr( $bytes, 9, 3 ), substr( $bytes, 9, 4 ) );
		return array_values( array_filter( $found, static fn( string $ipv4 ) => "\0" !== $ipv4[0] ) );
	}
}
