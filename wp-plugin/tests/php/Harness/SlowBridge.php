<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

/** A real server on loopback: answers its first event late, and takes every other request without ever answering. */
final class SlowBridge {

	/** Given a report with the id left open, and the milliseconds before it is sent; 0 is never. */
	private const PROGRAM = <<<'PHP'
		$server = stream_socket_server( 'tcp://127.0.0.1:0' );
		echo stream_socket_get_name( $server, false ), "\n";
		$held = array();
		while ( $connection = stream_socket_accept( $server, 60 ) ) {
			$held[] = $connection;
			if ( 1 < count( $held ) || 0 === (int) $argv[2] ) {
				continue;
			}
			$asked = '';
			while ( ! preg_match( '/^webhook-id: (\S+)\r\n.*\}$/ims', $asked, $match ) && ! feof( $connection ) ) {
				$asked .= fread( $connection, 8192 );
			}
			usleep( 1000 * (int) $argv[2] );
			$body = str_replace( 'ID', $match[1], $argv[1] );
			fwrite( $connection, "HTTP/1.0 200 OK\r\ncontent-type: application/json\r\ncontent-length: " . strlen( $body ) . "\r\n\r\n$body" );
			fclose( $connection );
		}
		PHP;

	public readonly string $address;

	/** @var resource */
	private mixed $process;

	public function __construct( int $first_answer_ms ) {
		$command       = array( PHP_BINARY, '-r', self::PROGRAM, '--', (string) json_encode( Network::report( 'ID' ) ), (string) $first_answer_ms );
		$this->process = proc_open( $command, array( 1 => array( 'pipe', 'w' ) ), $pipes );
		$this->address = trim( (string) fgets( $pipes[1] ) );
	}

	/** Playground's PHP starts no other programs. */
	public static function can_run(): bool {
		return '' !== PHP_BINARY && function_exists( 'proc_open' ) && ! str_contains( php_uname(), 'Emscripten' );
	}

	public function end(): void {
		proc_terminate( $this->process );
		proc_close( $this->process );
	}
}
