<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Event\Signature;
use Everypod\Settings\Connection;

/**
 * Whether an answer is the bridge's own, or that of a pod behind a load balancer, which always signs. Mirrors contract/src/signature/answer.ts. A bridge of 0.1.0 does not sign what it
 * answers WordPress, so that is believed of a bridge that has never signed. The next minor version believes it no longer.
 */
final class AnswerTrust {

	/** The address of the bridge that has given a signed answer: here every request is a process of its own. */
	public const OPTION = 'everypod_signed_answers';

	/**
	 * @param array<string, string> $headers of the answer, lower-case names
	 * @param string                $id      of the question
	 * @return string|null a sentence that says why it is not believed
	 */
	public function fault( Connection $connection, array $headers, string $body, int $now, string $id ): ?string {
		if ( Signature::is_trusted( $connection->secrets, $headers, Signature::answer_body( $body ), $now, $id ) ) {
			if ( $connection->has_bridge() ) {
				$this->remember( $connection );
			}
			return null;
		}
		if ( '' !== ( $headers['webhook-signature'] ?? '' ) ) {
			return $connection->has_bridge()
				? __( 'Its signature is not the bridge\'s signature of this answer.', 'everypod' )
				: __( 'Its signature is not a pod\'s signature of this answer.', 'everypod' );
		}
		if ( ! $connection->has_bridge() ) {
			return __( 'It is not signed, and pods sign their answers.', 'everypod' );
		}
		return $this->has_signed( $connection ) ? __( 'It is not signed, and this bridge signs its answers.', 'everypod' ) : null;
	}

	public static function forget(): void {
		delete_option( self::OPTION );
	}

	private function has_signed( Connection $connection ): bool {
		return get_option( self::OPTION ) === $connection->bridge_url;
	}

	private function remember( Connection $connection ): void {
		if ( ! $this->has_signed( $connection ) ) {
			update_option( self::OPTION, $connection->bridge_url, true );
		}
	}
}
