<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Change\Subject;
use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use Everypod\Outbox\Row;
use Everypod\Outbox\Subjects;
use Everypod\Report\Redaction;
use Everypod\Settings\Destination;
use Everypod\Settings\Settings;

/** Gives an outbox row the shape that the screens read (src/rest/shapes.ts). */
final class DeliveryPresenter {

	/**
	 * As one of its subjects sees it, who may be one of many: nothing of the others.
	 *
	 * @return array<string, mixed>
	 */
	public static function present_to( Row $row, string $kind, string $id, Settings $settings ): array {
		$delivery = self::present( $row, $settings );
		foreach ( Subjects::of( array( $row ) )[ $row->id ] ?? array() as $one ) {
			if ( $kind === $one['kind'] && $id === $one['id'] ) {
				$delivery['change']  = $one['change'];
				$delivery['subject'] = array_intersect_key( $one, $delivery['subject'] );
				$delivery['report']  = null === $delivery['report'] ? null : self::of_one( $delivery['report'], "wp:$kind:$id", $one['path'] );
			}
		}
		return $delivery;
	}

	/**
	 * @param list<array{kind: string, id: string, title: string, change: string, path: string}> $subjects where they are several, for who may see all
	 * @return array<string, mixed>
	 */
	public static function present( Row $row, Settings $settings, array $subjects = array() ): array {
		$sees_addresses = current_user_can( 'manage_options' );
		$is_unknown     = $row->unknown_since > 0;
		return array(
			'id'            => $row->event_id,
			'change'        => $row->change_name,
			'subject'       => array(
				'kind'  => $row->subject_kind,
				'id'    => $row->subject_id,
				'title' => $row->subject_title,
			),
			'subjects'      => array_map( static fn( array $one ) => array_diff_key( $one, array( 'path' => true ) ), $subjects ),
			'createdAt'     => self::time( $row->created_at ),
			'destination'   => self::destination( $row, $settings )->value,
			'state'         => $is_unknown ? 'unknown' : $row->state,
			'attempts'      => $row->attempts,
			'nextAttemptAt' => $row->is_waiting() ? self::time( $row->not_before ) : null,
			'unknownSince'  => $is_unknown ? self::time( $row->unknown_since ) : null,
			'problem'       => self::problem( $row )?->to_array( $sees_addresses, $settings ),
			'report'        => self::report( $row, $sees_addresses ),
			'final'         => $row->is_final || $row->is_dead(),
		);
	}

	/** A report needs `edit_post` on its subject or `manage_options`; of several, the latter. */
	public static function may_see( Row $row ): bool {
		return current_user_can( 'manage_options' )
			|| ( 1 === $row->subjects && Subject::POST === $row->subject_kind && current_user_can( 'edit_post', (int) $row->subject_id ) );
	}

	/**
	 * @param array<string, mixed> $report
	 * @return array<string, mixed>
	 */
	private static function of_one( array $report, string $tag, string $path ): array {
		$is_own            = static fn( array $named ) => ( $named['path'] ?? '' ) === $path && '' !== $path && ! isset( $named['scope'] );
		$report['targets'] = array_values( array_filter( $report['targets'], static fn( array $target ) => $is_own( $target ) || ( $target['tag'] ?? '' ) === $tag ) );
		foreach ( $report['pods'] as $nth => $pod ) {
			if ( isset( $pod['visits'] ) ) {
				$report['pods'][ $nth ]['visits']['paths'] = array_values( array_filter( $pod['visits']['paths'], $is_own ) );
			}
		}
		return $report;
	}

	/** Where it went; where it has not got anywhere yet, where it is to go now. */
	private static function destination( Row $row, Settings $settings ): Destination {
		return match ( $row->report?->is_direct() ) {
			true    => Destination::LoadBalancer,
			false   => Destination::Bridge,
			null    => $row->accepted_at > 0 ? Destination::Bridge : $settings->leads_to(),
		};
	}

	/** @return array<string, mixed>|null */
	private static function report( Row $row, bool $with_addresses ): ?array {
		if ( null === $row->report ) {
			return null;
		}
		return $with_addresses ? $row->report->to_array() : Redaction::of( $row->report );
	}

	private static function problem( Row $row ): ?Problem {
		if ( null === $row->problem && $row->report?->found_no_pods() ) {
			return new Problem( ProblemCode::NoPods, $row->report->reason() );
		}
		return $row->problem;
	}

	private static function time( int $seconds ): string {
		return gmdate( 'Y-m-d\TH:i:s\Z', $seconds );
	}
}
