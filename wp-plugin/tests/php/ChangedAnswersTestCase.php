<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;

/**
 * Rows of an answer, a change, and what comes of it: an answer that is another one afterwards is told of by an event, and one that
 * stays as it is by none, but for what nobody can tell apart.
 */
abstract class ChangedAnswersTestCase extends AnswersTestCase {

	protected const GOES = 'is another one, and is told of';

	protected const STAYS = 'is the same, and is not told of';

	protected const GOES_IN_VAIN = 'is the same, and is told of';

	protected function setUp(): void {
		parent::setUp();
		// Whoever takes no words is told of everything, which would pass for any row.
		$this->given_a_bridge_of_the_third_protocol();
	}

	/** Beside those of all tests. */
	abstract protected function given_other_endpoints(): void;

	/** @param array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> $rows each of which finds everything as it was */
	protected function assert_rows( array $rows ): void {
		global $wpdb;
		$this->given_endpoints();
		$this->given_other_endpoints();
		$wpdb->query( 'SAVEPOINT row_of_a_table' );
		$wrong = array();
		foreach ( $rows as $name => list( $path, $query, $change, $wanted ) ) {
			$wrong = array( ...$wrong, ...array_map( static fn( string $what ) => "$name: $what", $this->row( $path, $query, $change, $wanted ) ) );
			$wpdb->query( 'ROLLBACK TO SAVEPOINT row_of_a_table' );
			wp_cache_flush();
		}
		self::assertSame( array(), $wrong );
	}

	/**
	 * @param array<string, string>               $query
	 * @param Closure(array<string, int>): mixed $change
	 * @return list<string> what is not as it should be
	 */
	private function row( string $path, array $query, Closure $change, string $wanted ): array {
		wp_cache_flush();
		$path   = $this->filled( $path );
		$query  = array_map( $this->filled( ... ), $query );
		$said   = (string) $this->answer( $path, $query );
		$before = $this->body;
		$this->forget();
		// As a request of its own, whose cache knows nothing.
		wp_cache_flush();
		$change( $this->ids );
		$this->plugin->quiet->shutdown();
		$events  = $this->keys_of_events();
		$is_told = array() !== array_intersect( explode( ',', $said ), $events ) || in_array( 'layout /', $this->targets(), true );
		wp_cache_flush();
		$this->answer( $path, $query );
		$which = 'said ' . $this->told_apart( $said ) . 'and told ' . $this->told_apart( implode( ',', $events ) ) . 'of ' . substr( $before, 0, 300 ) . ' and ' . substr( $this->body, 0, 300 );
		$wrong = array();
		if ( ( self::GOES === $wanted ) !== ( $before !== $this->body ) ) {
			$wrong[] = "whether it is another one: $which";
		}
		if ( ( self::STAYS !== $wanted ) !== $is_told ) {
			$wrong[] = "whether it is told of: $which";
		}
		return $wrong;
	}
}
