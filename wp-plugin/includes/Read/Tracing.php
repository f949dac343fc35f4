<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Closure;

/** Looks on while one answer is made: the object cache is watched, and what core asks with heard. Ends as it found things. */
final class Tracing {

	private readonly Reads $reads;
	private readonly KeysHeader $header;
	private readonly Questions $questions;
	private ?WatchedCache $cache = null;

	/** @var list<array{string, callable, int}> */
	private array $heard = array();

	private readonly PassingAuthors $authors;

	private function __construct( ?SiteName $name ) {
		$this->reads     = new Reads();
		$this->questions = new Questions( $this->reads );
		$this->header    = new KeysHeader( $this->reads, $name );
		$this->authors   = new PassingAuthors( $this->reads );
	}

	public static function begin( EarlyReads $early, ?SiteName $name = null ): self {
		$early->end();
		$tracing = new self( $name );
		$tracing->reads->says( ...$early->words() );
		$tracing->watch_cache();
		foreach ( Questions::HOOKS as $hook ) {
			$tracing->hear( $hook, array( $tracing->questions, $hook ) );
		}
		$terms = new PassingTerms( $tracing->reads );
		foreach ( PassingTerms::HOOKS as $hook ) {
			$tracing->hear( $hook, array( $terms, $hook ) );
		}
		$tracing->hear( 'the_post', array( $tracing->authors, 'the_post' ), PHP_INT_MIN );
		$tracing->hear( 'get_the_excerpt', array( $tracing->questions, 'get_the_excerpt' ), PHP_INT_MIN );
		$tracing->hear( 'everypod_read', array( $tracing, 'everypod_read' ) );
		if ( wp_using_ext_object_cache() ) {
			$passed = new PassedObjects( $tracing->reads );
			array_map( static fn( string $hook ) => $tracing->hear( $hook, array( $passed, 'passes' ) ), PassedObjects::first() );
			array_map( static fn( string $hook ) => $tracing->hear( $hook, array( $passed, 'is_prepared' ) ), PassedObjects::prepared() );
		}
		return $tracing;
	}

	/** For a site's own code: whatever else an answer was made of, in the words of an own tag of events. */
	public function everypod_read( mixed $word = '' ): void {
		if ( ! is_string( $word ) || ! $this->reads->word( $word ) ) {
			_doing_it_wrong( 'everypod_read', 'What was read is a text that a tag can be, and this is none.', '0.2.0' );
		}
	}

	/** What was read up to now; null where that can't be told. What filters read to tell whether a post is public counts for nothing. */
	public function header(): ?string {
		$this->questions->settle();
		return $this->unseen( $this->header->value( ... ) );
	}

	/**
	 * What is read for this is none of the answer.
	 *
	 * @template T
	 * @param Closure(): T $act
	 * @return T
	 */
	public function unseen( Closure $act ): mixed {
		$this->reads->close();
		$is_watched = $this->unwatch_cache();
		try {
			return $act();
		} finally {
			$this->reads->close( false );
			if ( $is_watched && null !== $this->cache ) {
				self::replace( $this->cache->inner, $this->cache );
			}
		}
	}

	public function end(): void {
		$this->reads->close();
		$this->questions->end();
		foreach ( $this->heard as list( $hook, $callback, $priority ) ) {
			remove_filter( $hook, $callback, $priority );
		}
		$this->authors->end();
		$this->unwatch_cache();
		$this->cache = null;
	}

	private function watch_cache(): void {
		$cache = $GLOBALS['wp_object_cache'] ?? null;
		if ( is_object( $cache ) ) {
			$this->cache = new WatchedCache( $cache, $this->reads );
			self::replace( $cache, $this->cache );
		}
	}

	/** @return bool whether it was watched */
	private function unwatch_cache(): bool {
		return null !== $this->cache && self::replace( $this->cache, $this->cache->inner );
	}

	/**
	 * The one place where all of core passes. Whoever has put another cache there meanwhile knows why.
	 *
	 * @return bool whether it was there
	 */
	private static function replace( object $cache, object $other ): bool {
		$is_there = ( $GLOBALS['wp_object_cache'] ?? null ) === $cache;
		if ( $is_there ) {
			$GLOBALS['wp_object_cache'] = $other; // phpcs:ignore WordPress.WP.GlobalVariablesOverride.Prohibited -- Put back by end().
		}
		return $is_there;
	}

	/** Last of all: a query is what it is only when every other plugin has changed it. */
	private function hear( string $hook, callable $callback, int $priority = PHP_INT_MAX ): void {
		$this->heard[] = array( $hook, $callback, $priority );
		add_filter( $hook, $callback, $priority, 5 );
	}
}
