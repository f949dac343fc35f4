<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Limits;

/** One thing to invalidate. Mirrors contract/src/messages/target.ts. */
final class Target {

	private function __construct(
		private readonly string $kind,
		private readonly string $value
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
		foreach ( $value as $part ) {
			if ( ! is_string( $part ) || 1 !== preg_match( '//u', $part ) ) {
				return null;
			}
		}
		$names = array_keys( $value );
		sort( $names );
		$scope = $value['scope'] ?? 'path';
		return match ( $names ) {
			array( 'path' ), array( 'path', 'scope' ) => self::is_path( $value['path'] ) && in_array( $value['scope'] ?? 'page', array( 'page', 'layout' ), true )
				? new self( $scope, $value['path'] )
				: null,
			array( 'tag' ) => self::is_within( $value['tag'], Limits::TAG_CHARACTERS ) ? new self( 'tag', $value['tag'] ) : null,
			array( 'topic' ) => self::is_topic( $value['topic'] ) ? new self( 'topic', $value['topic'] ) : null,
			default => null,
		};
	}

	/** Equal for equal targets; the same text as the journal's key. */
	public function key(): string {
		return $this->kind . ' ' . $this->value;
	}

	/** @return array<string, string> */
	public function to_array(): array {
		return match ( $this->kind ) {
			'page', 'layout' => array(
				'path'  => $this->value,
				'scope' => $this->kind,
			),
			default          => array( $this->kind => $this->value ),
		};
	}

	private static function is_path( string $value ): bool {
		return str_starts_with( $value, '/' ) && self::is_within( $value, Limits::PATH_CHARACTERS );
	}

	private static function is_topic( string $value ): bool {
		return self::is_within( $value, Limits::TOPIC_CHARACTERS )
			&& 1 === preg_match( '#^[A-Za-z0-9][A-Za-z0-9._:/-]*$#D', $value );
	}

	/** Counts UTF-16 units, as the contract does: four-byte characters are two. */
	private static function is_within( string $value, int $characters ): bool {
		$length = (int) preg_match_all( '/[^\x80-\xBF]/', $value ) + (int) preg_match_all( '/[\xF0-\xF4]/', $value );
		return $length >= 1 && $length <= $characters;
	}
}
