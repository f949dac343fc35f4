<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Limits;
use WP_Date_Query;
use WP_Query;

/** Of which months a list of posts is, where it is of few: none but a post of one of them, before or after, can change it. */
final class MonthBounds {

	private const FORM = '/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/D';

	/** @return list<string>|null such as 2026-11; null where it may have others */
	public static function of( WP_Query $query ): ?array {
		$asked  = $query->query_vars;
		$months = self::one( $asked['year'] ?? 0, $asked['monthnum'] ?? 0 ) ?? self::one( substr( self::digits( $asked['m'] ?? '' ), 0, 4 ), substr( self::digits( $asked['m'] ?? '' ), 4, 2 ) );
		/** @var mixed $dates false where there are none */
		$dates = $query->date_query;
		return $months ?? ( $dates instanceof WP_Date_Query && 'AND' === $dates->relation ? self::between( $dates ) : null );
	}

	/** @return list<string>|null */
	private static function between( WP_Date_Query $dates ): ?array {
		$from = '';
		$to   = '';
		foreach ( array_filter( $dates->queries, is_array( ... ) ) as $clause ) {
			if ( 'post_date' !== ( $clause['column'] ?? '' ) ) {
				continue;
			}
			$month = '=' === ( $clause['compare'] ?? '' ) ? self::one( $clause['year'] ?? 0, $clause['month'] ?? $clause['monthnum'] ?? 0 ) : null;
			if ( null !== $month ) {
				return $month;
			}
			$is_inclusive = ! empty( $clause['inclusive'] );
			$after        = empty( $clause['after'] ) ? '' : self::moment( $dates->build_mysql_datetime( $clause['after'], ! $is_inclusive ) );
			$before       = empty( $clause['before'] ) ? '' : self::moment( $dates->build_mysql_datetime( $clause['before'], $is_inclusive ), $is_inclusive ? 0 : 1 );
			$from         = max( $from, $after );
			$to           = '' === $to || ( '' !== $before && $before < $to ) ? $before : $to;
		}
		return '' === $from || '' === $to ? null : self::all( substr( $from, 0, 7 ), substr( $to, 0, 7 ) );
	}

	/** Empty where it is none. */
	private static function moment( mixed $date, int $less_seconds = 0 ): string {
		return is_string( $date ) && 1 === preg_match( self::FORM, $date ) ? gmdate( 'Y-m-d H:i:s', (int) strtotime( "$date UTC" ) - $less_seconds ) : '';
	}

	/** @return list<string>|null */
	private static function one( mixed $year, mixed $month ): ?array {
		$is_one = is_numeric( $year ) && is_numeric( $month ) && (int) $year > 0 && (int) $month >= 1 && (int) $month <= 12;
		return $is_one ? array( sprintf( '%04d-%02d', (int) $year, (int) $month ) ) : null;
	}

	/** @return list<string>|null null where these are too many; the one it begins with where it ends before that */
	private static function all( string $from, string $to ): ?array {
		$months = array( $from );
		while ( end( $months ) < $to ) {
			if ( count( $months ) >= Limits::MONTHS_PER_LIST ) {
				return null;
			}
			$months[] = gmdate( 'Y-m', (int) strtotime( end( $months ) . '-01 UTC +1 month' ) );
		}
		return $months;
	}

	private static function digits( mixed $given ): string {
		return is_scalar( $given ) ? (string) preg_replace( '/\D/', '', (string) $given ) : '';
	}
}
