<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Limits;
use Everypod\Target\Targets;

/** One event while it is put together: as many parts as have room in it. */
final class Filling {

	/** @var list<Part> */
	private array $parts = array();
	private Targets $targets;
	private int $bytes = Limits::EVENT_FRAME_BYTES;

	public function __construct( private readonly Room $room ) {
		$this->targets = Targets::of();
	}

	/** @return bool false where it has no room for this one; the first always has, be it too wide for any event */
	public function takes( Part $part ): bool {
		$more    = $part->targets->without( $this->targets );
		$subject = $part->change->subject;
		$bytes   = $this->bytes + $more->bytes() + strlen( (string) json_encode( array( $subject->kind, $subject->id, $subject->title, $part->change->name ), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE ) ) + 40;
		$is_full = count( $this->parts ) >= Limits::SUBJECTS_PER_EVENT || $bytes > $this->room->bytes || $this->targets->count() + $more->count() > $this->room->targets;
		if ( $is_full && array() !== $this->parts ) {
			return false;
		}
		$this->parts[] = $part;
		$this->targets = $this->targets->union( $more );
		$this->bytes   = $bytes;
		return true;
	}

	/** @return list<Part> */
	public function parts(): array {
		return $this->parts;
	}
}
