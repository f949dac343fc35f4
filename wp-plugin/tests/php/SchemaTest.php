<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Deactivation;
use Everypod\Outbox\Schema;
use Everypod\Rest\Shapes;
use Everypod\Tests\Harness\Hooked;

/**
 * The outbox's table, and what happens where it is missing.
 *
 * @group every-php
 */
final class SchemaTest extends TestCase {

	private string $log;

	/** @var list<string> */
	private array $posts_before;

	protected function setUp(): void {
		global $wpdb;
		parent::setUp();
		// A statement that fails would end SQLite's transaction, and undo with it what came before.
		$wpdb->query( 'COMMIT' );
		$this->posts_before = $wpdb->get_col( "SELECT ID FROM $wpdb->posts" );
		$wpdb->suppress_errors( true );
		$this->log = (string) ini_set( 'error_log', '/dev/null' );
		$wpdb->query( 'DROP TABLE ' . Schema::table() );
	}

	/** What these tests leave behind is taken away by hand. */
	protected function tearDown(): void {
		global $wpdb;
		parent::tearDown();
		$wpdb->query( "DELETE FROM $wpdb->posts WHERE ID NOT IN (" . implode( ', ', $this->posts_before ) . ')' );
		$wpdb->query( "DELETE FROM $wpdb->options WHERE option_name = 'cron' OR option_name LIKE '%everypod%'" );
		wp_cache_flush();
		Schema::drop();
		Schema::ensure();
		$wpdb->suppress_errors( false );
		ini_set( 'error_log', $this->log );
	}

	public function test_deactivating_and_activating_makes_a_table_that_is_gone_anew(): void {
		Deactivation::run();
		$this->new_request();
		$this->plugin->init();
		self::assertTrue( $this->has_table() );
	}

	public function test_a_save_makes_it_anew_and_is_sent(): void {
		$this->save();
		$this->end_request();
		self::assertSame( array( 'applied' ), array_column( $this->rows(), 'state' ) );
	}

	public function test_the_status_page_makes_it_anew_too(): void {
		self::assertNull( $this->rest( 'GET', '/everypod/v1/deliveries' )->get_data()['problem'] );
		self::assertTrue( $this->has_table() );
	}

	public function test_where_it_can_not_be_made_the_status_page_and_the_test_say_so(): void {
		$this->given_no_table_can_be_made();
		$answer = $this->rest( 'GET', '/everypod/v1/deliveries' )->get_data();
		self::assertTrue( rest_validate_value_from_schema( $answer, Shapes::deliveries(), 'deliveries' ) );
		self::assertSame( 'no-outbox', $answer['problem']['code'] );
		self::assertSame( array(), $answer['deliveries'] );
		$steps = $this->rest( 'POST', '/everypod/v1/connection-test' )->get_data()['steps'];
		self::assertSame( $answer['problem']['advice'], end( $steps )['advice'] );
	}

	public function test_once_it_can_be_made_the_next_save_makes_it(): void {
		$this->given_no_table_can_be_made();
		$this->save();
		self::assertFalse( $this->has_table() );
		$this->new_request();
		$this->save();
		self::assertCount( 1, $this->rows() );
	}

	public function test_where_it_can_not_be_made_visitors_are_not_made_to_wait_for_it(): void {
		$this->given_no_table_can_be_made();
		$this->save();
		$asked = 0;
		add_filter(
			'query',
			static function ( string $query ) use ( &$asked ): string {
				$asked += str_contains( $query, 'everypod_outbox' ) ? 1 : 0;
				return $query;
			}
		);
		$this->plugin->init();
		self::assertSame( 0, $asked );
	}

	public function test_the_sweep_finds_what_could_not_be_written_once_it_can(): void {
		$this->clock->now = time() - 120;
		$this->run_cron();
		$this->clock->now = time();
		Hooked::reset();
		$post = wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		$this->new_request();

		$this->given_no_table_can_be_made();
		$this->clock->now += 61;
		$this->run_cron();

		$this->clock->now += 61;
		$this->run_cron();
		self::assertContains( "tag wp:post:$post", $this->targets() );
	}

	/** Until the request ends. */
	private function given_no_table_can_be_made(): void {
		add_filter( 'query', static fn( string $query ) => str_starts_with( $query, 'CREATE TABLE' ) ? '' : $query );
	}

	private function has_table(): bool {
		global $wpdb;
		return null !== $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', Schema::table() ) );
	}

	private function save(): void {
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
	}
}
