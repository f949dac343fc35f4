<?php

declare( strict_types=1 );

namespace Everypod\Event;

/**
 * The words of a text, so that WordPress and a pod find the same ones in what each of them has of it: whatever typography,
 * markup or a framework puts between them. Held to contract/fixtures/evidence.json, as the pod is.
 */
final class Words {

	/** What a tag stands between are two words, be they written as one: the pod can't know how a browser would show it. */
	private const NO_TEXT = array(
		'@<(script|style)\b[^>]*>.*?</\1\s*>@is',
		'/<!--.*?-->/s',
		'@<[a-z/!?][^<>]*>@i',
	);

	/**
	 * Blocks and shortcodes that are made when a page is shown are no text yet.
	 *
	 * @return list<string> in lower case
	 */
	public static function of( string $html ): array {
		$text = (string) preg_replace( self::NO_TEXT, ' ', strip_shortcodes( $html ) );
		$text = mb_strtolower( html_entity_decode( $text, ENT_QUOTES | ENT_HTML5, 'UTF-8' ), 'UTF-8' );
		return preg_match_all( '/[\p{L}\p{N}]+/u', $text, $found ) ? $found[0] : array();
	}

	/**
	 * @param list<string> $words
	 * @return list<string> each so many words that follow each other, with one space between them
	 */
	public static function runs( array $words, int $length ): array {
		$runs = array();
		$last = count( $words ) - $length;
		for ( $at = 0; $at <= $last; $at++ ) {
			$runs[] = implode( ' ', array_slice( $words, $at, $length ) );
		}
		return $runs;
	}

	/** Says nothing of the words to who does not have them, and nothing of one event to who has seen another. */
	public static function hash( string $event_id, string $run ): string {
		return substr( hash( 'sha256', "$event_id\n$run" ), 0, 16 );
	}
}
