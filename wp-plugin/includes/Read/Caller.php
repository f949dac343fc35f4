<?php

declare( strict_types=1 );

namespace Everypod\Read;

/** Who has called a function of core's, where no hook says so and it decides whether what was read is shown to anybody. */
final class Caller {

	/**
	 * @param string $called         a function, the nearest call of which is looked at
	 * @param int    $frames         how far up it is looked for, from whoever asks this
	 * @param bool   $with_arguments what the caller was called with
	 * @return array{string, array<mixed>} its name, with its class, and its arguments; none where the function was not found
	 */
	public static function of( string $called, int $frames, bool $with_arguments = false ): array {
		// phpcs:ignore WordPress.PHP.DevelopmentFunctions.error_log_debug_backtrace -- Nothing else says who asks.
		$stack = debug_backtrace( $with_arguments ? 0 : DEBUG_BACKTRACE_IGNORE_ARGS, $frames + 1 );
		foreach ( $stack as $at => $frame ) {
			if ( $called === $frame['function'] && ! isset( $frame['class'] ) ) {
				$caller = $stack[ $at + 1 ] ?? array();
				return array( ( isset( $caller['class'] ) ? "{$caller['class']}::" : '' ) . ( $caller['function'] ?? '' ), $caller['args'] ?? array() );
			}
		}
		return array( '', array() );
	}
}
