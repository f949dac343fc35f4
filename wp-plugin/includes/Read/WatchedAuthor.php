<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Closure;
use JsonSerializable;
use WP_User;

/**
 * The author of the post that is being shown, whom core puts in `$authordata` with each post, and most answers say nothing of.
 * It is theirs as it was, and tells when somebody looks.
 */
final class WatchedAuthor extends WP_User implements JsonSerializable {

	/** What WordPress keeps in properties of its own, and no `__get()` of a user is asked for. */
	private const PLAIN = array( 'data', 'caps', 'roles', 'allcaps' );

	/** Not as WordPress makes one, which reads the user anew. */
	public function __construct(
		public readonly WP_User $inner,
		private readonly Reads $reads
	) {
		$this->ID      = $inner->ID;
		$this->cap_key = $inner->cap_key;
		$this->filter  = $inner->filter;
		$site          = $inner->get_site_id();
		$of_site       = static function ( WP_User $author ) use ( $site ): void {
			$author->site_id = $site; // @phpstan-ignore property.notFound
		};
		Closure::bind( $of_site, null, WP_User::class )( $this );
		foreach ( self::PLAIN as $name ) {
			unset( $this->$name );
		}
	}

	/** @param string $key */
	public function __get( $key ): mixed {
		$this->reads->user( $this->ID );
		return $this->inner->$key;
	}

	/** @param string $key */
	public function __isset( $key ): bool {
		$this->reads->user( $this->ID );
		return isset( $this->inner->$key );
	}

	/**
	 * @param string $key
	 * @param mixed  $value
	 */
	public function __set( $key, $value ): void {
		$this->inner->$key = $value;
	}

	/** @param string $key */
	public function __unset( $key ): void {
		unset( $this->inner->$key );
	}

	/** @return array<string, mixed> */
	public function jsonSerialize(): array {
		$this->reads->user( $this->ID );
		return get_object_vars( $this->inner );
	}
}
