<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;

/**
 * What was read by an answer and what then changes, row by row: an answer that is another one afterwards is told of by an event,
 * and one that stays as it is by none, but for what nobody can tell apart.
 */
abstract class ChangesTestCase extends AnswersTestCase {

	protected const GOES = 'is another one, and is told of';

	protected const STAYS = 'is the same, and is not told of';

	protected const GOES_IN_VAIN = 'is the same, and is told of';

	/** What has no key: docs/keys.md says so. */
	protected const STAYS_OLD = 'is another one, and nobody is told of it';

	abstract protected function given_what_is_asked(): void;

	/** @param array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> $rows each of which finds everything as it was */
	protected function assert_rows( array $rows ): void {
		global $wpdb;
		$this->given_what_is_asked();
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
		if ( in_array( $wanted, array( self::GOES, self::STAYS_OLD ), true ) !== ( $before !== $this->body ) ) {
			$wrong[] = "whether it is another one: $which";
		}
		if ( in_array( $wanted, array( self::GOES, self::GOES_IN_VAIN ), true ) !== $is_told ) {
			$wrong[] = "whether it is told of: $which";
		}
		return $wrong;
	}
}
