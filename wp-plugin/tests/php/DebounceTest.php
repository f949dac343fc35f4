<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;
use Everypod\Outbox\Row;

/** Meta that is written all the time, and comments that come in crowds: at once, and then once for all that came after. */
final class DebounceTest extends TestCase {

	private int $post;

	/** @var array<string, int> */
	private array $ids = array();

	protected function setUp(): void {
		parent::setUp();
		$this->given_a_bridge_of_the_third_protocol();
		$this->post = $this->given_post()->ID;
		$this->ids  = array(
			'post'    => $this->post,
			'term'    => $this->given_category( 'News' ),
			'author'  => $this->given_user( 'author', 'grace' ),
			'comment' => (int) wp_insert_comment( array( 'comment_post_ID' => $this->post, 'comment_content' => 'The first', 'comment_approved' => 1 ) ),
		);
		$this->given_post( array( 'post_name' => 'hers', 'post_author' => $this->ids['author'] ) );
		register_term_meta( 'category', 'colour', array( 'show_in_rest' => true, 'single' => true ) );
		register_meta( 'comment', 'colour', array( 'show_in_rest' => true, 'single' => true ) );
		$this->network->answer = static fn( array $request ) => Harness\Network::response( 200, Harness\Network::report( $request['headers']['webhook-id'] ), array( 'everypod-protocol' => '3' ) );
	}

	protected function tearDown(): void {
		unregister_term_meta( 'category', 'colour' );
		unregister_meta_key( 'comment', 'colour' );
		parent::tearDown();
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

	/** @return array<string, array{Closure(array<string, int>, int): mixed, string, list<string>}> what is done all the time, to whom, and by what names the filter hears of it */
	public static function storms(): array {
		$comment = static fn( array $ids, int $count, array $more = array() ) => wp_insert_comment( $more + array( 'comment_post_ID' => $ids['post'], 'comment_content' => "The $count.", 'comment_approved' => 1 ) );
		return array(
			'a count of a term'                     => array( static fn( array $ids, int $count ) => update_term_meta( $ids['term'], 'views', $count ), 'term', array( 'views' ) ),
			'a count of an author'                  => array( static fn( array $ids, int $count ) => update_user_meta( $ids['author'], 'views', $count ), 'author', array( 'views' ) ),
			'comments of visitors'                  => array( $comment, 'post', array( 'comment_count' ) ),
			'comments with stars'                   => array( static fn( array $ids, int $count ) => $comment( $ids, $count, array( 'comment_meta' => array( 'stars' => $count ) ) ), 'post', array( 'comment_count', 'stars' ) ),
			'likes of a comment'                    => array( static fn( array $ids, int $count ) => update_comment_meta( $ids['comment'], 'likes', $count ), 'post', array( 'likes' ) ),
			'comments by SQL that are counted then' => array(
				static function ( array $ids, int $count ): void {
					global $wpdb;
					$wpdb->insert( $wpdb->comments, array( 'comment_post_ID' => $ids['post'], 'comment_content' => "The $count.", 'comment_approved' => 1 ) );
					wp_update_comment_count_now( $ids['post'] );
				},
				'post',
				array( 'comment_count' ),
			),
		);
	}

	/**
	 * @dataProvider storms
	 * @param Closure(array<string, int>, int): mixed $does
	 * @param list<string>                            $keys
	 */
	public function test_so_it_is_with_whatever_visitors_do_all_the_time( Closure $does, string $kind, array $keys ): void {
		wp_set_current_user( 0 );
		foreach ( range( 1, 100 ) as $count ) {
			$asked = array();
			add_filter(
				'everypod_debounce',
				static function ( int $usual, string $key, string $kind ) use ( &$asked ) {
					$asked[] = array( $key, $kind );
					return $usual;
				},
				10,
				3
			);
			$does( $this->ids, $count );
			$this->end_request();
			$this->clock->passes( 0 === $count % 4 ? 1.0 : 0.0 );
		}
		sort( $asked );
		self::assertSame( array_map( static fn( string $key ) => array( $key, $kind ), $keys ), $asked );
		self::assertCount( 2, $this->rows() );
		self::assertCount( 1, $this->network->requests );
		$this->clock->now = 1_764_000_030;
		$this->run_cron();
		self::assertCount( 2, $this->network->requests );
		list( $first, $last ) = array_map( static fn( array $request ) => json_decode( $request['body'], true )['data'], $this->network->requests );
		self::assertSame( array( $kind, (string) $this->ids[ $kind ] ), array( $last['subject']['kind'], $last['subject']['id'] ) );
		self::assertSame( array( $first['change'], $first['targets'] ), array( $last['change'], $last['targets'] ) );
	}

	/** @return array<string, array{Closure(array<string, int>, int, self): mixed}> */
	public static function saves(): array {
		return array(
			'a term and its meta'                    => array(
				static function ( array $ids, int $nth ): void {
					wp_update_term( $ids['term'], 'category', array( 'description' => "The $nth" ) );
					update_term_meta( $ids['term'], 'colour', $nth );
				},
			),
			'nothing but a term\'s meta, by REST'    => array( static fn( array $ids, int $nth, self $test ) => $test->rest( 'POST', "/wp/v2/categories/$ids[term]", array( 'meta' => array( 'colour' => "$nth" ) ) ) ),
			'a biography'                            => array( static fn( array $ids, int $nth ) => wp_update_user( array( 'ID' => $ids['author'], 'description' => "The $nth" ) ) ),
			'a biography, by REST'                   => array( static fn( array $ids, int $nth, self $test ) => $test->rest( 'POST', "/wp/v2/users/$ids[author]", array( 'description' => "The $nth" ) ) ),
			'fields before the profile is saved'     => array(
				static function ( array $ids, int $nth ): void {
					update_user_meta( $ids['author'], 'colour', $nth );
					wp_update_user( array( 'ID' => $ids['author'] ) );
				},
			),
			'fields after the profile is saved'      => array(
				static function ( array $ids, int $nth ): void {
					wp_update_user( array( 'ID' => $ids['author'] ) );
					update_user_meta( $ids['author'], 'colour', $nth );
				},
			),
			'a comment\'s text'                      => array( static fn( array $ids, int $nth ) => wp_update_comment( array( 'comment_ID' => $ids['comment'], 'comment_content' => "The $nth" ) ) ),
			'nothing but a comment\'s meta, by REST' => array( static fn( array $ids, int $nth, self $test ) => $test->rest( 'POST', "/wp/v2/comments/$ids[comment]", array( 'meta' => array( 'colour' => "$nth" ) ) ) ),
			'a comment that is let through'          => array( static fn( array $ids, int $nth ) => wp_set_comment_status( (int) wp_insert_comment( array( 'comment_post_ID' => $ids['post'], 'comment_content' => "The $nth", 'comment_approved' => 0 ) ), 'approve' ) ),
			'a comment that is taken back'           => array( static fn( array $ids, int $nth ) => wp_set_comment_status( $ids['comment'], 0 === $nth % 2 ? 'approve' : 'hold' ) ),
			'an answer to a comment'                 => array( static fn( array $ids, int $nth ) => wp_insert_comment( array( 'comment_post_ID' => $ids['post'], 'comment_content' => "The $nth", 'comment_approved' => 1 ) ) ),
		);
	}

	/**
	 * @dataProvider saves
	 * @param Closure(array<string, int>, int, self): mixed $saves
	 */
	public function test_what_an_editor_saves_is_sent_each_time( Closure $saves ): void {
		foreach ( array( 1, 2, 3 ) as $nth ) {
			$saves( $this->ids, $nth, $this );
			$this->end_request();
		}
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
