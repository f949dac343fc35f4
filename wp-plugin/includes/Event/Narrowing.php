<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Target\Target;
use Everypod\Target\Targets;
use Generator;

/** What an event may say, from all that there is to say down to the least that is still true. */
final class Narrowing {

	/**
	 * @param non-empty-list<Part> $parts
	 * @return Generator<int, array{Targets, array{words?: int, runs?: list<string>, version?: array{post: string, modified: string}}|null}>
	 */
	public static function of( array $parts, Room $room, string $event_id ): Generator {
		$own = self::own_paths( $parts );
		$all = $own->union( ...array_map( static fn( Part $part ) => $part->targets, $parts ) )->said_once();
		if ( 1 === count( $parts ) ) {
			$all = $parts[0]->targets->said_once();
		}
		$evidence = self::evidence( $parts )?->for_event( $event_id );
		if ( null !== $evidence ) {
			yield array( $all, $evidence );
		}
		yield array( $all, null );
		if ( $room->is_third ) {
			// Pages that were made from what WordPress said of itself are found by the tags that stay.
			$derived = $all->paths()->without( $own );
			yield array( $all->without( $derived ), null );
		}
		$whole = Targets::of( Target::whole_site() );
		yield array( $all->some_vanish() ? $whole->vanishing() : $whole, null );
	}

	/**
	 * The pages of the subjects themselves, which are visited before all others.
	 *
	 * @param non-empty-list<Part> $parts
	 */
	private static function own_paths( array $parts ): Targets {
		return Targets::of()->union( ...array_map( static fn( Part $part ) => $part->targets->paths()->first(), array( Part::lead( $parts ), ...$parts ) ) );
	}

	/**
	 * That of the one post, where it is about one: by the words of one page none of the others can be known.
	 *
	 * @param list<Part> $parts
	 */
	private static function evidence( array $parts ): ?Evidence {
		$posts = array_values( array_filter( $parts, static fn( Part $part ) => $part->is_of_a_post() ) );
		return 1 === count( $posts ) && ! $posts[0]->change->vanishes ? $posts[0]->evidence : null;
	}
}
