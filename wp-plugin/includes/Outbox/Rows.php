<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Limits;

/** Reads the outbox, but for what was kept back: of that only the sweep and "Revalidate now" want to know. */
final class Rows {

	public function find( string $event_id ): ?Row {
		global $wpdb;
		return $this->first( $wpdb->prepare( "SELECT * FROM %i WHERE event_id = %s AND state <> 'kept'", Schema::table(), $event_id ) );
	}

	public function get( int $id ): ?Row {
		global $wpdb;
		return $this->first( $wpdb->prepare( 'SELECT * FROM %i WHERE id = %d', Schema::table(), $id ) );
	}

	/** The newest event that is about a subject, be it one of many. */
	public function latest_of( string $subject_kind, string $subject_id ): ?Row {
		global $wpdb;
		$alone = $this->first(
			$wpdb->prepare(
				"SELECT * FROM %i WHERE state <> 'kept' AND subject_kind = %s AND subject_id = %s ORDER BY id DESC LIMIT 1",
				Schema::table(),
				$subject_kind,
				$subject_id
			)
		);
		$among = Subjects::latest_event_of( $subject_kind, $subject_id );
		return $among > ( $alone->id ?? 0 ) ? $this->get( $among ) : $alone;
	}

	/** The newest delivery of which it is known what pods answered. */
	public function latest_with_report(): ?Row {
		global $wpdb;
		return $this->first( $wpdb->prepare( "SELECT * FROM %i WHERE report <> '' ORDER BY id DESC LIMIT 1", Schema::table() ) );
	}

	/** When a subject was last changed so, sent or kept back; 0 for never. */
	public function last_made( string $subject_kind, string $subject_id, string $change_name ): int {
		global $wpdb;
		return (int) $wpdb->get_var(
			$wpdb->prepare(
				'SELECT MAX( created_at ) FROM %i WHERE subject_kind = %s AND subject_id = %s AND change_name = %s',
				Schema::table(),
				$subject_kind,
				$subject_id,
				$change_name
			)
		);
	}

	/** @return list<Row> oldest first */
	public function due( int $now ): array {
		global $wpdb;
		return $this->all(
			$wpdb->prepare(
				"SELECT * FROM %i WHERE state = 'waiting' AND not_before <= %d ORDER BY id LIMIT %d",
				Schema::table(),
				$now,
				Limits::ROWS_PER_PASS
			)
		);
	}

	/** @return list<Row> accepted ones whose report can still change, and that nobody looked at lately */
	public function unresolved( int $now ): array {
		global $wpdb;
		return $this->all(
			$wpdb->prepare(
				'SELECT * FROM %i WHERE is_final = 0 AND accepted_at > 0 AND looked_at <= %d ORDER BY looked_at LIMIT %d',
				Schema::table(),
				$now - Limits::LOOK_SECONDS,
				Limits::ROWS_PER_PASS
			)
		);
	}

	/** @return list<Row> what waits, oldest first, for a bridge that fetches it */
	public function waiting( int $made_before, int $now ): array {
		global $wpdb;
		return $this->all(
			$wpdb->prepare(
				"SELECT * FROM %i WHERE state = 'waiting' AND created_at <= %d AND held_until <= %d ORDER BY id LIMIT %d",
				Schema::table(),
				$made_before,
				$now,
				Limits::OUTBOX_EVENTS
			)
		);
	}

	/**
	 * What a request wants to know before it sends its own.
	 *
	 * @param list<int> $own numbers of their rows
	 * @return array{failed_at: int, next_due: int|null} when the bridge failed last of what waits, and when the next of what waits beside them is due
	 */
	public function outlook( array $own ): array {
		global $wpdb;
		$places = implode( ', ', array_fill( 0, count( $own ) + 1, '%d' ) );
		$row    = $wpdb->get_row(
			$wpdb->prepare(
				// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Placeholders, one for each row.
				"SELECT MAX( failed_at ) AS failed_at, MIN( CASE WHEN id IN ( $places ) THEN NULL ELSE not_before END ) AS next_due FROM %i WHERE state = 'waiting'",
				array( 0, ...$own, Schema::table() )
			),
			ARRAY_A
		);
		return array(
			'failed_at' => (int) ( $row['failed_at'] ?? 0 ),
			'next_due'  => isset( $row['next_due'] ) ? (int) $row['next_due'] : null,
		);
	}

	/** When the next waiting event is due; null when none waits. */
	public function next_due(): ?int {
		global $wpdb;
		$due = $wpdb->get_var( $wpdb->prepare( "SELECT MIN(not_before) FROM %i WHERE state = 'waiting'", Schema::table() ) );
		return null === $due ? null : (int) $due;
	}

	/**
	 * What was given up first, then the newest. A save that was followed by its metaboxes stands in their line.
	 *
	 * @return list<Row>
	 */
	public function page( int $page, int $per_page ): array {
		global $wpdb;
		return $this->all(
			$wpdb->prepare(
				"SELECT * FROM %i WHERE state <> 'kept' AND ( state = 'dead' OR id NOT IN ( SELECT with_id FROM %i WHERE with_id > 0 ) )
				ORDER BY CASE WHEN state = 'dead' THEN 0 ELSE 1 END, id DESC LIMIT %d OFFSET %d",
				Schema::table(),
				Schema::table(),
				$per_page,
				( $page - 1 ) * $per_page
			)
		);
	}

	public function count(): int {
		global $wpdb;
		return (int) $wpdb->get_var(
			$wpdb->prepare(
				"SELECT COUNT(*) FROM %i WHERE state <> 'kept' AND ( state = 'dead' OR id NOT IN ( SELECT with_id FROM %i WHERE with_id > 0 ) )",
				Schema::table(),
				Schema::table()
			)
		);
	}

	public function count_dead(): int {
		global $wpdb;
		return (int) $wpdb->get_var( $wpdb->prepare( "SELECT COUNT(*) FROM %i WHERE state = 'dead'", Schema::table() ) );
	}

	private function first( string $sql ): ?Row {
		return $this->all( $sql )[0] ?? null;
	}

	/** @return list<Row> */
	private function all( string $sql ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.PreparedSQL.NotPrepared -- Prepared by the callers.
		$rows = $wpdb->get_results( $sql, ARRAY_A );
		return array_map( Row::of( ... ), is_array( $rows ) ? array_values( $rows ) : array() );
	}
}
