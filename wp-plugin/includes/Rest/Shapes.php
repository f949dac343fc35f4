<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Delivery\ProblemCode;
use Everypod\Report\PodsSchema;
use Everypod\Report\ReportSchema;
use Everypod\Settings\Destination;

/** The schemas of what the routes answer. The same shapes as in src/rest/shapes.ts. */
final class Shapes {

	/** @return array<string, mixed> */
	public static function post_delivery(): array {
		return self::titled(
			'everypod-post-delivery',
			array(
				'configured' => array( 'type' => 'boolean' ),
				'visible'    => array( 'type' => 'boolean' ),
				'unsent'     => array( 'type' => 'boolean' ),
				'delivery'   => self::or_null( self::delivery() ),
			)
		);
	}

	/** @return array<string, mixed> */
	public static function delivery(): array {
		return self::titled(
			'everypod-delivery',
			array(
				'id'            => ReportSchema::text(),
				'change'        => ReportSchema::text(),
				'subject'       => ReportSchema::closed(
					array(
						'kind'  => ReportSchema::text(),
						'id'    => ReportSchema::text(),
						'title' => ReportSchema::text(),
					)
				),
				'subjects'      => ReportSchema::all_of(
					ReportSchema::closed(
						array(
							'kind'   => ReportSchema::text(),
							'id'     => ReportSchema::text(),
							'title'  => ReportSchema::text(),
							'change' => ReportSchema::text(),
						)
					)
				),
				'createdAt'     => ReportSchema::text(),
				'destination'   => self::destination(),
				'state'         => ReportSchema::text( array( 'waiting', 'unknown', 'dead', ...ReportSchema::EVENT_STATES ) ),
				'attempts'      => ReportSchema::whole_number(),
				'nextAttemptAt' => array( 'type' => array( 'string', 'null' ) ),
				'unknownSince'  => array( 'type' => array( 'string', 'null' ) ),
				'problem'       => self::or_null( self::problem() ),
				'report'        => self::or_null( self::report_without_addresses() ),
				'final'         => array( 'type' => 'boolean' ),
			)
		);
	}

	/** @return array<string, mixed> */
	public static function deliveries(): array {
		return self::titled(
			'everypod-deliveries',
			array(
				'problem'    => self::or_null( self::problem() ),
				'deliveries' => ReportSchema::all_of( self::delivery() ),
				'total'      => ReportSchema::whole_number(),
				'dead'       => ReportSchema::whole_number(),
			)
		);
	}

	/** @return array<string, mixed> */
	public static function settings(): array {
		$source = ReportSchema::text( array( 'constant', 'option', 'none' ) );
		$text   = ReportSchema::closed(
			array(
				'value'  => ReportSchema::text(),
				'source' => $source,
			)
		);
		return self::titled(
			'everypod-settings',
			array(
				'destination' => ReportSchema::closed(
					array(
						'value'  => self::destination(),
						'source' => $source,
					)
				),
				'bridgeUrl'   => $text,
				'secret'      => ReportSchema::closed(
					array(
						'set'    => array( 'type' => 'boolean' ),
						'source' => $source,
					)
				),
				'caFile'      => $text,
				'canEdit'     => array( 'type' => 'boolean' ),
			)
		);
	}

	/** @return array<string, mixed> */
	public static function connection_test(): array {
		$step = ReportSchema::closed(
			array(
				'name'    => ReportSchema::text(),
				'passed'  => array( 'type' => 'boolean' ),
				'message' => ReportSchema::text(),
				'advice'  => ReportSchema::text(),
			),
			array( 'advice' )
		);
		return self::titled(
			'everypod-connection-test',
			array(
				'passed' => array( 'type' => 'boolean' ),
				'steps'  => ReportSchema::all_of( $step ),
			)
		);
	}

	/** @return array<string, mixed> */
	public static function pods(): array {
		return self::titled(
			'everypod-pods',
			array(
				'problem'      => self::or_null( self::problem() ),
				'destination'  => self::destination(),
				'pods'         => self::or_null( PodsSchema::pods() ),
				'lastDelivery' => self::or_null( self::delivery() ),
			)
		);
	}

	/** @return array<string, mixed> */
	public static function outbox(): array {
		$event = ReportSchema::closed(
			array(
				'id'   => ReportSchema::text(),
				'body' => ReportSchema::text(),
			)
		);
		return self::titled( 'everypod-outbox', array( 'events' => ReportSchema::all_of( $event ) ) );
	}

	/** @return array<string, mixed> */
	public static function outbox_accepted(): array {
		return self::titled( 'everypod-outbox-accepted', array( 'ids' => ReportSchema::all_of( ReportSchema::text() ) ) );
	}

	/** @return array<string, mixed> */
	private static function destination(): array {
		return ReportSchema::text( Destination::names() );
	}

	/** @return array<string, mixed> */
	private static function problem(): array {
		return ReportSchema::closed(
			array(
				'code'    => ReportSchema::text( array_column( ProblemCode::cases(), 'value' ) ),
				'message' => ReportSchema::text(),
				'advice'  => ReportSchema::text(),
			)
		);
	}

	/**
	 * Addresses are given to administrators only.
	 *
	 * @return array<string, mixed>
	 */
	private static function report_without_addresses(): array {
		$report = ReportSchema::report();
		$report['properties']['pods']['items']['properties']['ip']['required'] = false;
		return $report;
	}

	/**
	 * @param array<string, mixed> $schema
	 * @return array<string, mixed>
	 */
	private static function or_null( array $schema ): array {
		return array( 'type' => array( $schema['type'], 'null' ) ) + $schema;
	}

	/**
	 * @param array<string, array<string, mixed>> $properties
	 * @return array<string, mixed>
	 */
	private static function titled( string $title, array $properties ): array {
		return array( 'title' => $title ) + ReportSchema::closed( $properties );
	}
}
