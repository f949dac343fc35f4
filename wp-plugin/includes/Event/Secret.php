<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Limits;

/** A signing secret, parsed. Mirrors contract/src/signature/secret.ts. */
final class Secret {

	private function __construct( private readonly string $bytes ) {}

	/**
	 * Parses one or several `whsec_…`, separated by white space, the newest first.
	 *
	 * @return list<self>|null null when there is none, too many, or any is malformed
	 */
	public static function parse_all( string $text ): ?array {
		$parts = preg_split( '/\s+/', $text, -1, PREG_SPLIT_NO_EMPTY );
		if ( ! $parts || count( $parts ) > Limits::SIGNATURES_PER_MESSAGE ) {
			return null;
		}
		$secrets = array();
		foreach ( $parts as $part ) {
			$secret = self::parse( $part );
			if ( null === $secret ) {
				return null;
			}
			$secrets[] = $secret;
		}
		return $secrets;
	}

	/** Strict, padded base64 of at least 24 bytes. */
	public static function parse( string $text ): ?self {
		if ( 1 !== preg_match( '#^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$#D', $text, $match ) ) {
			return null;
		}
		$bytes = base64_decode( $match[1], true );
		return is_string( $bytes ) && strlen( $bytes ) >= Limits::SECRET_BYTES ? new self( $bytes ) : null;
	}

	/** Raw bytes. */
	public function hmac( string $message ): string {
		return hash_hmac( 'sha256', $message, $this->bytes, true );
	}

	/** @return array<string, string> what var_dump and error logs show */
	public function __debugInfo(): array {
		return array( 'bytes' => '(not shown)' );
	}
}
