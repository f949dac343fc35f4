<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Change\Change;
use Everypod\Delivery\Backoff;
use Everypod\Delivery\Problem;
use Everypod\Event\Event;
use Everypod\Event\Part;
use Everypod\Event\Signature;
use Everypod\Limits;
use Everypod\Report\Report;

/**
 * The table in WordPress where an event waits until the bridge has accepted it. Couriers and bridges are at it side by
 * side: whoever writes names what it has seen, and where that is no longer so, nothing is written.
 */
final class Outbox {

	/** Owns an event without a lease: nobody revises it, and every courier may take it. */
	private const FETCHING_BRIDGE = 'bridge';

	/**
	 * Adds an event. It is due after the grace of one first retry: until then, the request that made it delivers it.
	 *
	 * @param list<Part> $parts      what it is about, where that is not its subject alone
	 * @param int        $with_id    the row of the save that it ends, where that is another
	 * @param int        $held_until when it is due, where it waits for more to be said
	 * @return int|null the number of its row; null when the table can't be written
	 */
	public function add( Event $event, int $now, array $parts = array(), int $with_id = 0, int $held_until = 0 ): ?int {
		global $wpdb;
		$due = $held_until > 0 ? array(
			'not_before' => $held_until,
			'held_until' => $held_until,
		) : array();
		if ( ! self::insert(
			$event->id,
			$event->change,
			array(
				'state'   => 'waiting',
				'with_id' => $with_id,
			) + $due + self::content( $event->change, max( 1, count( $parts ) ), $event->body, $now )
		) ) {
			return null;
		}
		$id = $wpdb->insert_id;
		Subjects::write( $id, $parts, true );
		return $id;
	}

	/**
	 * Takes down that a change is not to be sent.
	 *
	 * @return bool false when the table can't be written
	 */
	public function keep( Change $change, int $now ): bool {
		$final = array(
			'state'    => 'kept',
			'is_final' => 1,
		);
		return self::insert( Signature::new_id( 'kept' ), $change, $final + self::content( $change, 1, '', $now ) );
	}

	/**
	 * Replaces what an event says, as long as nobody has begun to send it: its id stands for one body.
	 *
	 * @param int        $row_id as it was added
	 * @param list<Part> $parts      what it is about from now on
	 * @param bool       $was_listed whether its subjects stand in a list already
	 * @return bool false when it is too late
	 */
	public function revise( int $row_id, Event $event, array $parts, int $now, bool $was_listed = false ): bool {
		global $wpdb;
		$subject = $event->change->subject;
		$changed = $wpdb->update(
			Schema::table(),
			array(
				'subject_kind' => $subject->kind,
				'subject_id'   => $subject->id,
			) + self::content( $event->change, count( $parts ), $event->body, $now ),
			self::not_begun( $event->id )
		);
		// MySQL counts what is another afterwards, and none where it says the same within the same second.
		if ( 1 !== $changed && ! ( 0 === $changed && $this->is_not_begun( $event->id ) ) ) {
			return false;
		}
		Subjects::write( $row_id, $parts, ! $was_listed );
		return true;
	}

	/**
	 * Takes an event out that came to nothing, as long as nobody has begun to send it.
	 *
	 * @return bool false when it is too late
	 */
	public function withdraw( OpenEvent $own ): bool {
		global $wpdb;
		$deleted = $wpdb->delete( Schema::table(), self::not_begun( $own->id ) );
		if ( 1 === $deleted && $own->is_listed() ) {
			Subjects::write( $own->row_id, array(), false );
		}
		return 1 === $deleted;
	}

	/**
	 * Takes an event for one attempt: whoever changes the row first has it, until the lease is over.
	 *
	 * @return Row|null as it is from now on, since it may have been revised after it was read; null when another process
	 *                  has it, or it is no longer waiting
	 */
	public function claim( Row $row, string $owner, int $now ): ?Row {
		global $wpdb;
		$claimed = $wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET owner = %s, owned_until = %d, attempts = attempts + 1
				WHERE id = %d AND state = 'waiting' AND ( owner = '' OR owned_until < %d )",
				Schema::table(),
				$owner,
				$now + Limits::CLAIM_SECONDS,
				$row->id,
				$now
			)
		);
		$mine    = 1 === $claimed ? ( new Rows() )->get( $row->id ) : null;
		return $mine?->owner === $owner ? $mine : null;
	}

	/**
	 * Takes an event that this very request has written, for the first attempt: what it says is known here.
	 *
	 * @return Row|null null when it is no longer there as it was written
	 */
	public function claim_own( OpenEvent $own, string $owner, int $now ): ?Row {
		global $wpdb;
		$claimed = $wpdb->update(
			Schema::table(),
			array(
				'owner'       => $owner,
				'owned_until' => $now + Limits::CLAIM_SECONDS,
				'attempts'    => 1,
			),
			self::not_begun( $own->id )
		);
		return 1 === $claimed ? Row::of_own( $own, $owner ) : null;
	}

	/** Holds what a bridge is about to fetch to what it says. */
	public function freeze( int $made_before, int $now ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET owner = %s WHERE state = 'waiting' AND attempts = 0 AND owner = '' AND created_at <= %d AND held_until <= %d",
				Schema::table(),
				self::FETCHING_BRIDGE,
				$made_before,
				$now
			)
		);
	}

	/**
	 * A bridge that fetched it has it in its journal; the report is asked for as after a delivery.
	 *
	 * @return bool false when the table can't be written; then it still waits
	 */
	public function accept_fetched( string $event_id, int $now ): bool {
		global $wpdb;
		return false !== $wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET state = 'accepted', owner = '', failed_at = 0, problem = '', problem_detail = '', accepted_at = %d
				WHERE event_id = %s AND state IN ( 'waiting', 'dead' )",
				Schema::table(),
				$now,
				$event_id
			)
		);
	}

	/** @param Row $row as it was claimed */
	public function accept( Row $row, Report $report, int $now ): void {
		$this->update_own(
			$row,
			array(
				'owner'       => '',
				'failed_at'   => 0,
				'accepted_at' => $now,
			) + self::known( $report, $now )
		);
	}

	/**
	 * Gives an attempt's failure to the retry, or after three days gives the event up.
	 *
	 * @param Row $row as it was claimed
	 */
	public function postpone( Row $row, Problem $problem, int $now ): void {
		$gives_up = $now - $row->trying_since >= Limits::GIVE_UP_SECONDS;
		$this->update_own(
			$row,
			array(
				'owner'          => '',
				'state'          => $gives_up ? 'dead' : 'waiting',
				'failed_at'      => $problem->is_of_one_event() ? 0 : $now,
				'not_before'     => $now + Backoff::seconds( $row->attempts ),
				'problem'        => $problem->code->value,
				'problem_detail' => $problem->detail,
			)
		);
	}

	/**
	 * The bridge knows another body by this id, or does not take a word of the second protocol; under a new one, and
	 * without, the change still gets there.
	 *
	 * @param Row    $row  as it was claimed
	 * @param string $body what is sent of it from now on
	 */
	public function rename( Row $row, string $body ): void {
		$this->update_own(
			$row,
			array(
				'event_id' => Signature::new_id( 'event' ),
				'body'     => $body,
			)
		);
	}

	/** Gives an event another three days, due now. */
	public function revive( Row $row, int $now ): void {
		global $wpdb;
		$wpdb->update(
			Schema::table(),
			array(
				'state'        => 'waiting',
				'trying_since' => $now,
				'not_before'   => $now,
			),
			array(
				'id'    => $row->id,
				'state' => 'dead',
			)
		);
	}

	/** The bridge is back: what failed before need not wait its turn. */
	public function hasten( int $now ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"UPDATE %i SET not_before = %d WHERE state = 'waiting' AND failed_at > 0 AND not_before > %d",
				Schema::table(),
				$now,
				$now
			)
		);
	}

	public function learn( Row $row, Report $report, int $now ): void {
		$this->update_open( $row, self::known( $report, $now ) );
	}

	/** A look at the report that failed. */
	public function look_failed( Row $row, Problem $problem, int $now ): void {
		$this->update_open(
			$row,
			array(
				'looked_at'      => $now,
				'problem'        => $problem->code->value,
				'problem_detail' => $problem->detail,
			)
		);
	}

	public function mark_unknown( Row $row, int $since ): void {
		$this->update_open(
			$row,
			array(
				'is_final'      => 1,
				'unknown_since' => $row->unknown_since > 0 ? $row->unknown_since : $since,
			)
		);
	}

	/** Forgets what has long been finished, or kept back longer than the sweep looks; what waits or was given up stays. */
	public function prune( int $now ): void {
		global $wpdb;
		$wpdb->query(
			$wpdb->prepare(
				"DELETE FROM %i WHERE is_final = 1 AND ( created_at < %d OR ( state = 'kept' AND created_at < %d ) )",
				Schema::table(),
				$now - Limits::KEEP_FINISHED_SECONDS,
				$now - Limits::KEEP_KEPT_SECONDS
			)
		);
		Subjects::prune();
	}

	/**
	 * A table that is gone, or older than this code, is made good once; the next request takes stock of it.
	 *
	 * @param array<string, string|int> $fields
	 */
	private static function insert( string $event_id, Change $change, array $fields ): bool {
		global $wpdb;
		$row      = $fields + array(
			'event_id'       => $event_id,
			'subject_kind'   => $change->subject->kind,
			'subject_id'     => $change->subject->id,
			'problem_detail' => '',
			'report'         => '',
		);
		$formats  = array_map( static fn( string|int $value ) => is_int( $value ) ? '%d' : '%s', $row );
		$inserted = $wpdb->insert( Schema::table(), $row, $formats );
		if ( false === $inserted ) {
			Schema::distrust();
			Schema::make();
			$inserted = $wpdb->insert( Schema::table(), $row, $formats );
			// Where it can't be made, visitors aren't made to wait for it.
			false !== $inserted || Schema::ensure();
		}
		return false !== $inserted;
	}

	/** @return array<string, string|int> where nobody has begun to send it */
	private static function not_begun( string $event_id ): array {
		return array(
			'event_id' => $event_id,
			'state'    => 'waiting',
			'attempts' => 0,
			'owner'    => '',
		);
	}

	private function is_not_begun( string $event_id ): bool {
		global $wpdb;
		return null !== $wpdb->get_var( $wpdb->prepare( "SELECT id FROM %i WHERE event_id = %s AND state = 'waiting' AND attempts = 0 AND owner = ''", Schema::table(), $event_id ) );
	}

	/** @return array<string, string|int> */
	private static function content( Change $change, int $subjects, string $body, int $now ): array {
		return array(
			'created_at'    => $now,
			'trying_since'  => $now,
			'not_before'    => $now + Limits::FIRST_RETRY_SECONDS,
			'change_name'   => $change->name,
			'subject_title' => $change->subject->title,
			'subjects'      => $subjects,
			'body'          => $body,
		);
	}

	/** @return array<string, string|int> */
	private static function known( Report $report, int $now ): array {
		return array(
			'state'          => $report->state(),
			'is_final'       => (int) $report->is_final(),
			'looked_at'      => $now,
			'report'         => $report->to_json(),
			'unknown_since'  => 0,
			'problem'        => '',
			'problem_detail' => '',
		);
	}

	/**
	 * Only while it is whose it was: a bridge may have fetched it meanwhile, or the lease was over and another has it.
	 *
	 * @param array<string, string|int> $fields
	 */
	private function update_own( Row $row, array $fields ): void {
		global $wpdb;
		$wpdb->update(
			Schema::table(),
			$fields,
			array(
				'id'    => $row->id,
				'state' => 'waiting',
				'owner' => $row->owner,
			)
		);
	}

	/**
	 * Only while its end is open: a final report stands, whichever look comes back after it.
	 *
	 * @param array<string, string|int> $fields
	 */
	private function update_open( Row $row, array $fields ): void {
		global $wpdb;
		$set   = implode( ', ', array_fill( 0, count( $fields ), '%i = %s' ) );
		$pairs = array();
		foreach ( $fields as $name => $value ) {
			array_push( $pairs, $name, $value );
		}
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Placeholders, two for each field.
		$wpdb->query( $wpdb->prepare( "UPDATE %i SET $set WHERE id = %d AND ( is_final = 0 OR unknown_since > 0 )", array( Schema::table(), ...$pairs, $row->id ) ) );
	}
}
