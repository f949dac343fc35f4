<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Tests\Harness\Hooked;
use WP_Post;

/** Addresses that move with something else than their own post, and what is changed without a save: for who knows pages by their paths. */
final class MovedAddressesTest extends TestCase {

	protected function tearDown(): void {
		$GLOBALS['wp_rewrite']->set_permalink_structure( '/%postname%/' );
		parent::tearDown();
	}

	public function test_pages_below_one_that_goes_into_the_trash(): void {
		list( $about, $team ) = $this->given_pages();
		wp_trash_post( $about->ID );
		$this->assert_targets( 'path /about/', 'path /about/team/', 'path /about/team/ada/', 'path /about__trashed/team/ada/', "tag wp:post:$team->ID" );
	}

	public function test_and_out_of_it(): void {
		list( $about ) = $this->given_pages();
		wp_trash_post( $about->ID );
		$this->forget();
		add_filter( 'wp_untrash_post_status', 'wp_untrash_post_set_previous_status', 10, 3 );
		wp_untrash_post( $about->ID );
		$this->assert_targets( 'path /about/', 'path /about/team/', 'path /about__trashed/team/' );
	}

	public function test_pages_below_one_that_is_deleted_for_good_move_up(): void {
		list( $about, $team ) = $this->given_pages();
		wp_delete_post( $about->ID, true );
		$this->assert_targets( 'path /about/', 'path /about/team/', 'path /about/team/ada/', 'path /team/', 'path /team/ada/', "tag wp:post:$team->ID" );
		self::assertSame( '/team/ada/', wp_parse_url( get_permalink( get_page_by_path( 'team/ada' ) ), PHP_URL_PATH ) );
	}

	public function test_also_where_it_was_in_the_trash_already(): void {
		list( $about ) = $this->given_pages();
		wp_trash_post( $about->ID );
		$this->forget();
		wp_delete_post( $about->ID, true );
		$this->assert_targets( 'path /about__trashed/team/', 'path /team/', 'path /team/ada/' );
	}

	public function test_pages_below_a_draft_that_gets_another_slug(): void {
		list( $about ) = $this->given_pages();
		wp_update_post( array( 'ID' => $about->ID, 'post_status' => 'draft' ) );
		$this->forget();
		wp_update_post( array( 'ID' => $about->ID, 'post_name' => 'us' ) );
		$this->assert_targets( 'path /about/team/', 'path /us/team/', 'path /us/team/ada/' );
	}

	public function test_pages_of_a_type_of_its_own_stand_in_a_folder(): void {
		register_post_type( 'docs', array( 'public' => true, 'hierarchical' => true, 'rewrite' => array( 'slug' => 'help' ) ) );
		$install = $this->given_post( array( 'post_type' => 'docs', 'post_name' => 'install' ) );
		$this->given_post( array( 'post_type' => 'docs', 'post_name' => 'linux', 'post_parent' => $install->ID ) );
		wp_update_post( array( 'ID' => $install->ID, 'post_name' => 'setup' ) );
		$this->assert_targets( 'path /help/install/', 'path /help/setup/', 'path /help/install/linux/', 'path /help/setup/linux/' );
		unregister_post_type( 'docs' );
	}

	public function test_a_save_that_moves_nothing_looks_for_no_pages_below(): void {
		list( $about, $team ) = $this->given_pages();
		wp_update_post( array( 'ID' => $about->ID, 'post_content' => 'More.' ) );
		self::assertNotContains( "tag wp:post:$team->ID", $this->targets() );
	}

	public function test_posts_below_their_category_that_get_another(): void {
		list( $news, $sport ) = $this->given_categories_in_addresses();
		$post                 = $this->given_post( array( 'post_category' => array( $news ) ) );
		wp_set_post_categories( $post->ID, array( $sport ) );
		$this->assert_targets( 'path /news/hello/', 'path /sport/hello/' );
	}

	public function test_posts_below_a_category_that_has_another_slug(): void {
		list( $news ) = $this->given_categories_in_addresses();
		$local        = $this->given_category( 'Local', $news );
		$this->given_post( array( 'post_category' => array( $news ) ) );
		$this->given_post( array( 'post_name' => 'deep', 'post_category' => array( $local ) ) );
		wp_update_term( $news, 'category', array( 'slug' => 'latest' ) );
		$this->assert_targets( 'path /news/hello/', 'path /latest/hello/', 'path /news/local/deep/', 'path /latest/local/deep/', 'path /category/news/local/', 'path /category/latest/local/' );
	}

	public function test_what_stood_below_a_category_that_is_deleted_moves_up(): void {
		list( $news ) = $this->given_categories_in_addresses();
		$local        = $this->given_category( 'Local', $news );
		$this->given_post( array( 'post_name' => 'deep', 'post_category' => array( $local ) ) );
		wp_delete_term( $news, 'category' );
		$this->assert_targets( 'path /category/news/', 'path /category/news/local/', 'path /category/local/', 'path /news/local/deep/', 'path /local/deep/' );
	}

	public function test_a_post_that_is_of_another_type_now(): void {
		register_post_type( 'book', array( 'public' => true ) );
		$post = $this->given_post();
		set_post_type( $post->ID, 'book' );
		$this->plugin->quiet->shutdown();
		self::assertSame( array( 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /hello/', 'path /book/hello/' );
		unregister_post_type( 'book' );
	}

	public function test_a_post_that_is_changed_by_sql_and_taken_out_of_the_cache(): void {
		global $wpdb;
		$post = $this->given_post();
		$wpdb->update( $wpdb->posts, array( 'post_name' => 'bye' ), array( 'ID' => $post->ID ) );
		clean_post_cache( $post->ID );
		$this->plugin->quiet->shutdown();
		$this->assert_targets( 'path /hello/', 'path /bye/' );
		$this->forget();

		wp_cache_flush();
		clean_post_cache( $post->ID );
		$this->plugin->quiet->shutdown();
		self::assertSame( array( 'post.updated' ), $this->changes(), 'where nobody knows how it was' );
	}

	public function test_a_save_costs_few_queries(): void {
		$this->plugin->init();
		$post  = $this->given_post( array( 'post_category' => array( $this->given_category( 'News' ) ) ) );
		$saved = static function ( array $fields ) use ( $post ): int {
			global $wpdb;
			// As at the beginning of a request, when options and the user are known.
			clean_post_cache( $post->ID );
			$before = $wpdb->num_queries;
			wp_update_post( array( 'ID' => $post->ID ) + $fields );
			return $wpdb->num_queries - $before;
		};
		$costs = array();
		foreach ( array( 'warm up', 'with', 'without' ) as $what ) {
			'without' === $what ? Hooked::reset() : $this->new_request();
			$costs[ $what ] = array( $saved( array( 'post_content' => "$what." ) ), $saved( array( 'post_status' => 'draft' ) ), $saved( array( 'post_status' => 'publish' ) ) );
		}
		foreach ( array_keys( $costs['with'] ) as $nth ) {
			self::assertLessThan( 6, $costs['with'][ $nth ] - $costs['without'][ $nth ], (string) wp_json_encode( $costs ) );
		}
	}

	public function test_a_save_is_not_told_of_twice(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More.' ) );
		wp_set_post_categories( $post->ID, array( $this->given_category( 'News' ) ) );
		$this->plugin->quiet->shutdown();
		self::assertCount( 1, $this->rows() );
	}

	public function test_comments_that_nobody_sees_are_counted_and_tell_of_nothing(): void {
		$post = $this->given_post();
		$id   = (int) wp_insert_comment( array( 'comment_post_ID' => $post->ID, 'comment_content' => 'Buy.', 'comment_approved' => 0 ) );
		wp_spam_comment( $id );
		wp_trash_comment( $id );
		wp_delete_comment( $id, true );
		$this->plugin->quiet->shutdown();
		self::assertSame( array(), $this->changes() );
	}

	public function test_very_many_posts_that_were_changed_quietly_are_the_whole_site(): void {
		global $wpdb;
		foreach ( range( 1, 101 ) as $number ) {
			$wpdb->insert( $wpdb->posts, array( 'post_name' => "post-$number", 'post_title' => 'Many', 'post_status' => 'publish', 'post_type' => 'post', 'post_author' => 1, 'post_content' => '', 'post_excerpt' => '', 'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '' ) );
			clean_post_cache( $wpdb->insert_id );
		}
		$this->plugin->quiet->shutdown();
		self::assertSame( array( 'site.updated' ), $this->changes() );
		self::assertSame( array( 'layout /' ), $this->targets() );
	}

	public function test_an_image_tells_of_the_posts_that_show_it(): void {
		$image = $this->given_post( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_name' => 'photo', 'post_mime_type' => 'image/png' ) )->ID;
		$this->given_post( array( 'post_name' => 'shows', 'post_content' => "<img class=\"wp-image-$image\" src=\"x\">" ) );
		$this->given_post( array( 'post_name' => 'another', 'post_content' => "<img class=\"wp-image-{$image}1\" src=\"x\">" ) );
		$featured = $this->given_post( array( 'post_name' => 'featured' ) );
		update_post_meta( $featured->ID, '_thumbnail_id', $image );
		$this->forget();
		foreach ( array( static fn() => update_post_meta( $image, '_wp_attachment_image_alt', 'A photo' ), static fn() => wp_update_post( array( 'ID' => $image, 'post_excerpt' => 'A photo' ) ), static fn() => wp_delete_attachment( $image, true ) ) as $change ) {
			$change();
			$this->assert_targets( 'path /shows/', 'path /featured/' );
			self::assertNotContains( 'path /another/', $this->targets() );
			$this->forget();
		}
	}

	/** @return array{WP_Post, WP_Post} the first, and the one below it */
	private function given_pages(): array {
		$about = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'about' ) );
		$team  = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'team', 'post_parent' => $about->ID ) );
		$this->given_post( array( 'post_type' => 'page', 'post_name' => 'ada', 'post_parent' => $team->ID ) );
		return array( $about, $team );
	}

	/** @return array{int, int} */
	private function given_categories_in_addresses(): array {
		$GLOBALS['wp_rewrite']->set_permalink_structure( '/%category%/%postname%/' );
		$categories = array( $this->given_category( 'News' ), $this->given_category( 'Sport' ) );
		$this->forget();
		return $categories;
	}

	private function assert_targets( string ...$wanted ): void {
		$got = $this->targets();
		self::assertSame( array(), array_values( array_diff( $wanted, $got ) ), 'missing in: ' . implode( ', ', $got ) );
	}
}
