<?php

declare( strict_types=1 );

namespace Everypod\Read;

/** What questions are asked with, which anybody may have put together. */
final class Given {

	/** @return list<int> */
	public static function ids( mixed ...$given ): array {
		$ids = array();
		foreach ( $given as $some ) {
			$some = is_string( $some ) || is_array( $some ) ? wp_parse_list( $some ) : array( $some );
			array_push( $ids, ...array_map( intval( ... ), array_filter( $some, is_numeric( ... ) ) ) );
		}
		return array_values( array_filter( $ids, static fn( int $id ) => $id > 0 ) );
	}

	/** @return list<string> */
	public static function texts( mixed $given ): array {
		$texts = array_filter( (array) $given, is_scalar( ... ) );
		return array_values( array_filter( array_map( strval( ... ), $texts ), static fn( string $text ) => '' !== $text ) );
	}
}
