<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use WP_REST_Server;

/** The REST API's server, as far as headers: whoever runs the tests has sent its own long ago. */
final class HeardServer extends WP_REST_Server {

	/** @var array<string, string> */
	public array $headers = array();

	/**
	 * @param string $key
	 * @param string $value
	 */
	public function send_header( $key, $value ): void {
		$this->headers[ $key ] = $value;
	}

	/** @param string $key */
	public function remove_header( $key ): void {
		unset( $this->headers[ $key ] );
	}
}
