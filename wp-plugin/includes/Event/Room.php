<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Delivery\BridgeProtocol;
use Everypod\Limits;
use Everypod\Settings\Connection;
use Everypod\Settings\Settings;

/** What an event may be, by who is to take it. */
final class Room {

	private function __construct(
		public readonly int $bytes,
		public readonly int $targets,
		/** Evidence, and what vanishes. */
		public readonly bool $is_second,
		/** Several subjects. */
		public readonly bool $is_third
	) {}

	/** What every bridge takes, and every pod without one. */
	public static function plain(): self {
		return new self( Limits::PLAIN_EVENT_BYTES, Limits::PLAIN_EVENT_TARGETS, false, false );
	}

	public static function of( Settings $settings ): self {
		$connection = $settings->connection();
		if ( ! $connection instanceof Connection || ! BridgeProtocol::is_second( $connection ) ) {
			return self::plain();
		}
		return BridgeProtocol::is_third( $connection )
			? new self( Limits::EVENT_BODY_BYTES, Limits::TARGETS_PER_EVENT, true, true )
			: new self( Limits::PLAIN_EVENT_BYTES, Limits::PLAIN_EVENT_TARGETS, true, false );
	}
}
