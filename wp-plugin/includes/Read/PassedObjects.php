<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_Comment;
use WP_Post;
use WP_Term;
use WP_User;

/**
 * What core hands to filters. Only where another object cache stands in for core's, whose functions may keep their cache to
 * themselves: there this is all that can be seen of what was read.
 */
final class PassedObjects {

	public function __construct( private readonly Reads $reads ) {}

	/** @return list<string> filters whose first argument is what was read */
	public static function first(): array {
		return array( 'the_posts', 'get_term', 'get_comment' );
	}

	/** @return list<string> filters on answers of the REST API, whose second argument is what they were made of */
	public static function prepared(): array {
		$kinds = array( ...array_values( get_post_types() ), ...array_values( get_taxonomies() ), 'comment', 'user' );
		return array_map( static fn( string $kind ) => "rest_prepare_$kind", $kinds );
	}

	public function passes( mixed $given ): mixed {
		foreach ( is_array( $given ) ? $given : array( $given ) as $one ) {
			match ( true ) {
				$one instanceof WP_Post    => $this->reads->post( $one->ID, $one ),
				$one instanceof WP_Term    => $this->reads->term( $one->term_id, $one ),
				$one instanceof WP_User    => $this->reads->user( $one->ID, $one->data ),
				$one instanceof WP_Comment => $this->reads->comment( (int) $one->comment_ID, $one ),
				default                    => null,
			};
		}
		return $given;
	}

	public function is_prepared( mixed $answer, mixed $given = null ): mixed {
		$this->passes( $given );
		return $answer;
	}
}
