<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Limits;

/** Standard Webhooks 1.0. Mirrors contract/src/signature; the golden fixtures hold both to each other. */
final class Signature {

	/** Goes along with a question: its answer is to be signed in the form that no question has. */
	public const DIRECTED_HEADER = 'everypod-answer';
	public const DIRECTED        = 'directed';

	/** Goes along with every signed message, too: who sends it takes the fields and words of the second protocol, and of the third. */
	public const PROTOCOL_HEADER = 'everypod-protocol';
	public const PROTOCOL        = '3';

	/** `event`, `get`, … then 32 hex digits: fits the id form and never repeats. */
	public static function new_id( string $prefix ): string {
		return $prefix . '_' . bin2hex( random_bytes( 16 ) );
	}

	/** A GET has no body; it signs its method and path with query, so that one signature can't serve for another route. */
	public static function get_body( string $path_with_query ): string {
		return 'GET ' . $path_with_query;
	}

	/** What a directed answer signs. No question signs such a text: a POST signs its JSON, a GET signs `GET /…`. */
	public static function answer_body( string $body ): string {
		return "ANSWER\n$body";
	}

	/**
	 * @param list<Secret> $secrets the newest first
	 * @param int          $now     time of this attempt
	 * @return array{webhook-id: string, webhook-timestamp: string, webhook-signature: string, everypod-protocol: string}
	 */
	public static function headers( array $secrets, string $id, int $now, string $body ): array {
		$signatures = array_map(
			static fn( Secret $secret ) => 'v1,' . base64_encode( $secret->hmac( "$id.$now.$body" ) ),
			$secrets
		);
		return array(
			'webhook-id'          => $id,
			'webhook-timestamp'   => (string) $now,
			'webhook-signature'   => implode( ' ', $signatures ),
			self::PROTOCOL_HEADER => self::PROTOCOL,
		);
	}

	/**
	 * Whether raw bytes come from someone who has one of the secrets, and were signed just now.
	 *
	 * @param list<Secret>          $secrets
	 * @param array<string, string> $headers     lower-case names
	 * @param string|null           $expected_id for answers: the id of the request that they answer
	 */
	public static function is_trusted( array $secrets, array $headers, string $body, int $now, ?string $expected_id = null ): bool {
		$id        = $headers['webhook-id'] ?? '';
		$timestamp = $headers['webhook-timestamp'] ?? '';
		if ( 1 !== preg_match( '/^[A-Za-z0-9_-]{1,64}$/D', $id ) || 1 !== preg_match( '/^[0-9]{10}$/D', $timestamp ) ) {
			return false;
		}
		if ( abs( $now - (int) $timestamp ) > Limits::SIGNATURE_TOLERANCE_SECONDS ) {
			return false;
		}
		$given = explode( ' ', $headers['webhook-signature'] ?? '' );
		if ( count( $given ) > Limits::SIGNATURES_PER_MESSAGE ) {
			return false;
		}
		$matched = false;
		foreach ( $given as $one ) {
			$is_ours = 1 === preg_match( '#^v1,[A-Za-z0-9+/]{43}=$#D', $one );
			if ( ! $is_ours && 1 !== preg_match( '#^v[0-9]+[a-z]?,[A-Za-z0-9+/=_-]+$#D', $one ) ) {
				return false;
			}
			foreach ( $secrets as $secret ) {
				// No early return: the time taken does not tell which secret or signature matched.
				$wanted  = 'v1,' . base64_encode( $secret->hmac( "$id.$timestamp.$body" ) );
				$matched = ( $is_ours && hash_equals( $wanted, $one ) ) || $matched;
			}
		}
		return $matched && ( null === $expected_id || $id === $expected_id );
	}
}
