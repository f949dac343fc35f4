<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Outbox\Row;

/** Meta that is written all the time: at once, and then once for all that came after. */
final class DebounceTest extends TestCase {

	private int $post;

	protected function setUp(): void {
		parent::setUp();
		$this->given_a_bridge_of_the_third_protocol();
		$this->post            = $this->given_post()->ID;
		$this->network->answer = static fn( array $request ) => Harness\Network::response( 200, Harness\Network::report( $request['headers']['webhook-id'] ), array( 'everypod-protocol' => '3' ) );
	}

	public function test_the_first_goes_at_once_and_those_after_it_go_together_when_it_is_time(): void {
		foreach ( range( 1, 10 ) as $count ) {
			$this->counts( $count );
			$this->clock->passes( 1.0 );
		}
		self::assertSame( array( array( 'applied', 0 ), array( 'waiting', 1_764_000_030 ) ), array_map( static fn( Row $row ) => array( $row->state, $row->held_until ), $this->rows() ) );
		self::assertCount( 1, $this->network->requests );

		$this->clock->now = 1_764_000_029;
		$this->run_cron();
		self::assertCount( 1, $this->network->requests );
		$this->clock->now = 1_764_000_030;
		$this->run_cron();
		self::assertCount( 2, $this->network->requests );
		self::assertContains( array( 'tag' => "wp:post:$this->post" ), json_decode( $this->network->requests[1]['body'], true )['data']['targets'] );
	}

	public function test_one_that_goes_on_is_an_event_each_thirty_seconds(): void {
		foreach ( range( 1, 120 ) as $count ) {
			$this->counts( $count );
			$this->clock->passes( 1.0 );
			if ( 0 === $count % 10 ) {
				$this->run_cron();
			}
		}
		// At once, and after 30, 60, 90 and 120 seconds.
		self::assertCount( 5, $this->network->requests );
	}

	public function test_what_comes_while_it_is_sent_is_held_anew(): void {
		$this->counts( 1 );
		$this->clock->passes( 1.0 );
		$this->counts( 2 );
		$this->outbox->claim( $this->rows()[1], 'courier', $this->clock->now );
		$this->counts( 3 );
		self::assertCount( 3, $this->rows() );
	}

	public function test_another_key_and_another_post_go_at_once(): void {
		$other = $this->given_another_post();
		$this->counts( 1 );
		update_post_meta( $this->post, 'stock', 3 );
		$this->end_request();
		update_post_meta( $other, 'views', 1 );
		$this->end_request();
		self::assertCount( 3, $this->network->requests );
	}

	public function test_what_an_editor_saves_is_never_held(): void {
		$this->counts( 1 );
		update_post_meta( $this->post, 'views', 2 );
		wp_update_post( array( 'ID' => $this->post, 'post_title' => 'Changed' ) );
		$this->end_request();
		wp_update_post( array( 'ID' => $this->post, 'post_title' => 'And again' ) );
		update_post_meta( $this->post, 'views', 3 );
		$this->end_request();
		self::assertCount( 3, $this->network->requests );
	}

	/** @return array<string, array{int|false|string, int}> what the filter says, and how many of two go at once */
	public static function filters(): array {
		return array(
			'never'       => array( false, 2 ),
			'for no time' => array( 0, 2 ),
			'for a while' => array( 5, 2 ),
			'for longer'  => array( 60, 1 ),
			'nonsense'    => array( 'x', 2 ),
		);
	}

	/** @dataProvider filters */
	public function test_a_site_chooses_for_each_key( int|false|string $seconds, int $sent ): void {
		$seen = array();
		add_filter(
			'everypod_debounce',
			static function ( int $usual, string $key, string $kind, string $id ) use ( $seconds, &$seen ) {
				$seen = array( $usual, $key, $kind, $id );
				return $seconds;
			},
			10,
			4
		);
		update_post_meta( $this->post, 'views', 1 );
		$this->plugin->request_end->shutdown();
		self::assertSame( array( 30, 'views', 'post', (string) $this->post ), $seen );
		$this->clock->passes( 7.0 );
		$filter = $GLOBALS['wp_filter']['everypod_debounce'];
		$this->new_request();
		$GLOBALS['wp_filter']['everypod_debounce'] = $filter;
		update_post_meta( $this->post, 'views', 2 );
		$this->plugin->request_end->shutdown();
		self::assertCount( $sent, $this->network->requests );
	}

	public function test_a_bridge_that_fetches_gets_it_when_it_is_time_and_no_sooner(): void {
		$this->counts( 1 );
		$this->counts( 2 );
		$due = $this->rows()[1]->held_until;
		self::assertSame( array(), ( new \Everypod\Outbox\Rows() )->waiting( $due, $due - 1 ) );
		self::assertCount( 1, ( new \Everypod\Outbox\Rows() )->waiting( $due, $due ) );
	}

	public function test_any_later_request_sends_what_cron_has_not(): void {
		$this->counts( 1 );
		$this->counts( 2 );
		$this->clock->passes( 36.0 );
		$this->end_request();
		self::assertCount( 2, $this->network->requests );
	}

	public function test_many_posts_at_once_are_held_in_one_event(): void {
		$other = $this->given_another_post();
		foreach ( array( 1, 2, 3 ) as $count ) {
			update_post_meta( $this->post, 'views', $count );
			update_post_meta( $other, 'views', $count );
			$this->end_request();
		}
		self::assertSame( array( 2, 2 ), array_map( static fn( Row $row ) => $row->subjects, $this->rows() ) );
	}

	/** @return array{int, float} queries and how often targets were looked up, for two hundred changes */
	public function test_two_hundred_changes_of_one_post_look_up_its_targets_a_few_times(): void {
		$asked = 0;
		add_filter(
			'everypod_targets',
			static function ( array $targets ) use ( &$asked ) {
				++$asked;
				return $targets;
			}
		);
		foreach ( range( 1, 200 ) as $nth ) {
			update_post_meta( $this->post, "field_$nth", 'x' );
		}
		self::assertCount( 1, $this->rows() );
		self::assertLessThan( 6, $asked );
	}

	private function counts( int $count ): void {
		update_post_meta( $this->post, 'views', $count );
		$this->end_request();
	}

	private function given_another_post(): int {
		return $this->given_post( array( 'post_name' => 'other' ) )->ID;
	}
}
