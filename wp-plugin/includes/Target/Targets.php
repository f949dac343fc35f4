<?php

declare( strict_types=1 );

namespace Everypod\Target;

/**
 * A set of targets, each once, in the order they came; and beside them the words by which answers name what has changed, which
 * travel as hashes only. Where these words name all that there is, what else would have to be everything is for those alone who go
 * by no words.
 */
final class Targets {

	/**
	 * @param array<string, Target> $by_key
	 * @param array<string, true>   $words
	 */
	private function __construct(
		private readonly array $by_key,
		private readonly array $words = array(),
		private readonly bool $is_everything_without_words = false
	) {}

	/** Nulls are things that no target can name: a path that is too long, a permalink without a path. */
	public static function of( ?Target ...$targets ): self {
		$by_key = array();
		foreach ( $targets as $target ) {
			if ( null !== $target ) {
				$by_key[ $target->key() ] = $target;
			}
		}
		return new self( $by_key );
	}

	public static function of_words( string ...$words ): self {
		return new self( array(), array_fill_keys( $words, true ) );
	}

	/** Everything, where these words are not told, or nobody goes by them. */
	public static function everything_without( string ...$words ): self {
		return new self( array(), array_fill_keys( $words, true ), true );
	}

	/** For whoever does not go by words. */
	public function without_words(): self {
		return $this->is_everything_without_words ? self::of( Target::whole_site() )->union( new self( $this->by_key, $this->words ) ) : $this;
	}

	public function union( self ...$others ): self {
		$by_key        = $this->by_key;
		$words         = $this->words;
		$is_everything = $this->is_everything_without_words;
		foreach ( $others as $other ) {
			$by_key       += $other->by_key;
			$words        += $other->words;
			$is_everything = $is_everything || $other->is_everything_without_words;
		}
		return new self( $by_key, $words, $is_everything );
	}

	/** These alone, where what else is told of is somebody else's choice. */
	public function words_alone(): self {
		return new self( array(), $this->words, $this->is_everything_without_words );
	}

	public function vanishing(): self {
		return new self( self::of( ...array_values( array_map( static fn( Target $target ) => $target->vanishing(), $this->by_key ) ) )->by_key, $this->words, $this->is_everything_without_words );
	}

	public function plain(): self {
		return new self( self::of( ...array_values( array_map( static fn( Target $target ) => $target->plain(), $this->by_key ) ) )->by_key, $this->words, $this->is_everything_without_words );
	}

	public function some_vanish(): bool {
		return array() !== array_filter( $this->by_key, static fn( Target $target ) => $target->vanishes );
	}

	/** Those that are not in another set. */
	public function without( self $other ): self {
		return new self( array_diff_key( $this->by_key, $other->by_key ) );
	}

	/** Where the same vanishes, too, saying so is enough. */
	public function said_once(): self {
		return new self( array_filter( $this->by_key, fn( Target $target ) => $target->vanishes || ! $target->vanishing()->vanishes || ! isset( $this->by_key[ $target->vanishing()->key() ] ) ) );
	}

	/** The addresses of pages, without route patterns. */
	public function paths(): self {
		return new self( array_filter( $this->by_key, static fn( Target $target ) => $target->is_page() ) );
	}

	public function first(): self {
		return new self( array_slice( $this->by_key, 0, 1, true ) );
	}

	/** As JSON, with what stands between them. */
	public function bytes(): int {
		return strlen( (string) json_encode( $this->to_array(), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE ) );
	}

	public function is_empty(): bool {
		return array() === $this->by_key && array() === $this->words;
	}

	/** Whether nothing but words is told, which nobody knows but who reads keys. */
	public function has_words_alone(): bool {
		return array() === $this->by_key && array() !== $this->words && ! $this->is_everything_without_words;
	}

	public function count(): int {
		return count( $this->by_key ) + count( $this->words ) + (int) $this->is_everything_without_words;
	}

	/** @return list<string> */
	public function words(): array {
		return array_map( strval( ... ), array_keys( $this->words ) );
	}

	/** @return iterable<string, Target> those that are tags, each after its word */
	public function tags(): iterable {
		foreach ( $this->by_key as $target ) {
			$word = $target->to_array()['tag'] ?? null;
			if ( null !== $word ) {
				yield $word => $target;
			}
		}
	}

	/** @return list<string> */
	public function keys(): array {
		return array_map( strval( ... ), array_keys( $this->by_key ) );
	}

	/** @return list<array{path?: string, scope?: string, tag?: string, topic?: string, vanishes?: true}> */
	public function to_array(): array {
		return array_values( array_map( static fn( Target $target ) => $target->to_array(), $this->by_key ) );
	}
}
