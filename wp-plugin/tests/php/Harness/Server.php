<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use PHPUnit\Framework\TestCase as PHPUnitTestCase;
use RuntimeException;

/** A bridge, or a pod, that listens on loopback, in a process of its own: slow, or with a certificate, as it is told. */
final class Server {

	/** @var resource */
	private $process;

	public readonly int $port;

	private readonly string $log;

	/** @param array{address?: string, certificate?: string, slow_ms?: int, pod?: array<string, mixed>} $is */
	public function __construct( array $is = array() ) {
		$this->log     = (string) tempnam( sys_get_temp_dir(), 'everypod-server' );
		$told          = (string) json_encode( $is + array( 'address' => '127.0.0.1', 'log' => $this->log ) );
		$process       = proc_open( array( PHP_BINARY, __DIR__ . '/serve.php', $told ), array( 1 => array( 'pipe', 'w' ) ), $pipes );
		$this->process = $process ?: throw new RuntimeException( 'no process' );
		$this->port    = (int) fgets( $pipes[1] );
	}

	/** Playground's PHP has no processes, and its network no loopback. */
	public static function can_run(): bool {
		return class_exists( PHPUnitTestCase::class );
	}

	/** @return list<string> "connected", and "POST /v1/events HTTP/1.1", in order */
	public function saw(): array {
		return array_values( array_filter( explode( "\n", (string) file_get_contents( $this->log ) ) ) );
	}

	public function stop(): void {
		proc_terminate( $this->process );
		proc_close( $this->process );
		unlink( $this->log );
	}

	/**
	 * A certificate that vouches for itself, with its key, in one file.
	 *
	 * @param string $for such as "DNS:bridge.example.com" or "IP:127.0.0.1"
	 */
	public static function certificate( string $for ): string {
		$settings = (string) tempnam( sys_get_temp_dir(), 'everypod-openssl' );
		file_put_contents( $settings, "[req]\ndistinguished_name=name\n[name]\n[own]\nsubjectAltName=$for\nbasicConstraints=CA:TRUE\n" );
		$options = array( 'config' => $settings, 'x509_extensions' => 'own', 'private_key_bits' => 2_048, 'digest_alg' => 'sha256' );
		$key     = openssl_pkey_new( $options );
		$request = openssl_csr_new( array( 'commonName' => 'everypod' ), $key, $options );
		openssl_x509_export( openssl_csr_sign( $request, null, $key, 2, $options ), $certificate );
		openssl_pkey_export( $key, $private, null, $options );
		file_put_contents( $settings, $certificate . $private );
		return $settings;
	}
}
