<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Delivery\AnswerTrust;
use Everypod\Tests\Harness\Hooked;
use Everypod\Tests\Harness\Network;

/** What the plugin costs the requests that it stands in, in queries. */
final class CostTest extends TestCase {

	protected function setUp(): void {
		parent::setUp();
		$this->given_a_bridge_of_the_third_protocol();
		// As a site that has run for a while: its options are loaded, cron is planned, the bridge has signed.
		update_option( AnswerTrust::OPTION, 'https://former.example.com', true );
		$this->settings()->load_with_all_others();
		$this->plugin->init();
		$this->answer_as_a_bridge();
		$this->saved();
		$this->end_request();
	}

	/** @dataProvider authors */
	public function test_a_save_costs_at_most_five_queries_more( ?string $author ): void {
		$post = $this->saved( null === $author ? 1 : (int) wp_insert_user( array( 'user_login' => $author, 'user_pass' => 'x', 'role' => 'author' ) ) );
		$this->end_request();
		foreach ( array( 'First.', 'Second.' ) as $words ) {
			wp_update_post( array( 'ID' => $post, 'post_content' => $words ) );
			$this->answer_as_a_bridge();
			$this->end_request();
		}
		Hooked::reset();
		$GLOBALS['wp_rest_server'] = null;
		$without                   = $this->queries( fn() => $this->rest( 'POST', "/wp/v2/posts/$post", array( 'content' => 'Without new words that could be found again.' ) ) );
		$this->new_request();
		$this->answer_as_a_bridge();
		$with = $this->queries(
			function () use ( $post ): void {
				$this->rest( 'POST', "/wp/v2/posts/$post", array( 'content' => 'With so many new words that they are found again.' ) );
				$this->plugin->request_end->shutdown();
			}
		);
		self::assertSame( 'applied', $this->rows()[ count( $this->rows() ) - 1 ]->state );
		self::assertLessThan( 6, count( $with ) - count( $without ), implode( "\n", array_diff( $with, $without ) ) );
	}

	/** @return array<string, array{string|null}> */
	public static function authors(): array {
		return array(
			'of their own'  => array( null ),
			'of another\'s' => array( 'ada' ),
		);
	}

	public function test_a_request_that_reads_costs_none(): void {
		$this->saved();
		$this->new_request();
		wp_load_alloptions();
		self::assertSame(
			array(),
			$this->queries(
				function (): void {
					$this->plugin->init();
					$this->plugin->request_end->shutdown();
				}
			)
		);
	}

	/** @return list<string> */
	private function queries( callable $act ): array {
		global $wpdb;
		wp_cache_flush();
		// Nor does a request know the columns of any table yet, which WordPress asks MySQL for.
		( function (): void {
			$this->table_charset = array();
			$this->col_meta      = array();
		} )->bindTo( $wpdb, \wpdb::class )();
		wp_load_alloptions();
		// Who is logged in, WordPress has read by then.
		wp_set_current_user( 0 );
		wp_set_current_user( 1 );
		get_user_meta( 1, 'nickname' );
		$queries = array();
		$see     = static function ( string $query ) use ( &$queries ): string {
			$queries[] = $query;
			return $query;
		};
		add_filter( 'query', $see );
		$act();
		remove_filter( 'query', $see );
		return $queries;
	}

	private function saved( int $author = 1 ): int {
		return wp_insert_post( array( 'post_title' => 'Hello', 'post_name' => 'hello', 'post_content' => 'Words.', 'post_status' => 'publish', 'post_author' => $author ) );
	}

	private function answer_as_a_bridge(): void {
		$this->network->answer = static fn( array $request ) => Network::response( 200, Network::report( $request['headers']['webhook-id'] ), array( 'everypod-protocol' => '3' ) );
	}
}
