<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Read\SiteKey;

/**
 * What changes of terms, authors and the site itself invalidate.
 *
 * @group every-php
 */
final class SiteInvalidationTest extends TestCase {

	public function test_renaming_a_term_invalidates_both_archives_and_the_posts_that_carry_it(): void {
		$news = $this->given_category( 'News' );
		$this->given_post( array( 'post_category' => array( $news ) ) );
		wp_update_term( $news, 'category', array( 'name' => 'Latest', 'slug' => 'latest' ) );
		self::assertSame( array( 'term.updated' ), $this->changes() );
		$this->assert_targets( 'path /category/news/', 'path /category/latest/', "tag wp:term:$news", 'path /hello/' );
	}

	public function test_renaming_a_term_moves_the_archives_below_it(): void {
		$world  = $this->given_category( 'World' );
		$europe = $this->given_category( 'Europe', $world );
		wp_update_term( $world, 'category', array( 'slug' => 'planet' ) );
		$this->assert_targets( 'path /category/world/europe/', 'path /category/planet/europe/', "tag wp:term:$europe" );
	}

	public function test_a_term_on_more_posts_than_are_spelled_out_is_the_whole_site(): void {
		global $wpdb;
		$news = $this->given_category( 'News' );
		$term = get_term( $news );
		foreach ( range( 1001, 1101 ) as $post_id ) {
			$wpdb->insert( $wpdb->term_relationships, array( 'object_id' => $post_id, 'term_taxonomy_id' => $term->term_taxonomy_id ) );
		}
		wp_update_term( $news, 'category', array( 'name' => 'Latest' ) );
		self::assertContains( 'layout /', $this->targets() );
	}

	public function test_a_new_term_may_have_been_kept_as_not_found(): void {
		wp_insert_term( 'News', 'category' );
		self::assertSame( array( 'term.created' ), $this->changes() );
		$this->assert_targets( 'path /category/news/' );
	}

	public function test_deleting_a_term_sends_it_and_every_post_that_carried_it(): void {
		$news = $this->given_category( 'News' );
		$this->given_post( array( 'post_category' => array( $news ) ) );
		wp_delete_term( $news, 'category' );
		self::assertSame( array( 'term.deleted', 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /category/news/', 'path /hello/', 'path /category/uncategorized/' );
	}

	public function test_terms_that_have_no_page_are_not_sent(): void {
		wp_insert_term( 'Main menu', 'nav_menu' );
		self::assertSame( array(), $this->changes() );
	}

	public function test_an_authors_new_name_stands_on_every_post(): void {
		$grace = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		wp_update_user( array( 'ID' => $grace, 'display_name' => 'Grace Hopper' ) );
		self::assertSame( array( 'author.updated' ), $this->changes() );
		$this->assert_targets( 'path /author/grace/', "tag wp:author:$grace", 'layout /' );
	}

	public function test_where_pages_go_by_what_they_were_made_from_an_authors_new_name_is_not_everything(): void {
		$this->given_a_bridge_of_the_third_protocol();
		$this->plugin->init();
		$grace = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		$this->forget();
		wp_update_user( array( 'ID' => $grace, 'display_name' => 'Grace Hopper' ) );
		self::assertNotContains( 'layout /', $this->targets() );
		self::assertContains( 'tag wp:#' . SiteKey::of_this_site()?->hash( "wp:user:$grace" ), $this->targets() );
	}

	public function test_where_answers_say_nothing_of_what_they_were_made_of_it_is(): void {
		$this->given_a_bridge_of_the_third_protocol();
		$this->constants['EVERYPOD_KEYS'] = false;
		$grace                            = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		$this->forget();
		wp_update_user( array( 'ID' => $grace, 'display_name' => 'Grace Hopper' ) );
		self::assertContains( 'layout /', $this->targets() );
	}

	public function test_other_details_of_an_author_stand_in_the_archive_only(): void {
		$grace = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		wp_update_user( array( 'ID' => $grace, 'user_url' => 'https://grace.example.com' ) );
		self::assertNotContains( 'layout /', $this->targets() );
	}

	public function test_what_an_author_says_of_themself_stands_in_the_archive(): void {
		$grace = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		wp_update_user( array( 'ID' => $grace, 'description' => 'Writes compilers.' ) );
		self::assertSame( array( 'author.updated' ), $this->changes() );
		$this->assert_targets( 'path /author/grace/', "tag wp:author:$grace" );
	}

	public function test_the_editors_own_preferences_are_not_sent(): void {
		$grace = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		wp_update_user( array( 'ID' => $grace, 'meta_input' => array( 'wp_persisted_preferences' => array( 'core' => array() ) ) ) );
		self::assertSame( array(), $this->changes() );
	}

	public function test_people_who_published_nothing_are_not_sent(): void {
		$reader = $this->given_user( 'subscriber', 'reader' );
		wp_update_user( array( 'ID' => $reader, 'display_name' => 'A reader' ) );
		self::assertSame( array(), $this->changes() );
	}

	public function test_deleting_an_author_gives_the_posts_to_another_without_a_hook(): void {
		$grace = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		wp_delete_user( $grace, 1 );
		self::assertSame( array( 'author.deleted' ), $this->changes() );
		$this->assert_targets( 'path /author/grace/', 'layout /' );
	}

	public function test_a_network_removes_an_author_from_a_site_and_may_give_the_posts_to_another(): void {
		$grace = $this->given_user( 'author', 'grace' );
		$this->given_post( array( 'post_author' => $grace ) );
		do_action( 'remove_user_from_blog', $grace, 1, 0 );
		self::assertSame( array(), $this->changes() );
		do_action( 'remove_user_from_blog', $grace, 1, 1 );
		self::assertSame( array( 'author.deleted' ), $this->changes() );
		$this->assert_targets( 'path /author/grace/', 'layout /' );
	}

	public function test_the_sites_name_is_on_every_page(): void {
		update_option( 'blogname', 'Another name' );
		self::assertSame( array( 'site.updated' ), $this->changes() );
		self::assertSame( array( 'layout /' ), $this->targets() );
	}

	public function test_options_that_no_page_shows_are_not_sent(): void {
		update_option( 'admin_email', 'someone@example.com' );
		self::assertSame( array(), $this->changes() );
	}

	public function test_a_menu_with_its_items_is_one_event(): void {
		$menu = wp_create_nav_menu( 'Main' );
		$this->forget();
		wp_update_nav_menu_item( $menu, 0, array( 'menu-item-title' => 'One', 'menu-item-url' => '/one/', 'menu-item-status' => 'publish' ) );
		wp_update_nav_menu_item( $menu, 0, array( 'menu-item-title' => 'Two', 'menu-item-url' => '/two/', 'menu-item-status' => 'publish' ) );
		wp_update_nav_menu_object( $menu, array( 'menu-name' => 'Main' ) );
		self::assertSame( array( 'menu.updated' ), $this->changes() );
		self::assertSame( array( 'layout /' ), $this->targets() );
	}

	private function assert_targets( string ...$wanted ): void {
		$got = $this->targets();
		self::assertSame( array(), array_values( array_diff( $wanted, $got ) ), 'missing in: ' . implode( ', ', $got ) );
	}
}
