<?php

namespace Everypod\Read;

/**
 * Stands in front of WordPress's object cache while an answer is made. Every object that core reads passes it, found there
 * or brought from the database, whoever asks. It lets everything through as it is, and asks for nothing itself.
 *
 * What it calls may have types of its own, or none, and is called as WordPress calls it, which does not mind a number for
 * a text: hence this file alone is not strict. And it is short on the way that each option takes, some thousand times.
 */
final class WatchedCache {

	private const GROUPS = array(
		'posts'        => true,
		'terms'        => true,
		'users'        => true,
		'comment'      => true,
		'post-queries' => true,
		'counts'       => true,
	);

	/** So begins what WP_Query keeps, which is heard by a hook of its own. */
	private const OF_WP_QUERY = 'wp_query:';

	private const PARENT_OF = 'post_parent:';

	public function __construct(
		public readonly object $inner,
		private readonly Reads $reads
	) {}

	public function get( mixed $key, mixed $group = 'default', mixed $force = false, mixed &$found = null ): mixed {
		$value = $this->inner->get( $key, $group, $force, $found ); // @phpstan-ignore method.notFound
		if ( is_string( $group ) && isset( self::GROUPS[ $group ] ) ) {
			$this->saw( $group, $key, $value );
		}
		return $value;
	}

	public function get_multiple( mixed $keys, mixed $group = 'default', mixed ...$more ): mixed {
		$values = $this->pass( 'get_multiple', array( $keys, $group, ...$more ) );
		$this->saw_all( $group, $values );
		return $values;
	}

	public function add( mixed $key, mixed $data, mixed $group = 'default', mixed ...$more ): mixed {
		$this->saw( $group, $key, $data );
		return $this->pass( 'add', array( $key, $data, $group, ...$more ) );
	}

	public function add_multiple( mixed $data, mixed $group = '', mixed ...$more ): mixed {
		$this->saw_all( $group, $data );
		return $this->pass( 'add_multiple', array( $data, $group, ...$more ) );
	}

	public function set( mixed $key, mixed $data, mixed $group = 'default', mixed ...$more ): mixed {
		$this->saw( $group, $key, $data );
		return $this->pass( 'set', array( $key, $data, $group, ...$more ) );
	}

	public function set_multiple( mixed $data, mixed $group = '', mixed ...$more ): mixed {
		$this->saw_all( $group, $data );
		return $this->pass( 'set_multiple', array( $data, $group, ...$more ) );
	}

	/** @param array<mixed> $given */
	public function __call( string $method, array $given ): mixed {
		return $this->pass( $method, $given );
	}

	public function __get( string $name ): mixed {
		return $this->inner->$name;
	}

	public function __set( string $name, mixed $value ): void {
		$this->inner->$name = $value;
	}

	public function __isset( string $name ): bool {
		return isset( $this->inner->$name );
	}

	public function __unset( string $name ): void {
		unset( $this->inner->$name );
	}

	/** @param array<mixed> $given */
	private function pass( string $method, array $given ): mixed {
		return $this->inner->$method( ...$given );
	}

	private function saw_all( mixed $group, mixed $values ): void {
		foreach ( is_array( $values ) ? $values : array() as $key => $value ) {
			$this->saw( $group, $key, $value );
		}
	}

	private function saw( mixed $group, mixed $key, mixed $value ): void {
		switch ( is_string( $group ) ? $group : '' ) {
			case 'posts':
				$this->saw_of_posts( self::text( $key ), $value );
				break;
			case 'terms':
				$this->reads->term( self::id( $key ), is_object( $value ) ? $value : null );
				break;
			case 'users':
				$this->reads->user( self::id( $key ) );
				break;
			case 'comment':
				$this->reads->comment( self::id( $key ), is_object( $value ) ? $value : null );
				break;
			case 'post-queries':
				$this->saw_of_queries( self::text( $key ), $value );
				break;
			case 'counts':
				if ( is_object( $value ) ) {
					$this->reads->any_list();
				}
				break;
		}
	}

	private function saw_of_posts( string $key, mixed $value ): void {
		if ( 'all_page_ids' === $key ) {
			$this->reads->any_list();
			return;
		}
		// Where a query is for ids and parents alone, that is all that is kept of a post.
		$id = str_starts_with( $key, self::PARENT_OF ) ? substr( $key, strlen( self::PARENT_OF ) ) : $key;
		$this->reads->post( self::id( $id ), is_object( $value ) ? $value : null );
	}

	/**
	 * Neighbours, archives and pages by their path have queries of their own. What is not in the cache is put there once
	 * it is known.
	 */
	private function saw_of_queries( string $key, mixed $value ): void {
		if ( false === $value || 'last_changed' === $key || str_starts_with( $key, self::OF_WP_QUERY ) ) {
			return;
		}
		// Newer ones keep beside it when it was asked for.
		$value = is_array( $value ) ? $value['data'] ?? $value : $value;
		$id    = str_starts_with( $key, 'get_page_by_path:' ) ? self::id( $value ) : 0;
		if ( $id > 0 ) {
			$this->reads->post( $id );
		} else {
			$this->reads->any_list();
		}
	}

	private static function text( mixed $key ): string {
		return is_int( $key ) || is_string( $key ) ? (string) $key : '';
	}

	/** 0 of what is none: groups have other entries, too. */
	private static function id( mixed $key ): int {
		return is_int( $key ) || ( is_string( $key ) && ctype_digit( $key ) ) ? (int) $key : 0;
	}
}
