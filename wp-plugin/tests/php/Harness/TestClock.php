<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use Everypod\Clock;

/** Stands still until a test moves it. */
final class TestClock implements Clock {

	public int $now = 1_764_000_000;

	/** How much every look at the watch costs; for running out of time. */
	public float $elapses = 0.0;

	private float $elapsed = 0.0;

	public function passes( float $seconds ): void {
		$this->now     += (int) $seconds;
		$this->elapsed += $seconds;
	}

	public function now(): int {
		return $this->now;
	}

	public function elapsed(): float {
		$this->elapsed += $this->elapses;
		return $this->elapsed;
	}
}
