<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Limits;
use Everypod\Read\Key;

/** The posts of somebody whose posts go to another: with them they leave one author's lists, and come into the other's. */
final class HandedOverTargets {

	public static function of( int $from, int $to ): Targets {
		global $wpdb;
		$types    = array_values( array_filter( get_post_types(), static fn( string $type ) => ! InnerTypes::is_written_by_machines( $type ) ) );
		$statuses = array( 'inherit', ...array_values( get_post_stati( array( 'public' => true ) ) ) );
		$places   = static fn( array $values ) => implode( ', ', array_fill( 0, count( $values ), '%s' ) );
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Placeholders, one for each type and status.
		$ids = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM %i WHERE post_author = %d AND post_type IN ( {$places( $types )} ) AND post_status IN ( {$places( $statuses )} ) LIMIT %d", array( $wpdb->posts, $from, ...$types, ...$statuses, Limits::RELATED_POSTS + 1 ) ) );
		if ( count( $ids ) > Limits::RELATED_POSTS ) {
			return Targets::of( Target::whole_site() );
		}
		$posts = array_filter( array_map( static fn( mixed $id ) => PostTargets::post( (int) $id ), $ids ) );
		return Targets::everything_without( Key::list_of_author( $to ), Key::user( $to ) )->union( AuthorTargets::of( $to ), ...array_map( PostTargets::of( ... ), array_values( $posts ) ) );
	}
}
