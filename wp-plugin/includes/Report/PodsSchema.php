<?php

declare( strict_types=1 );

namespace Everypod\Report;

/** The shape of the bridge's answer to `GET /v1/pods`. Mirrors contract/src/messages/pods.ts. */
final class PodsSchema {

	/** @return array<string, mixed>|null what is known of it; null for everything that is not the pods */
	public static function parse( mixed $value ): ?array {
		$pods = ReportSchema::known( $value, self::pods() );
		return true === rest_validate_value_from_schema( $pods, self::pods(), 'pods' ) ? $pods : null;
	}

	/** @return array<string, mixed> */
	public static function pods(): array {
		return ReportSchema::closed(
			array(
				'epoch'      => ReportSchema::text(),
				'head'       => ReportSchema::whole_number(),
				'discovery'  => ReportSchema::all_of( ReportSchema::discovery_line() ),
				'pods'       => ReportSchema::all_of( self::pod() ),
				'neverAsked' => ReportSchema::all_of( self::never_asked() ),
			),
			array( 'neverAsked' )
		);
	}

	/** @return array<string, mixed> */
	private static function pod(): array {
		return ReportSchema::closed(
			array(
				'ip'       => ReportSchema::text(),
				'name'     => ReportSchema::text(),
				'instance' => ReportSchema::text(),
				'cursor'   => self::cursor(),
				'settled'  => self::cursor(),
				'builtAt'  => array( 'type' => array( 'string', 'null' ) ),
				'behind'   => array( 'type' => array( 'integer', 'null' ) ),
				'lastSeen' => ReportSchema::text(),
				'live'     => array( 'type' => 'boolean' ),
				'keeps'    => ReportSchema::said(),
				'keyless'  => ReportSchema::text( array( 'none given', 'taken away', 'another host', 'not heard' ) ),
			),
			array( 'keeps', 'keyless' )
		);
	}

	/** @return array<string, mixed> */
	private static function never_asked(): array {
		return ReportSchema::closed(
			array(
				'ip'     => ReportSchema::text(),
				'name'   => ReportSchema::text(),
				'reason' => ReportSchema::text(),
			)
		);
	}

	/** @return array<string, mixed> */
	private static function cursor(): array {
		$cursor         = ReportSchema::closed(
			array(
				'epoch' => ReportSchema::text(),
				'seq'   => ReportSchema::whole_number(),
			)
		);
		$cursor['type'] = array( 'object', 'null' );
		return $cursor;
	}
}
