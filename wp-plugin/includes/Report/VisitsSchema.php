<?php

declare( strict_types=1 );

namespace Everypod\Report;

use Everypod\Limits;

/** The shape of what came of visiting an event's paths on one pod. Mirrors contract/src/messages/visit.ts. */
final class VisitsSchema {

	private const COUNTS = array( 'of', 'made', 'seen', 'gone', 'failed', 'denied', 'left' );

	/** @return array<string, mixed> */
	public static function visits(): array {
		$paths = array( 'maxItems' => Limits::VISIT_LINES ) + ReportSchema::all_of( self::line() );
		return ReportSchema::closed( array_fill_keys( self::COUNTS, ReportSchema::whole_number() ) + array( 'paths' => $paths ) );
	}

	/**
	 * The result may be a word of a later bridge: a report is not lost for one path of it that can't be put in words.
	 *
	 * @return array<string, mixed>
	 */
	private static function line(): array {
		$named = array( 'minLength' => 1 ) + ReportSchema::text();
		return ReportSchema::closed(
			array(
				'path'     => $named,
				'result'   => $named,
				'servedBy' => $named,
				'to'       => ReportSchema::text(),
				'status'   => array(
					'type'    => 'integer',
					'minimum' => 100,
					'maximum' => 599,
				),
				'madeAt'   => ReportSchema::text(),
				'tries'    => ReportSchema::whole_number(),
				'reason'   => ReportSchema::text(),
			),
			array( 'servedBy', 'to', 'status', 'madeAt', 'reason' )
		);
	}
}
