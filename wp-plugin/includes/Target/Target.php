<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Limits;

/** One thing to invalidate. Mirrors contract/src/messages/target.ts. */
final class Target {

	private const SCOPES = array( 'page', 'layout' );

	/**
	 * @param string $kind     path, page, layout, tag or topic
	 * @param bool   $vanishes whether what it shows is to be seen no more, also for want of a new page
	 */
	private function __construct(
		private readonly string $kind,
		private readonly string $value,
		public readonly bool $vanishes = false
	) {}

	/** The whole site at once, for changes too wide to spell out. */
	public static function whole_site(): self {
		return new self( 'layout', '/' );
	}

	public static function path( string $path ): ?self {
		return self::parse( array( 'path' => $path ) );
	}

	public static function tag( string $tag ): ?self {
		return self::parse( array( 'tag' => $tag ) );
	}

	public static function topic( string $topic ): ?self {
		return self::parse( array( 'topic' => $topic ) );
	}

	/** Null for everything that the contract does not allow. */
	public static function parse( mixed $value ): ?self {
		if ( ! is_array( $value ) ) {
			return null;
		}
		if ( array_key_exists( 'vanishes', $value ) ) {
			$is_said = true === $value['vanishes'];
			unset( $value['vanishes'] );
			$target = self::parse( $value );
			return $is_said && 'topic' !== $target?->kind ? $target?->vanishing() : null;
		}
		foreach ( $value as $part ) {
			if ( ! is_string( $part ) || 1 !== preg_match( '//u', $part ) ) {
				return null;
			}
		}
		$names = array_keys( $value );
		sort( $names );
		$target = match ( $names ) {
			array( 'path' )          => new self( 'path', $value['path'] ),
			array( 'path', 'scope' ) => new self( in_array( $value['scope'], self::SCOPES, true ) ? $value['scope'] : '', $value['path'] ),
			array( 'tag' )           => new self( 'tag', $value['tag'] ),
			array( 'topic' )         => new self( 'topic', $value['topic'] ),
			default                  => null,
		};
		return $target?->is_allowed() ? $target : null;
	}

	/** Equal for equal targets; the same text as the journal's key. */
	public function key(): string {
		return ( $this->vanishes ? 'vanishes ' : '' ) . $this->kind . ' ' . $this->value;
	}

	/** Whether it is the address of a page. */
	public function is_page(): bool {
		return 'path' === $this->kind;
	}

	/** The same, to be seen no more; a topic stays as it is. */
	public function vanishing(): self {
		return new self( $this->kind, $this->value, 'topic' !== $this->kind );
	}

	/** For a bridge that knows of no target that vanishes. */
	public function plain(): self {
		return new self( $this->kind, $this->value );
	}

	/** @return array{path?: string, scope?: string, tag?: string, topic?: string, vanishes?: true} */
	public function to_array(): array {
		$target = match ( $this->kind ) {
			'page', 'layout' => array(
				'path'  => $this->value,
				'scope' => $this->kind,
			),
			'path'           => array( 'path' => $this->value ),
			'tag'            => array( 'tag' => $this->value ),
			default          => array( 'topic' => $this->value ),
		};
		return $this->vanishes ? $target + array( 'vanishes' => true ) : $target;
	}

	private function is_allowed(): bool {
		return match ( $this->kind ) {
			'path', 'page', 'layout' => str_starts_with( $this->value, '/' ) && $this->is_within( Limits::PATH_CHARACTERS ),
			'tag'                    => $this->is_within( Limits::TAG_CHARACTERS ),
			'topic'                  => $this->is_within( Limits::TOPIC_CHARACTERS )
				&& 1 === preg_match( '#^[A-Za-z0-9][A-Za-z0-9._:/-]*$#D', $this->value ),
			default                  => false,
		};
	}

	/** Counts UTF-16 units, as the contract does: four-byte characters are two. */
	private function is_within( int $characters ): bool {
		$length = (int) preg_match_all( '/[^\x80-\xBF]/', $this->value ) + (int) preg_match_all( '/[\xF0-\xF4]/', $this->value );
		return $length >= 1 && $length <= $characters;
	}
}
