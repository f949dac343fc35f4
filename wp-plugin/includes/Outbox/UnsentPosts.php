<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Change\Subject;
use Everypod\Limits;
use Generator;

/** Finds public posts whose last change left no event behind. */
final class UnsentPosts {

	/** What ended a post's being public says nothing of its being public again. */
	private const FAREWELLS = array( 'post.unpublished', 'post.trashed', 'post.deleted' );

	/**
	 * By either date, since publishing by cron leaves the time of modification as it was; and by id, since a new post
	 * may be dated back as far as one likes.
	 *
	 * @return Generator<int> ids, ascending
	 */
	public function find( int $from, int $until, int $above_id ): Generator {
		$last_id = 0;
		do {
			$changed = $this->changed( $from, $until, $above_id, $last_id );
			$looked  = count( $changed );
			$told_at = $this->told_at( array_keys( $changed ) );
			foreach ( $changed as $id => $changed_at ) {
				if ( $changed_at <= $until && ( $told_at[ $id ] ?? 0 ) < $changed_at ) {
					yield $id;
				}
				$last_id = $id;
			}
		} while ( Limits::POSTS_PER_LOOK === $looked );
	}

	/** @return array<int, int> when each was changed last, by id */
	private function changed( int $from, int $until, int $above_id, int $last_id ): array {
		global $wpdb;
		$types    = array_values( array_filter( get_post_types(), 'is_post_type_viewable' ) );
		$statuses = array_values( array_filter( get_post_stati(), 'is_post_status_viewable' ) );
		$dates    = array( gmdate( 'Y-m-d H:i:s', $from ), gmdate( 'Y-m-d H:i:s', $until ) );
		// phpcs:disable WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Placeholders, one for each value.
		$posts = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT ID, post_modified_gmt, post_date_gmt FROM %i
				WHERE post_type IN ( {$this->placeholders( $types )} ) AND post_status IN ( {$this->placeholders( $statuses )} ) AND ID > %d
				AND ( ID > %d OR ( post_modified_gmt > %s AND post_modified_gmt <= %s ) OR ( post_date_gmt > %s AND post_date_gmt <= %s ) )
				ORDER BY ID LIMIT %d",
				array( $wpdb->posts, ...$types, ...$statuses, $last_id, $above_id, ...$dates, ...$dates, Limits::POSTS_PER_LOOK )
			),
			ARRAY_A
		);
		// phpcs:enable
		$changed = array();
		foreach ( $posts as $post ) {
			$changed[ (int) $post['ID'] ] = max( (int) strtotime( $post['post_modified_gmt'] . ' UTC' ), (int) strtotime( $post['post_date_gmt'] . ' UTC' ) );
		}
		return $changed;
	}

	/**
	 * @param list<int> $ids
	 * @return array<int, int> when the outbox heard last of each, by id
	 */
	private function told_at( array $ids ): array {
		global $wpdb;
		if ( array() === $ids ) {
			return array();
		}
		$wanted = array( Subject::POST, ...array_map( strval( ... ), $ids ), ...self::FAREWELLS );
		$where  = "subject_kind = %s AND subject_id IN ( {$this->placeholders( $ids )} ) AND change_name NOT IN ( {$this->placeholders( self::FAREWELLS )} )";
		// phpcs:disable WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Placeholders, one for each value.
		$alone = $wpdb->get_results( $wpdb->prepare( "SELECT subject_id, MAX( created_at ) AS told_at FROM %i WHERE $where GROUP BY subject_id", array( Schema::table(), ...$wanted ) ), ARRAY_A );
		$among = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT subject_id, MAX( created_at ) AS told_at FROM ( SELECT outbox_id, subject_id FROM %i WHERE $where ) AS among
				INNER JOIN ( SELECT id, created_at FROM %i ) AS events ON events.id = among.outbox_id GROUP BY subject_id",
				array( Schema::subjects(), ...$wanted, Schema::table() )
			),
			ARRAY_A
		);
		// phpcs:enable
		$told_at = array();
		foreach ( array( ...$alone, ...$among ) as $event ) {
			$told_at[ $event['subject_id'] ] = max( $told_at[ $event['subject_id'] ] ?? 0, (int) $event['told_at'] );
		}
		return $told_at;
	}

	/** @param array<mixed> $values */
	private function placeholders( array $values ): string {
		return implode( ', ', array_fill( 0, count( $values ), '%s' ) );
	}
}
