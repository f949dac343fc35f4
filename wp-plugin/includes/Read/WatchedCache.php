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
		'post_meta'    => true,
		'term_meta'    => true,
		'user_meta'    => true,
		'term-queries' => true,
		'counts'       => true,
		'timeinfo'     => true,
		'calendar'     => true,
	);

	/** So begins what hooks of its own tell of. */
	private const HEARD_ELSEWHERE = '/^(?:wp_query|adjacent_post|wp_get_archives|count_user_posts):/';

	private const PARENT_OF = 'post_parent:';

	private const TERMS_OF_POSTS = '_relationships';

	public function __construct(
		public readonly object $inner,
		private readonly Reads $reads
	) {}

	public function get( mixed $key, mixed $group = 'default', mixed $force = false, mixed &$found = null ): mixed {
		$value = $this->inner->get( $key, $group, $force, $found ); // @phpstan-ignore method.notFound
		if ( 'options' === $group || ! is_string( $group ) ) {
			return $value;
		}
		if ( 'posts' === $group && is_int( $key ) ) {
			$this->reads->post( $key, is_object( $value ) ? $value : null );
		} elseif ( isset( self::GROUPS[ $group ] ) ) {
			$this->saw( $group, $key, $value );
		} elseif ( str_ends_with( $group, self::TERMS_OF_POSTS ) ) {
			$this->reads->terms_of( self::id( $key ), substr( $group, 0, -strlen( self::TERMS_OF_POSTS ) ) );
		}
		return $value;
	}

	public function get_multiple( mixed $keys, mixed $group = 'default', mixed ...$more ): mixed {
		$values = $this->inner->get_multiple( $keys, $group, ...$more ); // @phpstan-ignore method.notFound
		$this->saw_all( $group, $values );
		return $values;
	}

	public function add( mixed $key, mixed $data, mixed $group = 'default', mixed ...$more ): mixed {
		$this->saw( $group, $key, $data );
		return $this->inner->add( $key, $data, $group, ...$more ); // @phpstan-ignore method.notFound
	}

	public function add_multiple( mixed $data, mixed $group = '', mixed ...$more ): mixed {
		$this->saw_all( $group, $data );
		return $this->inner->add_multiple( $data, $group, ...$more ); // @phpstan-ignore method.notFound
	}

	public function set( mixed $key, mixed $data, mixed $group = 'default', mixed ...$more ): mixed {
		$this->saw( $group, $key, $data );
		return $this->inner->set( $key, $data, $group, ...$more ); // @phpstan-ignore method.notFound
	}

	public function set_multiple( mixed $data, mixed $group = '', mixed ...$more ): mixed {
		$this->saw_all( $group, $data );
		return $this->inner->set_multiple( $data, $group, ...$more ); // @phpstan-ignore method.notFound
	}

	/** @param array<mixed> $given */
	public function __call( string $method, array $given ): mixed {
		return $this->inner->$method( ...$given );
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
			case 'post_meta':
				$this->reads->post( self::id( $key ) );
				break;
			case 'terms':
			case 'term_meta':
				$this->reads->term( self::id( $key ), is_object( $value ) ? $value : null );
				break;
			case 'users':
			case 'user_meta':
				$user = self::id( $key );
				if ( $this->reads->has_user( $user ) || ( $user > 0 && ! PassingAuthors::is_passing() ) ) {
					$this->reads->user( $user, is_object( $value ) ? $value : null );
				}
				break;
			case 'comment':
				$this->reads->comment( self::id( $key ), is_object( $value ) ? $value : null );
				break;
			case 'post-queries':
				$this->saw_of_queries( self::text( $key ), $value );
				break;
			case 'term-queries':
				if ( false !== $value && str_starts_with( self::text( $key ), 'get_objects_in_term:' ) ) {
					$this->reads->says( Key::LIST, Key::MOVES_IN_TERMS );
				}
				break;
			case 'counts':
				if ( is_object( $value ) ) {
					$this->saw_count( self::text( $key ) );
				}
				break;
			case 'timeinfo':
				// When something changed last, of whatever type.
				if ( false !== $value ) {
					$this->reads->any_list();
					$this->reads->says( Key::COMMENTS );
				}
				break;
			case 'calendar':
				if ( false !== $value ) {
					$this->reads->says( Key::list_of_type( 'post' ), Key::option( 'start_of_week' ) );
				}
				break;
		}
	}

	private function saw_count( string $key ): void {
		list( $kind, $of ) = explode( '-', $key, 2 ) + array( '', '' );
		$post              = 'comments' === $kind ? self::id( $of ) : 0;
		match ( true ) {
			$post > 0               => $this->reads->post( $post ),
			'comments' === $kind    => $this->reads->says( Key::COMMENTS ),
			post_type_exists( $of ) => $this->reads->says( Key::list_of_type( $of ) ),
			default                 => $this->reads->says( Key::LIST ),
		};
	}

	private function saw_of_posts( string $key, mixed $value ): void {
		if ( 'all_page_ids' === $key ) {
			$this->reads->says( Key::list_of_type( 'page' ) );
			return;
		}
		// Where a query is for ids and parents alone, that is all that is kept of a post.
		$id = str_starts_with( $key, self::PARENT_OF ) ? substr( $key, strlen( self::PARENT_OF ) ) : $key;
		$this->reads->post( self::id( $id ), is_object( $value ) ? $value : null );
	}

	/**
	 * Pages by their path have a query of their own, and neighbours and archives ones that filters hear. What is not in the
	 * cache is put there once it is known.
	 */
	private function saw_of_queries( string $key, mixed $value ): void {
		if ( false === $value || 'last_changed' === $key || 1 === preg_match( self::HEARD_ELSEWHERE, $key ) ) {
			return;
		}
		// Newer ones keep beside it when it was asked for.
		$value = is_array( $value ) ? $value['data'] ?? $value : $value;
		$id    = str_starts_with( $key, 'get_page_by_path:' ) ? self::id( $value ) : 0;
		if ( $id > 0 ) {
			$this->reads->post( $id );
		} else {
			$this->reads->says( Key::LIST );
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
