<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Hooks;
use Everypod\Plugin;
use Everypod\SystemClock;
use Everypod\Tests\Harness\Hooked;
use Everypod\Tests\Harness\SlowBridge;
use WpOrg\Requests\Transport\Curl;
use WpOrg\Requests\Transport\Fsockopen;

/** How long a save waits for a bridge that takes requests and does not answer, by the clock on the wall. */
final class HeldUpTest extends TestCase {

	private ?SlowBridge $bridge = null;

	protected function tearDown(): void {
		$this->bridge?->end();
		parent::tearDown();
	}

	/** @return array<string, array{class-string, int}> the transport, and after how many ms the first event is answered */
	public static function bridges(): array {
		return array(
			'A18 by curl, no answer at all'      => array( Curl::class, 0 ),
			'A18 by curl, one answer, but late'  => array( Curl::class, 1_900 ),
			'A18 without curl, no answer at all' => array( Fsockopen::class, 0 ),
			'A18 without curl, one answer, late' => array( Fsockopen::class, 1_900 ),
		);
	}

	/**
	 * @dataProvider bridges
	 * @param class-string $transport
	 */
	public function test_a18_a_request_with_several_events_is_held_up_for_two_seconds_and_no_longer( string $transport, int $first_answer_ms ): void {
		if ( ! SlowBridge::can_run() || ! $transport::test() ) {
			self::assertTrue( true, 'This PHP has no such transport, or starts no servers.' );
			return;
		}
		$this->bridge                           = new SlowBridge( $first_answer_ms );
		$this->constants['EVERYPOD_BRIDGE_URL'] = "http://{$this->bridge->address}";
		Hooked::reset();
		add_action(
			'requests-requests.before_request',
			static function ( string &$url, mixed &$headers, mixed &$data, string &$type, array &$options ) use ( $transport ): void {
				$options['transport'] = $transport;
			},
			10,
			5
		);
		$plugin = new Plugin( dirname( __DIR__, 2 ) . '/everypod.php', $this->settings(), new SystemClock() );
		( new Hooks( $plugin ) )->register();
		foreach ( array( 'One', 'Two', 'Three' ) as $title ) {
			wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish' ) );
		}

		$began = hrtime( true );
		$plugin->request_end->shutdown();
		$seconds = ( hrtime( true ) - $began ) / 1e9;

		// The library's own minimum of one second would make it 2.9.
		self::assertLessThan( 2.5, $seconds );
		self::assertGreaterThan( 1.8, $seconds );
	}
}
