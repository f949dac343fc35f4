<?php

declare( strict_types=1 );

namespace Everypod\Report;

/**
 * The shape of a report: what the bridge must answer and what our own routes give. Mirrors
 * contract/src/messages/report.ts.
 */
final class ReportSchema {

	public const EVENT_STATES = array( 'accepted', 'applied', 'settled' );
	public const POD_STATES   = array( 'asked', 'applied', 'behind', 'refused', 'failed', 'unreachable', 'starting', 'gone', 'told' );
	/** Mirrors contract/src/messages/settled.ts. */
	public const SETTLED_WAYS = array( 'drained', 'capped', 'second pass' );

	/** @return array<string, mixed> */
	public static function report(): array {
		return self::closed(
			array(
				'id'         => self::text(),
				'state'      => self::text( self::EVENT_STATES ),
				'final'      => array( 'type' => 'boolean' ),
				'seq'        => self::whole_number(),
				'acceptedAt' => self::text(),
				'targets'    => self::all_of( self::target() ),
				'discovery'  => self::all_of( self::discovery_line() ),
				'pods'       => self::all_of( self::pod_line() ),
				'counts'     => self::closed(
					array_fill_keys( array( 'pods', 'settled', ...self::POD_STATES ), self::whole_number() ),
					// A bridge of before that word counts none.
					array( 'told' )
				),
				'reason'     => self::text(),
			),
			array( 'reason' )
		);
	}

	/** @return array<string, mixed> */
	public static function discovery_line(): array {
		return self::closed(
			array(
				'service'   => self::text(),
				'addresses' => self::whole_number(),
				'ms'        => self::whole_number(),
				'stale'     => array( 'type' => 'boolean' ),
				'reason'    => self::text(),
			),
			array( 'stale', 'reason' )
		);
	}

	/** @return array<string, mixed> */
	public static function target(): array {
		return array(
			'type'                 => 'object',
			'properties'           => array(
				'path'     => self::text(),
				'scope'    => self::text( array( 'page', 'layout' ) ),
				'tag'      => self::text(),
				'topic'    => self::text(),
				'vanishes' => array( 'type' => 'boolean' ),
			),
			'additionalProperties' => false,
		);
	}

	/**
	 * What is known of a message: keys that a later bridge adds fall away, so that they hinder nothing and go no further.
	 *
	 * @param array<string, mixed> $schema
	 */
	public static function known( mixed $value, array $schema ): mixed {
		if ( ! is_array( $value ) ) {
			return $value;
		}
		if ( isset( $schema['items'] ) ) {
			return array_map( static fn( mixed $item ) => self::known( $item, $schema['items'] ), $value );
		}
		$known = array_intersect_key( $value, $schema['properties'] ?? $value );
		foreach ( $known as $name => $property ) {
			$known[ $name ] = self::known( $property, $schema['properties'][ $name ] ?? array() );
		}
		return $known;
	}

	/**
	 * @param array<string, array<string, mixed>> $properties
	 * @param list<string>                        $optional
	 * @return array<string, mixed>
	 */
	public static function closed( array $properties, array $optional = array() ): array {
		foreach ( $properties as $name => $property ) {
			$properties[ $name ]['required'] = ! in_array( $name, $optional, true );
		}
		return array(
			'type'                 => 'object',
			'properties'           => $properties,
			'additionalProperties' => false,
		);
	}

	/**
	 * @param array<string, mixed> $item
	 * @return array<string, mixed>
	 */
	public static function all_of( array $item ): array {
		return array(
			'type'  => 'array',
			'items' => $item,
		);
	}

	/**
	 * @param list<string>|null $values
	 * @return array<string, mixed>
	 */
	public static function text( ?array $values = null ): array {
		return null === $values ? array( 'type' => 'string' ) : array(
			'type' => 'string',
			'enum' => $values,
		);
	}

	/** @return array<string, mixed> */
	public static function whole_number(): array {
		return array(
			'type'    => 'integer',
			'minimum' => 0,
		);
	}

	/** @return array<string, mixed> true, or left out */
	public static function said(): array {
		return array(
			'type' => 'boolean',
			'enum' => array( true ),
		);
	}

	/** @return array<string, mixed> */
	private static function pod_line(): array {
		return self::closed(
			array(
				'name'       => self::text(),
				'ip'         => self::text(),
				'instance'   => self::text(),
				'state'      => self::text( self::POD_STATES ),
				'ms'         => self::whole_number(),
				'attempts'   => self::whole_number(),
				'reason'     => self::text(),
				'caughtUpAt' => self::text(),
				'settledAt'  => self::text(),
				'how'        => self::text( self::SETTLED_WAYS ),
				'held'       => self::held(),
				'keeps'      => self::said(),
				'visits'     => VisitsSchema::visits(),
			),
			array( 'reason', 'caughtUpAt', 'settledAt', 'how', 'held', 'keeps', 'visits' )
		);
	}

	/** @return array<string, mixed> renders that a pod did not wait for any longer */
	private static function held(): array {
		$render = self::closed(
			array(
				'path'  => self::text(),
				'forMs' => self::whole_number(),
			)
		);
		return self::closed(
			array(
				'renders' => array( 'minItems' => 1 ) + self::all_of( $render ),
				'more'    => self::whole_number(),
			),
			array( 'more' )
		);
	}
}
