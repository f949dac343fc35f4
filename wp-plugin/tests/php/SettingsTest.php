<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\Problem;
use Everypod\Settings\Connection;
use Everypod\Settings\Settings;

/** The connection to the bridge: what is taken, from where, and what is refused. */
final class SettingsTest extends TestCase {

	/** @return array<string, array{string}> */
	public static function addresses_for_the_form(): array {
		return array_map(
			static fn( string $url ) => array( $url ),
			array(
				'a name'            => 'https://bridge.example.com',
				'a port'            => 'https://bridge.example.com:8443',
				'a path'            => 'https://example.com/everypod/',
				'without TLS'       => 'http://bridge.example.com',
				'a private address' => 'http://10.0.0.5:8080',
				'another'           => 'http://192.168.1.20:30080',
				'carrier-grade NAT' => 'http://100.64.0.9:8080',
				'a cluster name'    => 'http://bridge.myapp.svc.cluster.local:8080',
				'a private IPv6'    => 'http://[fd00::5]:8080',
			)
		);
	}

	/** @dataProvider addresses_for_the_form */
	public function test_the_form_takes( string $url ): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertNull( $this->settings()->save( url: $url ) );
		self::assertSame( $url, $this->settings()->bridge_url()->value );
		self::assertSame( 'option', $this->settings()->bridge_url()->source );
		self::assertTrue( $this->settings()->connection() instanceof Connection );
	}

	/** @return array<string, array{string}> */
	public static function addresses_that_are_none(): array {
		return array_map(
			static fn( string $url ) => array( $url ),
			array(
				'words'          => 'bridge',
				'no scheme'      => 'bridge.example.com',
				'another scheme' => 'ftp://bridge.example.com',
				'a script'       => 'javascript:alert(1)',
				'no host'        => 'https://',
				'a user'         => 'https://user@bridge.example.com',
				'a password'     => 'https://user:secret@bridge.example.com',
				'a query'        => 'https://bridge.example.com/?x=1',
				'a fragment'     => 'https://bridge.example.com/#x',
				'white space'    => 'https://bridge.example.com/a b',
				'a line break'   => "https://bridge.example.com/\nx",
				'a backslash'    => 'https://bridge.example.com\\@evil.example.com',
			)
		);
	}

	/** @dataProvider addresses_that_are_none */
	public function test_neither_form_nor_constant_takes( string $url ): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertNotNull( $this->settings()->save( url: $url ) );
		self::assertFalse( get_option( Settings::URL_OPTION ) );
		$this->constants['EVERYPOD_BRIDGE_URL'] = $url;
		self::assertTrue( $this->settings()->connection() instanceof Problem );
	}

	/** @return array<string, array{string}> */
	public static function addresses_for_a_constant_only(): array {
		return array_map(
			static fn( string $url ) => array( $url ),
			array(
				'localhost'               => 'http://localhost:8080',
				'a name below it'         => 'http://bridge.localhost:8080',
				'with the root dot'       => 'http://localhost.:8080',
				'in capitals'             => 'http://LOCALHOST:8080',
				'loopback'                => 'http://127.0.0.1:8080',
				'anywhere in loopback'    => 'http://127.9.9.9:8080',
				'loopback in IPv6'        => 'http://[::1]:8080',
				'IPv4 in IPv6'            => 'http://[::ffff:127.0.0.1]:8080',
				'unspecified'             => 'http://0.0.0.0:8080',
				'a metadata service'      => 'http://169.254.169.254/latest',
				'link-local in IPv6'      => 'http://[fe80::1]:8080',
				'a name that leads there' => 'http://rebound.example.com',
			)
		);
	}

	/** @dataProvider addresses_for_a_constant_only */
	public function test_loopback_and_link_local_are_taken_from_a_constant_only( string $url ): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertStringContainsString( 'EVERYPOD_BRIDGE_URL', (string) $this->settings()->save( url: $url ) );
		$this->constants['EVERYPOD_BRIDGE_URL'] = $url;
		self::assertTrue( $this->settings()->connection() instanceof Connection );
	}

	/** @return array<string, array{string}> */
	public static function addresses_in_disguise(): array {
		return array(
			'a decimal number' => array( 'http://2130706433:8080' ),
			'hexadecimal'      => array( 'http://0x7f.0.0.1:8080' ),
			'octal'            => array( 'http://0177.0.0.1:8080' ),
			'a short form'     => array( 'http://127.1:8080' ),
		);
	}

	/** @dataProvider addresses_in_disguise */
	public function test_the_form_takes_no_address_in_disguise( string $url ): void {
		$this->constants = array();
		self::assertNotNull( $this->settings()->save( url: $url ) );
	}

	public function test_constants_win_over_the_form(): void {
		update_option( Settings::URL_OPTION, 'https://form.example.com' );
		update_option( Settings::SECRET_OPTION, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' );
		$settings = $this->settings();
		self::assertSame( array( 'https://bridge.example.com:8443', 'constant' ), array( $settings->bridge_url()->value, $settings->bridge_url()->source ) );
		self::assertSame( self::SECRET, $settings->secret()->value );
	}

	public function test_the_secret_is_kept_byte_by_byte_and_not_loaded_with_every_page(): void {
		$this->constants = array();
		$secret          = 'whsec_' . base64_encode( str_repeat( "\xfb\xff", 16 ) );
		self::assertNull( $this->settings()->save( secret: "  $secret\n" ) );
		wp_cache_flush();
		self::assertSame( $secret, $this->settings()->secret()->value );
		self::assertArrayNotHasKey( Settings::SECRET_OPTION, wp_load_alloptions() );
	}

	public function test_a_malformed_secret_is_refused_and_not_repeated(): void {
		$this->constants = array();
		$fault           = (string) $this->settings()->save( secret: 'whsec_tooshort' );
		self::assertStringContainsString( 'whsec_', $fault );
		self::assertStringNotContainsString( 'tooshort', $fault );
		self::assertFalse( get_option( Settings::SECRET_OPTION ) );
	}

	public function test_a_certificate_file_that_cannot_be_read_is_a_problem_of_the_settings(): void {
		$this->constants['EVERYPOD_CA_FILE'] = '/nowhere/ca.pem';
		$problem                             = $this->settings()->connection();
		self::assertTrue( $problem instanceof Problem );
		self::assertStringContainsString( 'EVERYPOD_CA_FILE', $problem->detail );
	}

	public function test_an_empty_field_removes_what_was_saved(): void {
		$this->constants = array();
		$this->settings()->save( url: 'https://bridge.example.com' );
		$this->settings()->save( secret: self::SECRET );
		$this->settings()->save( url: '' );
		$this->settings()->save( secret: '' );
		self::assertFalse( $this->settings()->bridge_url()->is_set() );
		self::assertFalse( $this->settings()->secret()->is_set() );
		self::assertFalse( $this->settings()->is_configured() );
	}

	public function test_a_secret_does_not_show_in_dumps(): void {
		ob_start();
		var_dump( $this->settings()->connection() );
		$dump = (string) ob_get_clean();
		self::assertStringContainsString( '(not shown)', $dump );
		self::assertStringNotContainsString( 'everypod-golden-fixture-secret', $dump );
	}
}
