<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Tests\Harness\BaseTestCase;
use Everypod\Tests\Harness\Server;

/** WordPress is a network of sites from its first line on, or is none: so this is tested in processes of its own. */
final class NetworkTest extends BaseTestCase {

	/** @return array<string, array{string}> */
	public static function networks(): array {
		return array(
			'in folders' => array( 'folders' ),
			'by domain'  => array( 'domains' ),
		);
	}

	/** @dataProvider networks */
	public function test_sites_of_a_network( string $kind ): void {
		if ( ! Server::can_run() ) {
			self::assertSame( array( 'folders', 'domains' ), array_column( self::networks(), 0 ) );
			return;
		}
		$command = array( PHP_BINARY, dirname( __DIR__, 2 ) . '/vendor/bin/phpunit', '--no-configuration', '--bootstrap', __DIR__ . '/bootstrap.php', __DIR__ . '/Network/SitesOfANetwork.php' );
		$process = proc_open( $command, array( 1 => array( 'pipe', 'w' ) ), $pipes, null, array( 'EVERYPOD_TESTS_NETWORK' => $kind ) + getenv() );
		$said    = (string) stream_get_contents( $pipes[1] );
		self::assertSame( 0, proc_close( $process ), $said );
		self::assertStringContainsString( 'OK (', $said );
	}
}
