<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Event\Part;

/** An event that the request which made it may still widen. */
final class OpenEvent {

	/**
	 * @param int                 $row_id    in the outbox
	 * @param float               $opened_at by the clock that only goes forward
	 * @param array<string, Part> $parts     what it says of whom, by the subject's key
	 */
	public function __construct(
		public readonly string $id,
		public readonly int $row_id,
		public readonly float $opened_at,
		public array $parts
	) {}
}
