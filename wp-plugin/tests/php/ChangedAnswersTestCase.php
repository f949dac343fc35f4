<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Read\Key;
use Everypod\Read\SiteKey;

/**
 * Rows of an answer, a change, and what comes of it: an answer that is another one afterwards is told of by an event, and one that
 * stays as it is by none, but for what nobody can tell apart.
 */
abstract class ChangedAnswersTestCase extends AnswersTestCase {

	protected const GOES = 'is another one, and is told of';

	protected const STAYS = 'is the same, and is not told of';

	protected const GOES_IN_VAIN = 'is the same, and is told of';

	/** What has no key: docs/keys.md says so. */
	protected const STAYS_OLD = 'is another one, and nobody is told of it';

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
		if ( in_array( $wanted, array( self::GOES, self::STAYS_OLD ), true ) !== ( $before !== $this->body ) ) {
			$wrong[] = "whether it is another one: $which";
		}
		if ( in_array( $wanted, array( self::GOES, self::GOES_IN_VAIN ), true ) !== $is_told ) {
			$wrong[] = "whether it is told of: $which";
		}
		return $wrong;
	}

	protected function told_apart( string $keys ): string {
		$words = array( Key::MENU_PLACES, Key::option( 'theme_mods_' . get_stylesheet() ) );
		foreach ( array( 'avatar_default', 'date_format', 'options_phone', 'posts_per_page', 'show_on_front' ) as $name ) {
			$words[] = Key::option( $name );
		}
		foreach ( array( 'nav_menu_locations', 'custom_logo', 'custom_css_post_id', 'accent', 'width', 'shade' ) as $name ) {
			$words[] = Key::theme_mod( $name );
		}
		foreach ( array( 'main', 'side', 'foot' ) as $place ) {
			$words[] = Key::menu_place( $place );
		}
		$known = array();
		foreach ( $words as $word ) {
			$known[ 'h' . SiteKey::of_this_site()?->hash( $word ) ] = $word;
		}
		return parent::told_apart( strtr( $keys, $known ) );
	}

	/** @param array<string, mixed> $fields */
	protected static function saved( string $name, array $fields ): Closure {
		return static fn( array $ids ) => wp_update_post( array( 'ID' => $ids[ $name ] ) + $fields );
	}
}
