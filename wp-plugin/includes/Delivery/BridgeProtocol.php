<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Settings\Connection;

/**
 * Whether a bridge takes the fields of the second protocol, and the wide events of the third: it says so in each of its
 * messages. One of 0.1.0 does not, and refuses an event with a field that it does not know. Mirrors
 * contract/src/signature/protocol.ts.
 */
final class BridgeProtocol {

	/**
	 * The address of the bridge that speaks the second, after THIRD where it speaks that: here every request is a process
	 * of its own. Loaded with all others, since each save reads it.
	 */
	public const OPTION = 'everypod_second_protocol';
	private const THIRD = '3 ';

	/** @param string $said in the header of a message that was believed; empty where it has none */
	public static function heard( Connection $connection, string $said ): void {
		if ( ! $connection->has_bridge() ) {
			return;
		}
		$number = 1 === preg_match( '/^[0-9]{1,6}$/', $said ) ? (int) $said : 1;
		$known  = self::is_second( $connection ) ? get_option( self::OPTION ) : '';
		$now    = match ( true ) {
			$number >= 3 => self::THIRD . $connection->bridge_url,
			2 === $number => $connection->bridge_url,
			default => '',
		};
		if ( $now === $known ) {
			return;
		}
		if ( '' === $now ) {
			self::forget();
		} else {
			update_option( self::OPTION, $now, true );
		}
	}

	public static function is_second( Connection $connection ): bool {
		return $connection->has_bridge() && in_array( get_option( self::OPTION ), array( $connection->bridge_url, self::THIRD . $connection->bridge_url ), true );
	}

	public static function is_third( Connection $connection ): bool {
		return $connection->has_bridge() && get_option( self::OPTION ) === self::THIRD . $connection->bridge_url;
	}

	public static function forget(): void {
		delete_option( self::OPTION );
	}
}
