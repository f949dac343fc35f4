<?php

declare( strict_types=1 );

namespace Everypod\Tests\Network;

use Everypod\Outbox\Schema;
use Everypod\Read\AnswerKeys;
use Everypod\Read\SiteKey;
use Everypod\Tests\AnswersTestCase;

/** Two sites of one network, in folders or by domain, as EVERYPOD_TESTS_NETWORK says: each has events, keys and an outbox of its own. */
final class SitesOfANetwork extends AnswersTestCase {

	private int $two;

	protected function setUp(): void {
		parent::setUp();
		$this->two = (int) get_sites( array( 'fields' => 'ids', 'site__not_in' => array( 1 ) ) )[0];
		add_user_to_blog( $this->two, $this->ids['grace'], 'author' );
		switch_to_blog( $this->two );
		$this->plugin->init();
		$this->ids['there'] = (int) wp_insert_post( array( 'post_title' => 'There', 'post_name' => 'there', 'post_status' => 'publish', 'post_author' => $this->ids['grace'] ) );
		restore_current_blog();
		$this->own( 'both', fn() => array( get_the_title( $this->ids['hello'] ), $this->there( fn() => get_the_title( $this->ids['there'] ) ) ) );
		$this->own( 'here', fn() => array( get_the_title( $this->ids['hello'] ), $this->there( static fn() => home_url() ) ) );
		$this->forget_both();
	}

	public function test_an_event_is_of_the_site_that_is_changed_whoever_changes_it(): void {
		$this->there( fn() => wp_update_post( array( 'ID' => $this->ids['there'], 'post_title' => 'More' ) ) );
		self::assertSame( array(), $this->rows() );
		list( $event ) = $this->there( $this->events( ... ) );
		self::assertSame( is_subdomain_install() ? 'http://two.example.com' : 'http://cms.example.com/two', str_replace( 'https:', 'http:', $event['site'] ) );
		self::assertContains( array( 'path' => '/there/' ), $event['targets'] );
	}

	public function test_one_request_that_changes_both_leaves_an_event_on_each(): void {
		wp_update_post( array( 'ID' => $this->ids['hello'], 'post_title' => 'More' ) );
		$this->there( fn() => wp_update_post( array( 'ID' => $this->ids['there'], 'post_title' => 'More' ) ) );
		self::assertSame( array( array( (string) $this->ids['hello'] ), array( (string) $this->ids['there'] ) ), array( $this->subjects(), $this->there( $this->subjects( ... ) ) ) );
	}

	public function test_each_site_hashes_by_a_key_of_its_own(): void {
		self::assertNotSame( SiteKey::of_this_site()?->hash( 'wp:list' ), $this->there( static fn() => SiteKey::of_this_site()?->hash( 'wp:list' ) ) );
	}

	public function test_an_answer_that_reads_another_site_says_nothing_since_it_could_not_say_all(): void {
		self::assertNull( $this->answer( '/own/v1/both' ) );
		self::assertSame( "p{$this->ids['hello']}", $this->answer( '/own/v1/here' ) );
	}

	public function test_a_profile_is_told_of_on_each_site_of_the_user(): void {
		wp_update_user( array( 'ID' => $this->ids['grace'], 'display_name' => 'Grace Hopper' ) );
		self::assertSame( array( array( 'author.updated' ), array( 'author.updated' ) ), array( $this->changes(), $this->there( $this->changes( ... ) ) ) );
		$this->forget_both();
		$this->there( fn() => update_user_meta( $this->ids['grace'], 'description', 'Writes compilers.' ) );
		self::assertSame( array( array( 'author.updated' ), array( 'author.updated' ) ), array( $this->changes(), $this->there( $this->changes( ... ) ) ) );
	}

	public function test_a_profile_is_not_told_of_where_the_user_is_not_or_the_plugin_has_never_run(): void {
		wp_update_user( array( 'ID' => $this->ids['ada'], 'display_name' => 'Ada Lovelace' ) );
		self::assertSame( array(), $this->there( $this->changes( ... ) ) );
		$this->there( static fn() => Schema::distrust() );
		wp_update_user( array( 'ID' => $this->ids['grace'], 'display_name' => 'Grace' ) );
		self::assertFalse( $this->there( static fn() => Schema::has_run() ) );
	}

	public function test_a_user_who_leaves_one_site_gives_their_posts_to_another_there_alone(): void {
		remove_user_from_blog( $this->ids['grace'], $this->two, 1 );
		self::assertSame( array( array(), true ), array( $this->changes(), in_array( 'author.deleted', $this->there( $this->changes( ... ) ), true ) ) );
	}

	public function test_a_network_deletes_a_user_from_all_of_its_sites(): void {
		require_once ABSPATH . 'wp-admin/includes/ms.php';
		wpmu_delete_user( $this->ids['grace'] );
		self::assertContains( 'post.trashed', $this->changes() );
		self::assertContains( 'post.trashed', $this->there( $this->changes( ... ) ) );
	}

	private function there( \Closure $does ): mixed {
		switch_to_blog( $this->two );
		try {
			return $does();
		} finally {
			restore_current_blog();
		}
	}

	/** @return list<string> */
	private function subjects(): array {
		return array_map( static fn( array $event ) => $event['subject']['id'], $this->events() );
	}

	private function forget_both(): void {
		$this->plugin->intake->write();
		$this->forget();
		$this->there( $this->forget( ... ) );
		wp_set_current_user( 0 );
	}
}
