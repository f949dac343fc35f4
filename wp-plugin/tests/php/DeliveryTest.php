<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Event\Secret;
use Everypod\Event\Signature;

final class DeliveryTest extends TestCase {

	public function test_a_save_is_in_the_outbox_before_the_request_ends_and_with_the_bridge_afterwards(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		self::assertCount( 1, $this->rows() );
		self::assertSame( 'waiting', $this->rows()[0]->state );
		self::assertSame( array(), $this->network->requests );

		$this->end_request();

		self::assertSame( array( 'POST /v1/events' ), $this->network->lines() );
		self::assertSame( 'applied', $this->rows()[0]->state );
		self::assertTrue( $this->rows()[0]->is_final );
		self::assertSame( 'nextjs-a', $this->rows()[0]->report->pods()[0]['name'] );
	}
}
