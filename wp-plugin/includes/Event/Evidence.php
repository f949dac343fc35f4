<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Limits;

/** By what the pages of a post can be known to show a change: words that are new, and its version. Mirrors contract/src/messages/evidence.ts. */
final class Evidence {

	/** @param list<string> $runs of new words */
	private function __construct(
		private readonly array $runs,
		private readonly ?Version $version
	) {}

	/** Of what not everybody may read: also nothing of what was to be told before. */
	public static function withheld(): self {
		return new self( array(), null );
	}

	/**
	 * @param list<string> $before  texts as they were
	 * @param list<string> $after   the title and the content; none where not everybody may read them
	 * @param Version|null $version null where it is not new
	 * @return self|null null where nothing is new
	 */
	public static function of( array $before, array $after, ?Version $version ): ?self {
		if ( array() === $after ) {
			return self::withheld();
		}
		$runs = self::new_runs( $before, $after );
		return array() === $runs && null === $version ? null : new self( $runs, $version );
	}

	/** @return array{words?: int, runs?: list<string>, version?: array{post: string, modified: string}}|null as one event tells it; null where there is nothing to tell */
	public function for_event( string $event_id ): ?array {
		$told = array();
		if ( array() !== $this->runs ) {
			$told['words'] = Limits::EVIDENCE_WORDS;
			$told['runs']  = array_map( static fn( string $run ) => Words::hash( $event_id, $run ), $this->runs );
		}
		if ( null !== $this->version ) {
			$told['version'] = $this->version->to_array();
		}
		return array() === $told ? null : $told;
	}

	/**
	 * @param list<string> $before
	 * @param list<string> $after
	 * @return list<string>
	 */
	private static function new_runs( array $before, array $after ): array {
		if ( $before === $after ) {
			return array();
		}
		// Somebody waits for the save. Without mbstring, WordPress has no lower case for more than English.
		if ( strlen( implode( $before ) . implode( $after ) ) > Limits::EVIDENCE_TEXT_BYTES || ! function_exists( 'mb_strtolower' ) ) {
			return array();
		}
		$words = array();
		foreach ( array( ...$before, ...$after ) as $text ) {
			$words[ $text ] ??= Words::of( $text );
		}
		$of  = static fn( string ...$texts ) => array_merge( array(), ...array_map( static fn( string $text ) => $words[ $text ], $texts ) );
		$old = array_fill_keys( self::runs( $of( ...$before ) ), true );
		// A page may put its date or its author between the title and the content.
		$new = self::without( $old, array_merge( array(), ...array_map( self::runs( ... ), array_map( $of, $after ) ) ) );
		$new = array() === $new ? self::without( $old, self::runs( $of( ...$after ) ) ) : $new;
		return array() === $new ? array() : self::spread( $new );
	}

	/**
	 * @param array<string, true> $old
	 * @param list<string>        $runs
	 * @return list<string> those that are new
	 */
	private static function without( array $old, array $runs ): array {
		return array_values( array_unique( array_filter( $runs, static fn( string $run ) => ! isset( $old[ $run ] ) ) ) );
	}

	/**
	 * @param list<string> $words
	 * @return list<string>
	 */
	private static function runs( array $words ): array {
		return Words::runs( $words, Limits::EVIDENCE_WORDS );
	}

	/**
	 * The first, the last, and some between: neighbours share all words but one, and a page may show a part only.
	 *
	 * @param list<string> $runs at least one
	 * @return list<string>
	 */
	private static function spread( array $runs ): array {
		$last = count( $runs ) - 1;
		$most = Limits::EVIDENCE_RUNS - 1;
		if ( $last <= $most ) {
			return $runs;
		}
		return array_map( static fn( int $nth ) => $runs[ intdiv( $nth * $last, $most ) ], range( 0, $most ) );
	}
}
