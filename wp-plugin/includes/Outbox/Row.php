<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use Everypod\Limits;
use Everypod\Report\Report;

/** One event in the outbox, with what is known of it. Times are seconds since 1970; 0 is never. */
final class Row {

	/** @param 'waiting'|'dead'|'kept'|'accepted'|'applied'|'settled' $state */
	private function __construct(
		public readonly int $id,
		public readonly string $event_id,
		public readonly string $change_name,
		public readonly string $subject_kind,
		public readonly string $subject_id,
		public readonly string $subject_title,
		public readonly string $body,
		public readonly string $owner,
		public readonly string $state,
		public readonly bool $is_final,
		public readonly int $created_at,
		public readonly int $trying_since,
		public readonly int $attempts,
		public readonly int $not_before,
		public readonly int $accepted_at,
		public readonly int $looked_at,
		public readonly int $unknown_since,
		public readonly int $held_until,
		public readonly int $subjects,
		public readonly int $with_id,
		public readonly ?Problem $problem,
		public readonly ?Report $report
	) {}

	/** @param array<string, mixed> $fields as the database returns them */
	public static function of( array $fields ): self {
		$code = ProblemCode::tryFrom( (string) $fields['problem'] );
		return new self(
			id: (int) $fields['id'],
			event_id: (string) $fields['event_id'],
			change_name: (string) $fields['change_name'],
			subject_kind: (string) $fields['subject_kind'],
			subject_id: (string) $fields['subject_id'],
			subject_title: (string) $fields['subject_title'],
			body: (string) $fields['body'],
			owner: (string) $fields['owner'],
			state: $fields['state'],
			is_final: '1' === (string) $fields['is_final'],
			created_at: (int) $fields['created_at'],
			trying_since: (int) $fields['trying_since'],
			attempts: (int) $fields['attempts'],
			not_before: (int) $fields['not_before'],
			accepted_at: (int) $fields['accepted_at'],
			looked_at: (int) $fields['looked_at'],
			unknown_since: (int) $fields['unknown_since'],
			held_until: (int) $fields['held_until'],
			subjects: (int) $fields['subjects'],
			with_id: (int) $fields['with_id'],
			problem: $code ? new Problem( $code, (string) $fields['problem_detail'] ) : null,
			report: Report::stored( (string) $fields['report'] )
		);
	}

	/** As it is once the request that wrote it has claimed it. */
	public static function of_own( OpenEvent $own, string $owner ): self {
		$change = $own->event->change;
		return self::of(
			array(
				'id'             => $own->row_id,
				'event_id'       => $own->id,
				'change_name'    => $change->name,
				'subject_kind'   => $change->subject->kind,
				'subject_id'     => $change->subject->id,
				'subject_title'  => $change->subject->title,
				'body'           => $own->event->body,
				'owner'          => $owner,
				'state'          => 'waiting',
				'is_final'       => 0,
				'created_at'     => $own->written_at,
				'trying_since'   => $own->written_at,
				'attempts'       => 1,
				'not_before'     => $own->written_at + Limits::FIRST_RETRY_SECONDS,
				'accepted_at'    => 0,
				'looked_at'      => 0,
				'unknown_since'  => 0,
				'held_until'     => 0,
				'subjects'       => count( $own->parts ),
				'with_id'        => 0,
				'problem'        => '',
				'problem_detail' => '',
				'report'         => '',
			)
		);
	}

	public function is_waiting(): bool {
		return 'waiting' === $this->state;
	}

	/** Given up: nobody tries it any more until somebody asks for that. */
	public function is_dead(): bool {
		return 'dead' === $this->state;
	}

	public function is_unresolved(): bool {
		return $this->accepted_at > 0 && ! $this->is_final;
	}
}
