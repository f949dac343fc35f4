<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Event\Part;

/** Whom events are about that are about several, each to be found by its own; and of whom they tell by which meta keys. */
final class Subjects {

	/**
	 * Replaces what is known of one event. Without it, the event still goes: panels find it by its lead alone.
	 *
	 * @param list<Part> $parts
	 */
	public static function write( int $outbox_id, array $parts, bool $is_new ): void {
		global $wpdb;
		if ( ! $is_new ) {
			$wpdb->delete( Schema::subjects(), array( 'outbox_id' => $outbox_id ) );
		}
		$lead = $parts[0] ?? null;
		if ( null === $lead || ( 1 === count( $parts ) && array() === $lead->change->metas ) ) {
			return;
		}
		$values = array();
		foreach ( $parts as $part ) {
			$subject = $part->change->subject;
			array_push( $values, $outbox_id, $subject->kind, $subject->id, $subject->title, $part->change->name, $part->own_path(), implode( "\n", array_keys( $part->change->metas ) ) );
		}
		$rows = implode( ', ', array_fill( 0, count( $parts ), '( %d, %s, %s, %s, %s, %s, %s )' ) );
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Placeholders, seven for each subject.
		$wpdb->query( $wpdb->prepare( "INSERT INTO %i ( outbox_id, subject_kind, subject_id, subject_title, change_name, own_path, meta_keys ) VALUES $rows", array( Schema::subjects(), ...$values ) ) );
	}

	/** @return int the number of the newest one's row; 0 for none */
	public static function latest_event_of( string $kind, string $id ): int {
		global $wpdb;
		return (int) $wpdb->get_var( $wpdb->prepare( 'SELECT MAX( outbox_id ) FROM %i WHERE subject_kind = %s AND subject_id = %s', Schema::subjects(), $kind, $id ) );
	}

	/**
	 * @param list<Row> $rows
	 * @return array<int, list<array{kind: string, id: string, title: string, change: string, path: string}>> by the number of the row; none for what is about one
	 */
	public static function of( array $rows ): array {
		global $wpdb;
		$ids = array_map( static fn( Row $row ) => $row->id, array_filter( $rows, static fn( Row $row ) => $row->subjects > 1 ) );
		if ( array() === $ids ) {
			return array();
		}
		$places = implode( ', ', array_fill( 0, count( $ids ), '%d' ) );
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Placeholders, one for each row.
		$found = $wpdb->get_results( $wpdb->prepare( "SELECT * FROM %i WHERE outbox_id IN ( $places ) ORDER BY id", array( Schema::subjects(), ...array_values( $ids ) ) ), ARRAY_A );
		$of    = array();
		foreach ( $found as $one ) {
			$of[ (int) $one['outbox_id'] ][] = array(
				'kind'   => (string) $one['subject_kind'],
				'id'     => (string) $one['subject_id'],
				'title'  => (string) $one['subject_title'],
				'change' => (string) $one['change_name'],
				'path'   => (string) $one['own_path'],
			);
		}
		return $of;
	}

	/**
	 * The events that told of a subject by its meta alone.
	 *
	 * @return list<array{keys: list<string>, created_at: int, held_until: int, is_open: bool, body: string}>
	 */
	public static function of_meta( string $kind, string $id, int $since ): array {
		global $wpdb;
		$found = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT told.meta_keys, events.created_at, events.held_until, events.state, events.owner, events.attempts, events.body FROM %i AS told
				INNER JOIN %i AS events ON events.id = told.outbox_id
				WHERE told.subject_kind = %s AND told.subject_id = %s AND told.meta_keys <> '' AND ( events.created_at > %d OR events.held_until > %d )",
				Schema::subjects(),
				Schema::table(),
				$kind,
				$id,
				$since,
				$since
			),
			ARRAY_A
		);
		return array_map(
			static fn( array $one ) => array(
				'keys'       => explode( "\n", (string) $one['meta_keys'] ),
				'created_at' => (int) $one['created_at'],
				'held_until' => (int) $one['held_until'],
				'is_open'    => 'waiting' === $one['state'] && '' === $one['owner'] && 0 === (int) $one['attempts'],
				'body'       => (string) $one['body'],
			),
			is_array( $found ) ? array_values( $found ) : array()
		);
	}

	public static function prune(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE outbox_id NOT IN ( SELECT id FROM %i )', Schema::subjects(), Schema::table() ) );
	}
}
