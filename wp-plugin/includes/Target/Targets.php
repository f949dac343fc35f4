<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Closure;

/**
 * A set of targets, each once, in the order they came; and beside them the words by which answers name what has changed, which
 * travel as hashes only. Where these words name all that there is, some targets are for those alone who go by no words: what was
 * made from something else of the same posts, or everything.
 */
final class Targets {

	/**
	 * @param array<string, Target> $by_key
	 * @param array<string, true>   $words
	 * @param array<string, Target> $unworded those for who goes by no words
	 */
	private function __construct(
		private readonly array $by_key,
		private readonly array $words = array(),
		private readonly array $unworded = array()
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
		return self::of( Target::whole_site() )->for_who_goes_by_no_words()->union( self::of_words( ...$words ) );
	}

	/** None of them but these words, for whoever goes by words. */
	public function for_who_goes_by_no_words(): self {
		return new self( array(), $this->words, $this->by_key + $this->unworded );
	}

	/** All of them, where nobody goes by words. Everything comes first: it is looked at before all others. */
	public function without_words(): self {
		$whole = array_intersect_key( $this->unworded, array( Target::whole_site()->key() => true ) );
		return new self( $whole + $this->by_key + $this->unworded, $this->words );
	}

	public function union( self ...$others ): self {
		$by_key   = $this->by_key;
		$words    = $this->words;
		$unworded = $this->unworded;
		foreach ( $others as $other ) {
			$by_key   += $other->by_key;
			$words    += $other->words;
			$unworded += $other->unworded;
		}
		return new self( $by_key, $words, array_diff_key( $unworded, $by_key ) );
	}

	/** All that is told of one by one, to whomever. */
	public function spelled_out(): self {
		return new self( $this->by_key + array_diff_key( $this->unworded, array( Target::whole_site()->key() => true ) ) );
	}

	/** The same words with others told beside them, where these are somebody else's choice; to whom each is told stays. */
	public function with( self $chosen ): self {
		$everything = array_intersect_key( $this->unworded, array( Target::whole_site()->key() => true ) );
		return new self(
			array_diff_key( $chosen->by_key, $this->unworded ),
			$this->words,
			$everything + array_intersect_key( $chosen->by_key, $this->unworded )
		);
	}

	public function vanishing(): self {
		return $this->each( static fn( Target $target ) => $target->vanishing() );
	}

	public function plain(): self {
		return $this->each( static fn( Target $target ) => $target->plain() );
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
		return array() === $this->by_key && array() === $this->words && array() === $this->unworded;
	}

	/** Whether nothing but words is told, which nobody knows but who reads keys. */
	public function has_words_alone(): bool {
		return array() === $this->by_key && array() !== $this->words && array() === $this->unworded;
	}

	public function count(): int {
		return count( $this->by_key ) + count( $this->words ) + count( $this->unworded );
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

	/** @param Closure(Target): Target $make */
	private function each( Closure $make ): self {
		$made = static fn( array $targets ) => self::of( ...array_values( array_map( $make, $targets ) ) )->by_key;
		return new self( $made( $this->by_key ), $this->words, $made( $this->unworded ) );
	}
}
