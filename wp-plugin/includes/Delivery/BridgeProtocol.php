<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Settings\Connection;

/**
 * Whether a bridge takes the fields of the second protocol: it says so in each of its messages. One of 0.1.0 does not, and
 * refuses an event with a field that it does not know. Mirrors contract/src/signature/protocol.ts.
 */
final class BridgeProtocol {

	/** The address of the bridge that speaks it: here every request is a process of its own. */
	public const OPTION = 'everypod_second_protocol';

	/** @param string $said in the header of a message that was believed; empty where it has none */
	public static function heard( Connection $connection, string $said ): void {
		if ( ! $connection->has_bridge() ) {
			return;
		}
		$is_second = 1 === preg_match( '/^[0-9]{1,6}$/', $said ) && (int) $said >= 2;
		if ( $is_second && ! self::is_second( $connection ) ) {
			update_option( self::OPTION, $connection->bridge_url, false );
		} elseif ( ! $is_second && self::is_second( $connection ) ) {
			self::forget();
		}
	}

	public static function is_second( Connection $connection ): bool {
		return $connection->has_bridge() && get_option( self::OPTION ) === $connection->bridge_url;
	}

	public static function forget(): void {
		delete_option( self::OPTION );
	}
}
