<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use Closure;
use Everypod\Callback;
use WP_Hook;

/** The hooks of WordPress: what loading the plugin added, and a way back to what was there before. */
final class Hooked {

	/** @var array<string, WP_Hook> */
	private static array $clean = array();

	/** @var list<string> */
	private static array $added = array();

	/** Loads the plugin once as WordPress does, takes down what it listens to, and takes it off again. */
	public static function remember( Closure $load ): void {
		self::$clean = self::copy();
		$before      = self::listed();
		$load();
		self::$added = array_values( array_diff( self::listed(), $before ) );
		self::reset();
	}

	/** @return list<string> such as "init 10 Plugin::init" */
	public static function added(): array {
		return self::$added;
	}

	public static function reset(): void {
		foreach ( array_keys( $GLOBALS['wp_filter'] ) as $name ) {
			unset( $GLOBALS['wp_filter'][ $name ] );
		}
		foreach ( self::$clean as $name => $hook ) {
			$GLOBALS['wp_filter'][ $name ] = clone $hook;
		}
	}

	/** @return array<string, WP_Hook> */
	private static function copy(): array {
		return array_map( static fn( WP_Hook $hook ) => clone $hook, $GLOBALS['wp_filter'] );
	}

	/** @return list<string> */
	private static function listed(): array {
		$lines = array();
		foreach ( $GLOBALS['wp_filter'] as $name => $hook ) {
			foreach ( $hook->callbacks as $priority => $callbacks ) {
				foreach ( $callbacks as $callback ) {
					$function = $callback['function'];
					if ( is_array( $function ) && $function[0] instanceof Callback ) {
						$lines[] = "$name $priority {$function[0]->name()}";
					} elseif ( is_array( $function ) && str_starts_with( is_object( $function[0] ) ? $function[0]::class : $function[0], 'Everypod\\' ) ) {
						$lines[] = "$name $priority is heard by $function[1] without a Callback";
					}
				}
			}
		}
		return $lines;
	}
}
