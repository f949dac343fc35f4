<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\Problem;
use Everypod\Settings\Connection;
use Everypod\Settings\Settings;

/**
 * The connection to the bridge: what is taken, from where, and what is refused.
 *
 * @group every-php
 */
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
		self::assertFalse( get_option( Settings::OPTION ) );
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
	public static function other_forms_of_a_near_address(): array {
		return array_map(
			static fn( string $host ) => array( "http://$host:8080" ),
			array(
				'A19 mapped, in hexadecimal'          => '[::ffff:7f00:1]',
				'A19 mapped, a metadata service'      => '[::ffff:169.254.169.254]',
				'A19 compatible'                      => '[::127.0.0.1]',
				'A19 translated'                      => '[::ffff:0:127.0.0.1]',
				'A19 NAT64'                           => '[64:ff9b::7f00:1]',
				'A19 NAT64, link-local'               => '[64:ff9b::a9fe:a9fe]',
				'A19 a NAT64 of one\'s own, /96'      => '[64:ff9b:1::7f00:1]',
				'A19 a NAT64 of one\'s own, /48'      => '[64:ff9b:1:7f00:0:100::]',
				'A19 a NAT64 of one\'s own, /56'      => '[64:ff9b:1:7f:0:1::]',
				'A19 a NAT64 of one\'s own, /64'      => '[64:ff9b:1:0:7f:0:100::]',
				'A19 6to4'                            => '[2002:7f00:1::]',
				'A19 6to4, link-local'                => '[2002:a9fe:a9fe::1]',
				'A19 Teredo, its server'              => '[2001:0:7f00:1::5]',
				'A19 Teredo, its client'              => '[2001:0:cb00:7109::80ff:fffe]',
				'A19 ISATAP'                          => '[2001:db8::5efe:7f00:1]',
				'A19 ISATAP, marked as public'        => '[2001:db8::200:5efe:7f00:1]',
				'A19 unspecified in IPv6'             => '[::]',
				'A19 loopback written out'            => '[0:0:0:0:0:0:0:1]',
				'A19 link-local to its end'           => '[febf:ffff::1]',
				'A19 unspecified'                     => '0.0.0.0',
				'A19 anywhere in "this network"'      => '0.1.2.3',
				'A19 with the root\'s dot'            => '127.0.0.1.',
				'A19 localhost with dots and capital' => 'LocalHost..',
				'A19 a name with a near IPv6'         => 'rebound6.example.com',
				'A19 a name with a far one, too'      => 'both.example.com',
			)
		);
	}

	/** @dataProvider other_forms_of_a_near_address */
	public function test_a19_the_form_takes_no_near_address_in_any_form( string $url ): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertStringContainsString( 'EVERYPOD_BRIDGE_URL', (string) $this->settings()->save( url: $url ) );
		self::assertFalse( get_option( Settings::OPTION ) );
		$this->constants['EVERYPOD_BRIDGE_URL'] = $url;
		self::assertTrue( $this->settings()->connection() instanceof Connection );
	}

	/** @return array<string, array{string}> */
	public static function far_addresses_that_look_near(): array {
		return array_map(
			static fn( string $host ) => array( "http://$host:8080" ),
			array(
				'A19 NAT64 of a public address' => '[64:ff9b::cb00:7109]',
				'A19 a NAT64 of one\'s own'     => '[64:ff9b:1::cb00:7109]',
				'A19 6to4 of a public address'  => '[2002:cb00:7109::1]',
				'A19 mapped, private'           => '[::ffff:10.0.0.5]',
				'A19 127 further on'            => '10.127.0.1',
				'A19 a global address'          => '[2001:db8::7f00:1]',
				'A19 a name with an underscore' => 'my_bridge',
			)
		);
	}

	/** @dataProvider far_addresses_that_look_near */
	public function test_a19_the_form_takes_what_only_looks_near( string $url ): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertNull( $this->settings()->save( url: $url ) );
	}

	/** @return array<string, array{string}> */
	public static function hosts_that_programs_read_differently(): array {
		return array_map(
			static fn( string $url ) => array( $url ),
			array(
				'A19 percent signs'           => 'http://%31%32%37.0.0.1:8080',
				'A19 a percent sign in words' => 'http://%6cocalhost:8080',
				'A19 full width'              => 'http://１２７.0.0.1:8080',
				'A19 an ideographic stop'     => 'http://127。0。0。1:8080',
				'A19 letters in circles'      => 'http://ⓛocalhost:8080',
				'A19 accents'                 => 'http://brücke.example.com',
				'A19 a zone id'               => 'http://[fe80::1%25eth0]:8080',
				'A19 a zone id on loopback'   => 'http://[::1%25lo]:8080',
				'A19 no IPv6 in brackets'     => 'http://[localhost]:8080',
				'A19 IPv6 without brackets'   => 'http://::1:8080',
				'A19 zero'                    => 'http://0:8080',
				'A19 hexadecimal in one'      => 'http://0x7f000001:8080',
				'A19 octal in one'            => 'http://017700000001:8080',
				'A19 a short octal form'      => 'http://0177.1:8080',
				'A19 a last part of bits'     => 'http://127.0.0.0x1:8080',
				'A19 too large a number'      => 'http://4294967297:8080',
				'A19 a null byte'             => "http://127.0.0.1\x00.example.com",
			)
		);
	}

	/** @dataProvider hosts_that_programs_read_differently */
	public function test_a19_the_form_takes_no_host_that_programs_read_differently( string $url ): void {
		$this->constants = array();
		self::assertNotNull( $this->settings()->save( url: $url ) );
		self::assertFalse( get_option( Settings::OPTION ) );
	}

	/** @return array<string, array{string, string}> */
	public static function addresses_in_capitals(): array {
		return array(
			'A19 the scheme' => array( 'HTTP://bridge.example.com', 'http://bridge.example.com' ),
			'A19 all of it'  => array( 'HTTPS://Bridge.Example.COM:8443/Everypod/', 'https://bridge.example.com:8443/Everypod' ),
		);
	}

	/** @dataProvider addresses_in_capitals */
	public function test_a19_scheme_and_host_in_capitals_are_the_same_address( string $url, string $same ): void {
		$this->constants = array( 'EVERYPOD_SECRET' => self::SECRET );
		self::assertNull( $this->settings()->save( url: $url ) );
		self::assertSame( $same, $this->settings()->connection()->bridge_url );
		$this->constants['EVERYPOD_BRIDGE_URL'] = $url;
		self::assertSame( $same, $this->settings()->connection()->bridge_url );
		self::assertStringContainsString( 'EVERYPOD_BRIDGE_URL', (string) $this->settings()->save( url: 'HTTP://LOCALHOST' ) );
	}

	/** @return array<string, array{callable(): string}> */
	public static function places_that_show_options(): array {
		return array(
			'A19 all settings (options.php)'  => array( self::all_settings( ... ) ),
			'A19 a site\'s settings, network' => array( self::site_settings( ... ) ),
			'A19 the REST API\'s settings'    => array( static fn() => (string) json_encode( rest_do_request( '/wp/v2/settings' )->get_data() ) ),
			'A19 our own settings'            => array( static fn() => (string) json_encode( rest_do_request( '/everypod/v1/settings' )->get_data() ) ),
			'A19 an export'                   => array( static fn() => self::export() ),
		);
	}

	/**
	 * @dataProvider places_that_show_options
	 * @param callable(): string $show
	 */
	public function test_a19_no_place_in_wordpress_shows_the_secret_that_was_saved( callable $show ): void {
		$this->constants = array();
		update_option( Settings::FORMER_OPTIONS['bridge_url'], 'https://bridge.example.com' );
		update_option( Settings::FORMER_OPTIONS['secret'], self::SECRET );
		\Everypod\Outbox\Schema::distrust();
		$this->new_request();
		$this->plugin->init();
		self::assertSame( array( 'https://bridge.example.com', self::SECRET ), array( $this->settings()->bridge_url()->value, $this->settings()->secret()->value ) );
		$shown = $show();
		self::assertGreaterThan( 1, strlen( $shown ) );
		self::assertStringNotContainsString( substr( self::SECRET, 6 ), $shown );
	}

	public function test_a19_what_0_1_0_saved_is_moved_also_where_a_constant_wins_over_it(): void {
		update_option( Settings::FORMER_OPTIONS['secret'], self::SECRET );
		update_option( Settings::OPTION, array( 'bridge_url' => 'https://new.example.com' ) );
		$this->settings()->move_former_options();
		self::assertSame( array( 'bridge_url' => 'https://new.example.com', 'secret' => self::SECRET ), get_option( Settings::OPTION ) );
		self::assertFalse( get_option( Settings::FORMER_OPTIONS['secret'] ) );
	}

	public function test_a19_a_connection_that_is_not_a_list_of_texts_counts_as_none(): void {
		$this->constants = array();
		foreach ( array( 'words', array( 'secret' => array( 'x' ), 'bridge_url' => 7 ), 5 ) as $broken ) {
			update_option( Settings::OPTION, $broken );
			self::assertFalse( $this->settings()->is_configured() );
		}
		self::assertNull( $this->settings()->save( secret: self::SECRET ) );
		self::assertSame( array( 'secret' => self::SECRET ), get_option( Settings::OPTION ) );
	}

	/** @return array<string, array{array<string, string>, array<string, string>, string, string}> */
	public static function faults_and_where_they_are_mended(): array {
		$url    = 'https://bridge.example.com';
		$secret = self::SECRET;
		return array(
			'A19 no address'                => array( array( 'EVERYPOD_SECRET' => $secret ), array(), 'Settings → Everypod', 'wp-config.php' ),
			'A19 a wrong address, constant' => array( array( 'EVERYPOD_BRIDGE_URL' => 'bridge', 'EVERYPOD_SECRET' => $secret ), array(), 'EVERYPOD_BRIDGE_URL', 'Settings →' ),
			'A19 a wrong secret, constant'  => array( array( 'EVERYPOD_BRIDGE_URL' => $url, 'EVERYPOD_SECRET' => 'password' ), array(), 'EVERYPOD_SECRET', 'Settings →' ),
			'A19 no secret, the rest fixed' => array( array( 'EVERYPOD_BRIDGE_URL' => $url ), array(), 'Settings → Everypod', 'wp-config.php' ),
			'A19 a CA file nobody can read' => array( array( 'EVERYPOD_CA_FILE' => '/nowhere/ca.pem' ), array( 'bridge_url' => $url, 'secret' => $secret ), 'EVERYPOD_CA_FILE', 'Settings →' ),
		);
	}

	/**
	 * @dataProvider faults_and_where_they_are_mended
	 * @param array<string, string> $constants
	 * @param array<string, string> $saved
	 */
	public function test_a19_advice_names_the_place_that_sets_it( array $constants, array $saved, string $place, string $not_this_one ): void {
		$this->constants = $constants;
		update_option( Settings::OPTION, $saved );
		$problem = $this->settings()->connection();
		self::assertTrue( $problem instanceof Problem );
		self::assertStringContainsString( $place, $problem->advice( $this->settings() ) );
		self::assertStringNotContainsString( $not_this_one, $problem->advice( $this->settings() ) );
	}

	public function test_a19_no_advice_sends_a_person_to_the_form_where_constants_set_everything(): void {
		$this->constants['EVERYPOD_CA_FILE'] = __FILE__;
		foreach ( \Everypod\Delivery\ProblemCode::cases() as $code ) {
			self::assertStringNotContainsString( 'Settings →', ( new Problem( $code ) )->advice( $this->settings() ), $code->value );
		}
	}

	/** What core's page prints, without its head and foot. */
	private static function all_settings(): string {
		return self::printed( 'options.php', '<form name="form" action="options.php"', '</form>' );
	}

	private static function site_settings(): string {
		return self::printed( 'network/site-settings.php', '<table class="form-table"', '</table>' );
	}

	private static function printed( string $page, string $from, string $to ): string {
		global $wpdb;
		$source = (string) file_get_contents( ABSPATH . "wp-admin/$page" );
		$start  = (int) strpos( $source, $from );
		$file   = (string) tempnam( sys_get_temp_dir(), 'page' );
		file_put_contents( $file, substr( $source, $start, strrpos( $source, $to ) + strlen( $to ) - $start ) );
		$options_to_update = array();
		$id                = 1;
		$is_main_site      = true;
		ob_start();
		require $file;
		unlink( $file );
		return (string) ob_get_clean();
	}

	private static function export(): string {
		require_once ABSPATH . 'wp-admin/includes/export.php';
		ob_start();
		// Its headers come too late here.
		@export_wp(); // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged
		return (string) ob_get_clean();
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
		update_option( Settings::OPTION, array( 'bridge_url' => 'https://form.example.com', 'secret' => 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' ) );
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
		self::assertArrayNotHasKey( Settings::OPTION, wp_load_alloptions() );
	}

	public function test_a_malformed_secret_is_refused_and_not_repeated(): void {
		$this->constants = array();
		$fault           = (string) $this->settings()->save( secret: 'whsec_tooshort' );
		self::assertStringContainsString( 'whsec_', $fault );
		self::assertStringNotContainsString( 'tooshort', $fault );
		self::assertFalse( get_option( Settings::OPTION ) );
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
