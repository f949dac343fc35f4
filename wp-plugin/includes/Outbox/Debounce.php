<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Event\Part;
use Everypod\Limits;
use Everypod\Log;
use Everypod\Target\Target;
use Throwable;

/**
 * Meta that is written all the time, such as counters, stock and scores: the first change of a key goes at once, and those
 * of the next seconds go together once these are over. What an editor saves is never held.
 */
final class Debounce {

	/**
	 * @param Part $part as it would be told now
	 * @return int|null until when it is held; 0 where it goes at once, null where an event that is held says it already
	 */
	public static function until( Part $part, int $now ): ?int {
		$subject = $part->change->subject;
		$seconds = array();
		foreach ( array_keys( $part->change->metas ) as $key ) {
			$seconds[ $key ] = self::seconds( (string) $key, $subject->kind, $subject->id );
		}
		if ( array() === $seconds || in_array( 0, $seconds, true ) ) {
			return 0;
		}
		$longest = max( $seconds );
		$until   = array();
		foreach ( Subjects::of_meta( $subject->kind, $subject->id, $now - $longest ) as $event ) {
			$its_keys = array_intersect_key( $seconds, array_fill_keys( $event['keys'], true ) );
			if ( $event['is_open'] && $event['held_until'] > $now && count( $its_keys ) === count( $seconds ) && self::says( $event['body'], $part ) ) {
				return null;
			}
			foreach ( $its_keys as $key => $its_seconds ) {
				$sent_at       = max( $event['created_at'], $event['held_until'] );
				$until[ $key ] = max( $until[ $key ] ?? 0, $sent_at + $its_seconds );
			}
		}
		if ( array() === $until || count( $until ) < count( $seconds ) || min( $until ) <= $now ) {
			return 0;
		}
		return min( max( $until ), $now + $longest );
	}

	private static function seconds( string $key, string $kind, string $id ): int {
		try {
			/**
			 * For how long changes of one piece of meta are held after the first of them, where nothing but meta changes.
			 *
			 * @param int|false $seconds 30; 0 or false for never, and 300 at most
			 * @param string    $key     of the meta
			 * @param string    $kind    of the object: post, term or author
			 * @param string    $id      of the object
			 */
			$wanted = apply_filters( 'everypod_debounce', Limits::DEBOUNCE_SECONDS, $key, $kind, $id );
		} catch ( Throwable $thrown ) {
			Log::thrown( 'A filter on everypod_debounce', $thrown );
			$wanted = Limits::DEBOUNCE_SECONDS;
		}
		return is_scalar( $wanted ) ? max( 0, min( (int) $wanted, Limits::DEBOUNCE_MOST_SECONDS ) ) : Limits::DEBOUNCE_SECONDS;
	}

	private static function says( string $body, Part $part ): bool {
		$said = array_map( static fn( mixed $target ) => Target::parse( $target )?->key(), json_decode( $body, true )['data']['targets'] ?? array() );
		return array() === array_diff( $part->targets->keys(), $said ) || in_array( Target::whole_site()->key(), $said, true );
	}
}
