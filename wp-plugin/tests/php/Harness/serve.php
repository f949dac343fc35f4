<?php
/**
 * A server of its own process, on loopback: told by JSON what it is, it prints its port and serves until it is ended.
 *
 * @package Everypod
 */

declare( strict_types=1 );

require_once __DIR__ . '/Network.php';
require_once __DIR__ . '/Pod.php';
foreach ( array( 'Limits', 'Event/Secret', 'Event/Signature' ) as $file ) {
	require_once dirname( __DIR__, 3 ) . "/includes/$file.php";
}

use Everypod\Tests\Harness\Network;
use Everypod\Tests\Harness\Pod;

( static function ( string $told ): void {
	$is      = json_decode( $told, true );
	$context = stream_context_create( array( 'ssl' => array( 'local_cert' => $is['certificate'] ?? null ) ) );
	$listens = stream_socket_server( 'tcp://' . $is['address'] . ':0', $number, $words, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context );
	if ( false === $listens ) {
		exit( 1 );
	}
	echo preg_replace( '/.*:/', '', (string) stream_socket_get_name( $listens, false ) ), "\n";

	while ( true ) {
		$caller = @stream_socket_accept( $listens, 60 ); // phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged
		if ( false === $caller ) {
			continue;
		}
		file_put_contents( $is['log'], "connected\n", FILE_APPEND );
		usleep( ( $is['slow_ms'] ?? 0 ) * 1_000 );
		// phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged
		if ( isset( $is['certificate'] ) && true !== @stream_socket_enable_crypto( $caller, true, STREAM_CRYPTO_METHOD_TLS_SERVER ) ) {
			fclose( $caller );
			continue;
		}
		stream_set_timeout( $caller, 5 );
		$line    = rtrim( (string) fgets( $caller ) );
		$headers = array();
		$header  = rtrim( (string) fgets( $caller ) );
		while ( '' !== $header ) {
			list( $name, $value )           = explode( ':', $header, 2 );
			$headers[ strtolower( $name ) ] = trim( $value );
			$header                         = rtrim( (string) fgets( $caller ) );
		}
		$length = (int) ( $headers['content-length'] ?? 0 );
		$body   = $length > 0 ? (string) stream_get_contents( $caller, $length ) : '';
		file_put_contents( $is['log'], "$line\n", FILE_APPEND );

		list( $method, $path ) = explode( ' ', "$line  " );
		$request               = array( 'method' => $method, 'url' => "http://bridge$path", 'headers' => $headers, 'body' => $body );
		$answer                = isset( $is['pod'] ) ? Pod::answer( $request, $is['pod'] ) : Network::as_bridge( $request );
		$lines                 = '';
		foreach ( $answer['headers'] as $name => $value ) {
			$lines .= "$name: $value\r\n";
		}
		fwrite( $caller, "HTTP/1.1 {$answer['response']['code']} OK\r\ncontent-type: application/json\r\n{$lines}connection: close\r\n\r\n{$answer['body']}" );
		fclose( $caller );
	}
} )( $argv[1] );
