<?php

declare( strict_types=1 );

namespace Everypod\Settings;

use Closure;
use Everypod\Delivery\Problem;
use Everypod\Event\Secret;

/** The connection to the bridge. Constants win over what the form saved. */
final class Settings {

	public const URL_OPTION    = 'everypod_bridge_url';
	public const SECRET_OPTION = 'everypod_secret';

	/** @param Closure(string): string $constant the value of a constant; empty when it is not defined */
	public function __construct(
		private readonly Closure $constant,
		private readonly BridgeUrl $address
	) {}

	public static function of_this_site(): self {
		return new self(
			static function ( string $name ): string {
				$value = defined( $name ) ? constant( $name ) : '';
				return is_string( $value ) ? $value : '';
			},
			BridgeUrl::with_system_resolver()
		);
	}

	public function bridge_url(): Sourced {
		return $this->read( 'EVERYPOD_BRIDGE_URL', self::URL_OPTION );
	}

	public function secret(): Sourced {
		return $this->read( 'EVERYPOD_SECRET', self::SECRET_OPTION );
	}

	public function ca_file(): Sourced {
		return $this->read( 'EVERYPOD_CA_FILE', null );
	}

	/** Whether somebody has set the connection up, well or badly. Until then, nothing is kept in the outbox. */
	public function is_configured(): bool {
		return $this->bridge_url()->is_set() && $this->secret()->is_set();
	}

	public function connection(): Connection|Problem {
		$url = $this->bridge_url();
		if ( ! $url->is_set() ) {
			return Problem::not_set_up( __( 'The address of the bridge is missing.', 'everypod' ) );
		}
		$fault = $this->address->fault_in_constant( $url->value );
		if ( null !== $fault ) {
			return Problem::not_set_up( $fault );
		}
		if ( ! $this->secret()->is_set() ) {
			return Problem::not_set_up( __( 'The secret is missing.', 'everypod' ) );
		}
		$secrets = Secret::parse_all( $this->secret()->value );
		if ( null === $secrets ) {
			return Problem::not_set_up( self::fault_in_secret() );
		}
		$ca_file = $this->ca_file()->value;
		if ( '' !== $ca_file && ! is_readable( $ca_file ) ) {
			return Problem::not_set_up( __( 'The file that EVERYPOD_CA_FILE names can\'t be read.', 'everypod' ) );
		}
		return new Connection( untrailingslashit( $url->value ), $secrets, $ca_file );
	}

	/** Everyone who may look at the status page may change it, but on multisite only network administrators. */
	public function can_edit(): bool {
		return is_multisite() ? current_user_can( 'manage_network_options' ) : current_user_can( 'manage_options' );
	}

	/**
	 * Saves what the form gives: all of it, or nothing where one part is wrong.
	 *
	 * @param string|null $url    null keeps what is saved; an empty one removes it
	 * @param string|null $secret the same; kept byte by byte, because sanitizing would damage it
	 * @return string|null a sentence that says what is wrong; then nothing was saved
	 */
	public function save( ?string $url = null, ?string $secret = null ): ?string {
		$url    = null === $url ? null : trim( $url );
		$secret = null === $secret ? null : trim( $secret );
		if ( null !== $url && '' !== $url ) {
			$fault = $this->address->fault_in_form( $url );
			if ( null !== $fault ) {
				return $fault;
			}
		}
		if ( null !== $secret && '' !== $secret && null === Secret::parse_all( $secret ) ) {
			return self::fault_in_secret();
		}
		if ( null !== $url ) {
			$this->write( self::URL_OPTION, $url );
		}
		if ( null !== $secret ) {
			$this->write( self::SECRET_OPTION, $secret );
		}
		return null;
	}

	private static function fault_in_secret(): string {
		return __( 'The secret is not well formed: it is whsec_ and then at least 24 bytes in padded base64, the same as the bridge\'s EVERYPOD_SECRET.', 'everypod' );
	}

	private function read( string $constant, ?string $option ): Sourced {
		$value = trim( ( $this->constant )( $constant ) );
		if ( '' !== $value ) {
			return new Sourced( $value, 'constant' );
		}
		$value = null === $option ? '' : get_option( $option, '' );
		return is_string( $value ) && '' !== $value ? new Sourced( $value, 'option' ) : new Sourced( '', 'none' );
	}

	private function write( string $option, string $value ): void {
		if ( '' === $value ) {
			delete_option( $option );
		} else {
			update_option( $option, $value, false );
		}
	}
}
