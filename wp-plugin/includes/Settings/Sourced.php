<?php

declare( strict_types=1 );

namespace Everypod\Settings;

/** A setting's value, and where it comes from. */
final class Sourced {

	/** @param 'constant'|'option'|'none' $source */
	public function __construct(
		public readonly string $value,
		public readonly string $source
	) {}

	public function is_set(): bool {
		return 'none' !== $this->source;
	}

	public function is_by_constant(): bool {
		return 'constant' === $this->source;
	}
}
