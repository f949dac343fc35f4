<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use WpOrg\Requests\Transport as RequestsTransport;

/** The last station inside PHP: takes what WordPress is about to put on the wire. */
final class Transport implements RequestsTransport {

	/** @var list<array{url: string, headers: array<string, string>, data: mixed, options: array<string, mixed>}> */
	public array $sent = array();

	public function request( $url, $headers = array(), $data = array(), $options = array() ) {
		$this->sent[] = array(
			'url'     => $url,
			'headers' => $headers,
			'data'    => $data,
			'options' => $options,
		);
		return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n" . json_encode( Network::report( $headers['webhook-id'] ?? 'none' ) );
	}

	public function request_multiple( $requests, $options ) {
		return array();
	}

	public static function test( $capabilities = array() ) {
		return true;
	}
}
