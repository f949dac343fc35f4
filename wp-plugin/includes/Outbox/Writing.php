<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Clock;
use Everypod\Event\Event;
use Everypod\Event\Filling;
use Everypod\Event\Part;
use Everypod\Event\Room;
use Everypod\Limits;
use Everypod\Log;
use Everypod\Read\HashedTags;
use Everypod\Read\SiteName;
use Everypod\Settings\Settings;

/** Writes what one request tells of one site: one event, as long as it has room and is not on its way yet. */
final class Writing {

	private ?OpenEvent $open = null;

	/** @var array<string, OpenEvent> all that were written, and are to be sent at once, by id */
	private array $events = array();

	private bool $holds_some = false;

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox $outbox,
		private readonly Clock $clock
	) {}

	/** @return list<OpenEvent> to be sent at once */
	public function events(): array {
		return array_values( $this->events );
	}

	/**
	 * @param non-empty-array<string, Part> $news by the subject's key
	 * @return bool false where something of it is in no outbox
	 */
	public function write( array $news ): bool {
		$room                   = Room::of( $this->settings );
		list( $news, $is_held ) = $this->without_held( $news, $room );
		if ( array() === $news ) {
			return $is_held;
		}
		$open = $this->open;
		if ( null !== $open && $this->clock->elapsed() - $open->opened_at > Limits::EVENT_OPEN_SECONDS ) {
			$open = null;
		}
		$groups = self::groups( $room, array_map( fn( Part $part ) => $this->told( $part, $room ), array_merge( $open->parts ?? array(), $news ) ) );
		if ( null !== $open ) {
			$now   = $this->clock->now();
			$first = array_intersect_key( array_merge( $open->parts, $news ), $groups[0] );
			$event = Event::about( array_values( $groups[0] ), $room, $now, $open->id );
			if ( $this->outbox->revise( $open->row_id, $event, array_values( $groups[0] ), $now, $open->is_listed() ) ) {
				$this->opened( new OpenEvent( $event, $open->row_id, $open->opened_at, $now, $first ) );
				array_shift( $groups );
			} else {
				// An event that is on its way stands for what it said: a wider one is an event of its own.
				$groups = self::groups( $room, array_map( fn( Part $part ) => $this->told( $part, $room ), $news ) );
			}
		}
		foreach ( $groups as $group ) {
			if ( ! $this->add( $group, $room, $news ) ) {
				return false;
			}
		}
		return $is_held;
	}

	/**
	 * Unwrites what was told of one subject, as long as nobody has begun to send it.
	 *
	 * @return bool false where it stays written
	 */
	public function take_back( string $key ): bool {
		$open = $this->open;
		if ( null === $open || ! isset( $open->parts[ $key ] ) ) {
			return false;
		}
		$parts = array_diff_key( $open->parts, array( $key => true ) );
		if ( array() === $parts ) {
			if ( ! $this->outbox->withdraw( $open ) ) {
				return false;
			}
			unset( $this->events[ $open->id ] );
			$this->open = null;
			return true;
		}
		$room  = Room::of( $this->settings );
		$now   = $this->clock->now();
		$told  = array_values( array_map( fn( Part $part ) => $this->told( $part, $room ), $parts ) );
		$event = Event::about( $told, $room, $now, $open->id );
		if ( ! $this->outbox->revise( $open->row_id, $event, $told, $now, $open->is_listed() ) ) {
			return false;
		}
		$this->opened( new OpenEvent( $event, $open->row_id, $open->opened_at, $now, $parts ) );
		return true;
	}

	public function holds_some(): bool {
		return $this->holds_some;
	}

	/**
	 * Writes what is to be held as events of their own.
	 *
	 * @param non-empty-array<string, Part> $news
	 * @return array{array<string, Part>, bool} what is not to be held, and false where something of what is can't be written
	 */
	private function without_held( array $news, Room $room ): array {
		$now   = $this->clock->now();
		$held  = array();
		$until = array();
		foreach ( array_diff_key( $news, $this->open->parts ?? array() ) as $key => $part ) {
			if ( array() === $part->change->metas ) {
				continue;
			}
			$told = $this->told( $part, $room );
			$due  = Debounce::until( $told, $now );
			if ( 0 === $due ) {
				continue;
			}
			unset( $news[ $key ] );
			$this->holds_some = true;
			if ( null !== $due ) {
				$held[ $key ]  = $told;
				$until[ $key ] = $due;
			}
		}
		foreach ( array() === $held ? array() : self::groups( $room, $held ) as $group ) {
			if ( null === $this->outbox->add( Event::about( array_values( $group ), $room, $now ), $now, array_values( $group ), held_until: min( array( ...array_values( array_intersect_key( $until, $group ) ), $now + Limits::DEBOUNCE_MOST_SECONDS ) ) ) ) {
				return array( $news, false );
			}
		}
		return array( $news, true );
	}

	/**
	 * @param non-empty-array<string, Part> $group
	 * @param array<string, Part>           $news
	 */
	private function add( array $group, Room $room, array $news ): bool {
		$now    = $this->clock->now();
		$event  = Event::about( array_values( $group ), $room, $now );
		$with   = 1 === count( $group ) ? MetaboxPass::ends( $event->change, $now ) : 0;
		$row_id = $this->outbox->add( $event, $now, array_values( $group ), $with );
		if ( null === $row_id ) {
			$lead = $event->change;
			// A save is never broken by it, but whoever reads the log must learn that the pods will not hear of it.
			Log::say( "the outbox can't be written, so {$lead->name} of {$lead->subject->key()} is not sent. Check the database and the table " . Schema::table() . '.' );
			return false;
		}
		$this->opened( new OpenEvent( $event, $row_id, $this->clock->elapsed(), $now, array_intersect_key( array_merge( $this->open->parts ?? array(), $news ), $group ) ) );
		return true;
	}

	private function opened( OpenEvent $event ): void {
		$this->open                 = $event;
		$this->events[ $event->id ] = $event;
	}

	/**
	 * As few events as they fit into.
	 *
	 * @param non-empty-array<string, Part> $parts
	 * @return non-empty-list<non-empty-array<string, Part>>
	 */
	private static function groups( Room $room, array $parts ): array {
		$groups  = array( array() );
		$filling = new Filling( $room );
		foreach ( $parts as $key => $part ) {
			if ( ! $filling->takes( $part ) ) {
				$filling = new Filling( $room );
				$filling->takes( $part );
				$groups[] = array();
			}
			$groups[ array_key_last( $groups ) ][ $key ] = $part;
		}
		return $groups;
	}

	/** In words that whoever takes it knows. */
	private function told( Part $part, Room $room ): Part {
		$says_words = HashedTags::are_told( $this->settings );
		// Pods of before there were keys have a bridge of before, too.
		$targets = $says_words && $room->is_third ? $part->targets : $part->targets->without_words();
		if ( $says_words ) {
			$targets = HashedTags::beside( $targets, $part->change->subject );
			$targets = SiteName::of( $this->settings )?->told( $targets ) ?? $targets;
		}
		$targets = match ( true ) {
			! $room->is_second      => $targets->plain(),
			$part->change->vanishes => $targets->vanishing(),
			default                 => $targets,
		};
		return new Part( $part->change, $targets, $room->is_second ? $part->evidence : null );
	}
}
