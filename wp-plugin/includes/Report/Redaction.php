<?php

declare( strict_types=1 );

namespace Everypod\Report;

/** A report without addresses, for people who may see it but not the cluster's insides. */
final class Redaction {

	private const IPV4 = '/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/';

	/** Two or more groups of hex digits around a colon pair, or a long run of groups. */
	private const IPV6 = '/\[?(?:[0-9a-f]{1,4}:){1,7}(?::[0-9a-f]{1,4}){1,7}\]?(?::\d+)?|\[?(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\]?(?::\d+)?/i';

	/** @return array<string, mixed> */
	public static function of( Report $report ): array {
		$data = $report->to_array();
		$ips  = array_column( $data['pods'], 'ip' );
		// The longest first, so that no rest of one is left behind.
		$secrets = array( ...$ips, ...array_column( $data['discovery'], 'service' ) );
		usort( $secrets, static fn( string $a, string $b ) => strlen( $b ) <=> strlen( $a ) );

		foreach ( $data['pods'] as $index => $pod ) {
			if ( in_array( $pod['name'], $ips, true ) || self::without( $pod['name'], $secrets ) !== $pod['name'] ) {
				/* translators: %d: number of the pod in the list */
				$pod['name'] = sprintf( __( 'Pod %d', 'everypod' ), $index + 1 );
			}
			unset( $pod['ip'] );
			if ( isset( $pod['visits'] ) ) {
				$pod['visits']['paths'] = array_map( static fn( array $line ) => self::without_in_visit( $line, $secrets ), $pod['visits']['paths'] );
			}
			$data['pods'][ $index ] = self::without_in_reason( $pod, $secrets );
		}
		foreach ( $data['discovery'] as $index => $line ) {
			$line['service']             = '';
			$data['discovery'][ $index ] = self::without_in_reason( $line, $secrets );
		}
		return self::without_in_reason( $data, $secrets );
	}

	/**
	 * @param array<string, mixed> $data
	 * @param list<string>         $secrets
	 * @return array<string, mixed>
	 */
	private static function without_in_reason( array $data, array $secrets ): array {
		if ( isset( $data['reason'] ) ) {
			$data['reason'] = self::without( $data['reason'], $secrets );
		}
		return $data;
	}

	/**
	 * A page may lead to an address inside the cluster.
	 *
	 * @param array<string, mixed> $line
	 * @param list<string>         $secrets
	 * @return array<string, mixed>
	 */
	private static function without_in_visit( array $line, array $secrets ): array {
		if ( isset( $line['to'] ) ) {
			$line['to'] = self::without( $line['to'], $secrets );
		}
		return self::without_in_reason( $line, $secrets );
	}

	/** @param list<string> $secrets */
	private static function without( string $text, array $secrets ): string {
		$text = (string) preg_replace( array( self::IPV4, self::IPV6 ), '…', $text );
		return str_replace( array_filter( $secrets ), '…', $text );
	}
}
