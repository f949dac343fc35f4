<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Event\Secret;
use Everypod\Event\Signature;
use Everypod\Tests\Harness\Transport;

/** What WordPress puts on the wire, whatever other plugins do on the way there. */
final class TransportTest extends TestCase {

	private Transport $transport;

	protected function setUp(): void {
		parent::setUp();
		$this->constants['EVERYPOD_BRIDGE_URL'] = 'http://10.0.0.5:8080/';
		$this->new_request();
		remove_filter( 'pre_http_request', array( $this->network, 'pre_http_request' ) );
		$this->transport = new Transport();
		add_action( 'requests-requests.before_request', array( $this, 'meddle' ), PHP_INT_MAX, 5 );
	}

	/** @param array<string, mixed> $options */
	public function meddle( string &$url, mixed &$headers, mixed &$data, string &$type, array &$options ): void {
		$options['transport']        = $this->transport;
		$options['verify']           = false;
		$options['timeout']          = 60;
		$options['follow_redirects'] = true;
		if ( 'POST' === $type ) {
			$data    = 'changed';
			$headers = array( 'authorization' => 'none' );
		}
	}

	public function test_the_signed_bytes_reach_a_private_address_unchanged(): void {
		add_filter( 'https_ssl_verify', '__return_false', PHP_INT_MAX );
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();

		self::assertCount( 1, $this->transport->sent );
		$sent = $this->transport->sent[0];
		self::assertSame( 'http://10.0.0.5:8080/v1/events', $sent['url'] );
		self::assertTrue( Signature::is_trusted( Secret::parse_all( self::SECRET ), $sent['headers'], $sent['data'], $this->clock->now ) );
		self::assertSame( 'applied', $this->rows()[0]->state );
	}

	public function test_one_second_to_connect_two_in_all_no_redirects_and_certificates_checked(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		$options = $this->transport->sent[0]['options'];
		self::assertSame( 1.0, $options['connect_timeout'] );
		self::assertSame( 2.0, $options['timeout'] );
		self::assertFalse( $options['follow_redirects'] );
		self::assertStringContainsString( 'ca-bundle.crt', $options['verify'] );
	}

	public function test_what_another_plugin_sends_meanwhile_is_none_of_our_business(): void {
		$sent_theirs = false;
		add_filter(
			'http_request_args',
			static function ( array $arguments ) use ( &$sent_theirs ): array {
				if ( ! $sent_theirs ) {
					$sent_theirs = true;
					wp_remote_post( 'http://10.0.0.6/', array( 'body' => 'theirs' ) );
				}
				return $arguments;
			}
		);
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->end_request();
		list( $theirs, $ours ) = $this->transport->sent;
		self::assertSame( 'changed', $theirs['data'] );
		self::assertFalse( $theirs['options']['verify'] );
		self::assertSame( $this->rows()[0]->body, $ours['data'] );
		self::assertFalse( has_action( 'http_api_curl' ) );
	}
}
