<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Closure;
use CurlHandle;
use WP_Error;

/**
 * Holds one request to what was signed, and to the addresses that were checked. Other plugins' filters see every
 * outbound request and can change it after signing, switch off the check of certificates, or allow redirects; here they
 * have no say.
 */
final class RequestSeal {

	/** What WordPress reads besides, for when a filter has lost it. */
	private const NO_MORE = array(
		'reject_unsafe_urls' => false,
		'stream'             => false,
		'filename'           => null,
		'sslcertificates'    => ABSPATH . WPINC . '/certificates/ca-bundle.crt',
	);

	/**
	 * @param array<string, mixed> $ours      the arguments of wp_remote_request
	 * @param list<string>|null    $addresses what alone may be connected to; null where that is left to the transport
	 */
	public function __construct(
		private readonly string $url,
		private readonly array $ours,
		private readonly float $connect_seconds,
		private readonly ?array $addresses
	) {}

	/**
	 * @param Closure(): (array<mixed>|WP_Error) $send
	 * @return array<mixed>|WP_Error
	 */
	public function around( Closure $send ): array|WP_Error {
		$ours = array(
			'http_request_args'                => array( $this, 'arguments' ),
			'https_ssl_verify'                 => array( $this, 'verify' ),
			'https_local_ssl_verify'           => array( $this, 'verify' ),
			'requests-requests.before_request' => array( $this, 'options' ),
			'http_api_curl'                    => array( $this, 'curl' ),
			'requests-fsockopen.remote_socket' => array( $this, 'socket' ),
		);
		foreach ( $ours as $hook => $callback ) {
			// Added just before the call, so that it runs after everything that was there already.
			add_filter( $hook, $callback, PHP_INT_MAX, 5 );
		}
		try {
			return $send();
		} finally {
			foreach ( $ours as $hook => $callback ) {
				remove_filter( $hook, $callback, PHP_INT_MAX );
			}
		}
	}

	/** @param mixed $arguments whatever the filter before this one returned */
	public function arguments( mixed $arguments, mixed $url = '' ): mixed {
		return $url === $this->url ? array_merge( self::NO_MORE, is_array( $arguments ) ? $arguments : array(), $this->ours ) : $arguments;
	}

	public function verify( mixed $verify, mixed $url = '' ): mixed {
		return $url === $this->url ? true : $verify;
	}

	/**
	 * The last that is seen of a request before either transport takes it. Also the one place where the time to
	 * connect can be set: WordPress has no argument for it.
	 *
	 * @param array<string, mixed>       $headers
	 * @param string|array<mixed>|null  $data
	 * @param array<string, mixed>       $options
	 */
	public function options( string &$url, array &$headers, mixed &$data, string &$type, array &$options ): void {
		if ( $url !== $this->url ) {
			return;
		}
		$headers                     = $this->ours['headers'];
		$data                        = $this->ours['body'];
		$type                        = $this->ours['method'];
		$options['connect_timeout']  = min( $this->connect_seconds, $this->ours['timeout'] );
		$options['timeout']          = $this->ours['timeout'];
		$options['follow_redirects'] = false;
		$options['verify']           = $this->ours['sslcertificates'] ?? ABSPATH . WPINC . '/certificates/ca-bundle.crt';
		$options['verifyname']       = true;
	}

	/** @param array<string, mixed> $arguments */
	public function curl( CurlHandle $handle, array $arguments, string $url ): void {
		if ( $url !== $this->url ) {
			return;
		}
		curl_setopt( $handle, CURLOPT_SSL_VERIFYPEER, true );
		curl_setopt( $handle, CURLOPT_SSL_VERIFYHOST, 2 );
		curl_setopt( $handle, CURLOPT_FOLLOWLOCATION, false );
		if ( 'POST' === $this->ours['method'] ) {
			curl_setopt( $handle, CURLOPT_POSTFIELDS, $this->ours['body'] );
		}
		if ( null !== $this->addresses ) {
			list( $host, $port ) = $this->place();
			$addresses           = implode( ',', array_map( self::in_brackets( ... ), $this->addresses ) );
			// cURL looks a name up with the dot of the root, or without.
			curl_setopt( $handle, CURLOPT_RESOLVE, array( "$host:$port:$addresses", "$host.:$port:$addresses" ) );
		}
	}

	/**
	 * Where PHP has no cURL. Under TLS the name has to stay, as the certificate is checked against it: whatever else
	 * answers has none for that name, and is sent nothing.
	 */
	public function socket( string &$socket ): void {
		list( $host, $port ) = $this->place();
		if ( null !== $this->addresses && in_array( strtolower( $socket ), array( "tcp://$host:$port", "tcp://$host.:$port" ), true ) ) {
			$socket = 'tcp://' . self::in_brackets( $this->addresses[0] ) . ":$port";
		}
	}

	/** @return array{string, int} the host without the dot of the root, and the port */
	private function place(): array {
		$parts = wp_parse_url( $this->url );
		$parts = is_array( $parts ) ? $parts : array();
		return array( rtrim( $parts['host'] ?? '', '.' ), $parts['port'] ?? ( 'https' === ( $parts['scheme'] ?? '' ) ? 443 : 80 ) );
	}

	private static function in_brackets( string $address ): string {
		return str_contains( $address, ':' ) ? "[$address]" : $address;
	}
}
