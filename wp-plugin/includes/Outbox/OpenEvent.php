<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Event\Event;
use Everypod\Event\Part;

/** An event as the request that made it has written it last. The newest of a request may still be widened. */
final class OpenEvent {

	public readonly string $id;

	/**
	 * @param int                 $row_id     in the outbox
	 * @param float               $opened_at  by the clock that only goes forward
	 * @param int                 $written_at when it was written last
	 * @param array<string, Part> $parts      what it says of whom, by the subject's key
	 */
	public function __construct(
		public readonly Event $event,
		public readonly int $row_id,
		public readonly float $opened_at,
		public readonly int $written_at,
		public readonly array $parts
	) {
		$this->id = $event->id;
	}

	/** Whether its subjects stand in a list of their own. */
	public function is_listed(): bool {
		return count( $this->parts ) > 1 || array() !== array_filter( $this->parts, static fn( Part $part ) => array() !== $part->change->metas );
	}
}
