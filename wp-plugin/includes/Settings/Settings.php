<?php

declare( strict_types=1 );

namespace Everypod\Settings;

use Closure;
use Everypod\Delivery\AnswerTrust;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use Everypod\Event\Secret;
use Everypod\Limits;

/** The connection to the bridge, or to the pods themselves. Constants win over what the form saved. */
final class Settings {

	/** A list, since WordPress' page of all settings (options.php) shows whatever is a text. */
	public const OPTION = 'everypod_connection';

	/** Where 0.1.0 had each part, as a text. */
	public const FORMER_OPTIONS = array(
		'bridge_url' => 'everypod_bridge_url',
		'secret'     => 'everypod_secret',
	);

	/** @param Closure(string): mixed $constant the value of a constant; empty when it is not defined */
	public function __construct(
		private readonly Closure $constant,
		private readonly BridgeUrl $address
	) {}

	public static function of_this_site(): self {
		return new self(
			static fn( string $name ): mixed => defined( $name ) ? constant( $name ) : '',
			BridgeUrl::with_system_resolver()
		);
	}

	public function bridge_url(): Sourced {
		return $this->read( 'EVERYPOD_BRIDGE_URL', 'bridge_url' );
	}

	/** Its value is always the name of one: a bridge, where nothing or nothing known is set. */
	public function destination(): Sourced {
		$set = $this->read( 'EVERYPOD_DESTINATION', 'destination' );
		return null === Destination::tryFrom( $set->value ) ? new Sourced( Destination::Bridge->value, $set->source ) : $set;
	}

	public function leads_to(): Destination {
		return Destination::from( $this->destination()->value );
	}

	/** For one attempt while somebody looks on; a save waits no longer than ever. */
	public function polled_seconds(): float {
		return Destination::Bridge === $this->leads_to() ? Limits::DELIVERY_SECONDS : Limits::RELAY_SECONDS;
	}

	public function secret(): Sourced {
		return $this->read( 'EVERYPOD_SECRET', 'secret' );
	}

	public function ca_file(): Sourced {
		return $this->read( 'EVERYPOD_CA_FILE', null );
	}

	/** Whether answers say what they were made of, and events say it in the same words. */
	public function keys_are_on(): bool {
		return ! in_array( ( $this->constant )( 'EVERYPOD_KEYS' ), array( false, 'false' ), true );
	}

	/** Whether answers say them to nobody but who asks for them, as pods do. */
	public function keys_are_for_who_asks(): bool {
		return 'asked' === ( $this->constant )( 'EVERYPOD_KEYS' );
	}

	/** By what this WordPress is told from another one in the same app; empty for the only one. */
	public function site_name(): string {
		$name = ( $this->constant )( 'EVERYPOD_SITE_NAME' );
		return is_string( $name ) ? $name : '';
	}

	/** Whether somebody has set the connection up, well or badly. Until then, nothing is kept in the outbox. */
	public function is_configured(): bool {
		return $this->bridge_url()->is_set() && $this->secret()->is_set();
	}

	public function connection(): Connection|Problem {
		$wanted = $this->read( 'EVERYPOD_DESTINATION', 'destination' );
		if ( $wanted->is_by_constant() && null === Destination::tryFrom( $wanted->value ) ) {
			return new Problem( ProblemCode::BadDestination );
		}
		$to  = $this->leads_to();
		$url = $this->bridge_url();
		if ( ! $url->is_set() ) {
			return new Problem( ProblemCode::NotSetUp, __( 'The address is missing.', 'everypod' ) );
		}
		$fault = $this->address->fault_in_constant( $url->value, $to );
		if ( null !== $fault ) {
			return new Problem( ProblemCode::NotSetUp, $fault );
		}
		if ( ! $this->secret()->is_set() ) {
			return new Problem( ProblemCode::SecretNotSetUp, __( 'The secret is missing.', 'everypod' ) );
		}
		$secrets = Secret::parse_all( $this->secret()->value );
		if ( null === $secrets ) {
			return new Problem( ProblemCode::SecretNotSetUp, self::fault_in_secret() );
		}
		$ca_file = $this->ca_file()->value;
		if ( '' !== $ca_file && ! is_readable( $ca_file ) ) {
			return new Problem( ProblemCode::BadCaFile, __( 'The file that EVERYPOD_CA_FILE names can\'t be read.', 'everypod' ) );
		}
		return new Connection( BridgeUrl::normalised( $url->value, $to ), $secrets, $ca_file, $url->is_by_constant() ? null : $this->address, $to );
	}

	/** Where a person finds the address, for a sentence that sends them there. */
	public function place_of_url(): string {
		return self::place( $this->bridge_url(), 'EVERYPOD_BRIDGE_URL' );
	}

	public function place_of_secret(): string {
		return self::place( $this->secret(), 'EVERYPOD_SECRET' );
	}

	private static function place( Sourced $setting, string $constant ): string {
		return $setting->is_by_constant()
			/* translators: %s: name of a PHP constant */
			? sprintf( __( 'the constant %s in wp-config.php', 'everypod' ), $constant )
			: __( 'Settings → Everypod', 'everypod' );
	}

	/** Everyone who may look at the status page may change it, but on multisite only network administrators. */
	public function can_edit(): bool {
		return is_multisite() ? current_user_can( 'manage_network_options' ) : current_user_can( 'manage_options' );
	}

	/**
	 * Saves what the form gives: all of it, or nothing where one part is wrong.
	 *
	 * @param string|null      $url    null keeps what is saved; an empty one removes it
	 * @param string|null      $secret the same; kept byte by byte, because sanitizing would damage it
	 * @param Destination|null $to     null keeps what is saved
	 * @return string|null a sentence that says what is wrong; then nothing was saved
	 */
	public function save( ?string $url = null, ?string $secret = null, ?Destination $to = null ): ?string {
		$url    = null === $url ? null : trim( $url );
		$secret = null === $secret ? null : trim( $secret );
		// A new destination puts the saved address to another use.
		$used = $url ?? ( null === $to ? '' : $this->saved()['bridge_url'] ?? '' );
		if ( '' !== $used ) {
			$fault = $this->address->fault_in_form( $used, $this->destination()->is_by_constant() || null === $to ? $this->leads_to() : $to );
			if ( null !== $fault ) {
				return $fault;
			}
		}
		if ( null !== $secret && '' !== $secret && null === Secret::parse_all( $secret ) ) {
			return self::fault_in_secret();
		}
		$given = array(
			'bridge_url'  => $url,
			'secret'      => $secret,
			// A bridge is what nothing means.
			'destination' => Destination::Bridge === $to ? '' : $to?->value,
		);
		$saved = array_filter( array_filter( $given, is_string( ... ) ) + $this->saved() );
		if ( array() === $saved ) {
			delete_option( self::OPTION );
		} else {
			update_option( self::OPTION, $saved, false );
		}
		return null;
	}

	/**
	 * Once, after an update: each save reads these, and WordPress asks its database anew for what is not there. Secrets are not
	 * loaded with every page, but that there are none may be.
	 */
	public function load_with_all_others(): void {
		add_option( self::OPTION, array(), '', true );
		wp_set_option_autoload_values( array_fill_keys( array( AnswerTrust::OPTION, BridgeProtocol::OPTION ), true ) );
	}

	/** Once, after an update: what 0.1.0 saved stands in clear on WordPress' page of all settings. */
	public function move_former_options(): void {
		$former = array_filter( array_map( static fn( string $option ) => get_option( $option ), self::FORMER_OPTIONS ), is_string( ... ) );
		if ( array() === $former ) {
			return;
		}
		$saved = get_option( self::OPTION );
		$moved = ( is_array( $saved ) ? $saved : array() ) + $former;
		// A database that takes nothing more loses nothing, either.
		if ( $moved === $saved || update_option( self::OPTION, $moved, false ) ) {
			array_map( delete_option( ... ), self::FORMER_OPTIONS );
		}
	}

	private static function fault_in_secret(): string {
		return __( 'The secret is not well formed: it is whsec_ and then at least 24 bytes in padded base64, the same as EVERYPOD_SECRET of the bridge, or of the pods where there is none.', 'everypod' );
	}

	/** @param 'bridge_url'|'secret'|'destination'|null $saved_as null where the form has no field for it */
	private function read( string $constant, ?string $saved_as ): Sourced {
		$value = ( $this->constant )( $constant );
		$value = is_string( $value ) ? trim( $value ) : '';
		if ( '' !== $value ) {
			return new Sourced( $value, 'constant' );
		}
		$value = null === $saved_as ? '' : $this->saved()[ $saved_as ] ?? '';
		return '' === $value ? new Sourced( '', 'none' ) : new Sourced( $value, 'option' );
	}

	/** @return array<string, string> */
	private function saved(): array {
		if ( false === get_option( self::OPTION ) ) {
			$this->move_former_options();
		}
		return array_filter( (array) get_option( self::OPTION, array() ), is_string( ... ) );
	}
}
