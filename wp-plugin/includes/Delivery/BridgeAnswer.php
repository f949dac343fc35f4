<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

/** What came back from the bridge: JSON, or a problem. */
final class BridgeAnswer {

	/** @param array<mixed> $json empty when there is a problem */
	private function __construct(
		public readonly array $json,
		public readonly ?Problem $problem
	) {}

	/** @param array<mixed> $json */
	public static function json( array $json ): self {
		return new self( $json, null );
	}

	public static function problem( ProblemCode $code, string $detail = '' ): self {
		return new self( array(), new Problem( $code, $detail ) );
	}
}
