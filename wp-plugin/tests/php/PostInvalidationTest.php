<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Outbox\Subjects;
use stdClass;
use WP_Post;

/**
 * What each thing that an editor does to a post invalidates.
 */
final class PostInvalidationTest extends TestCase {

	private const EVERY_POST = array(
		'path /',
		'tag wp:front-page',
		'tag wp:posts-page',
		'path /author/admin/',
		'tag wp:author:1',
		'path /category/uncategorized/',
		'tag wp:term:1',
	);

	public function test_publishing_a_new_post(): void {
		$id = wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish', 'post_author' => 1 ) );
		self::assertSame( array( 'post.published' ), $this->changes() );
		$this->assert_targets( 'path /news/', "tag wp:post:$id", ...self::EVERY_POST );
	}

	public function test_publishing_a_draft(): void {
		$post = $this->given_post( array( 'post_status' => 'draft' ) );
		wp_publish_post( $post->ID );
		self::assertSame( array( 'post.published' ), $this->changes() );
		$this->assert_targets( 'path /hello/', ...self::EVERY_POST );
	}

	public function test_editing_a_published_post(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'Other words.' ) );
		self::assertSame( array( 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /hello/', "tag wp:post:$post->ID", ...self::EVERY_POST );
	}

	public function test_saving_in_the_block_editor_sends_terms_and_meta_that_are_stored_after_the_post(): void {
		$news     = $this->given_category( 'News' );
		$post     = $this->given_post( array( 'post_status' => 'draft' ) );
		$response = $this->rest( 'POST', "/wp/v2/posts/$post->ID", array( 'status' => 'publish', 'categories' => array( $news ), 'sticky' => true ) );
		self::assertSame( 200, $response->get_status() );
		self::assertSame( array( 'post.published' ), $this->changes() );
		$this->assert_targets( 'path /hello/', 'path /category/news/', "tag wp:term:$news" );
	}

	public function test_the_metabox_pass_of_the_editor_is_an_event_of_its_own(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'Other words.' ) );
		$this->end_request();
		$this->clock->now += 1;
		// The second request carries the meta, with the same post row.
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'Other words.' ) );
		update_post_meta( $post->ID, 'price', '12' );
		$this->end_request();
		self::assertSame( array( 'post.updated', 'post.updated' ), $this->changes() );
		self::assertSame( array( 'POST /v1/events', 'POST /v1/events' ), $this->network->lines() );
	}

	public function test_quick_edit(): void {
		$post  = $this->given_post();
		$_POST = array( 'post_ID' => $post->ID, 'post_title' => 'Hello again', 'post_name' => 'hello-again', 'post_type' => 'post', '_status' => 'publish', 'post_author' => 1, 'action' => 'inline-save' );
		edit_post( $_POST );
		$_POST = array();
		self::assertSame( array( 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /hello/', 'path /hello-again/', ...self::EVERY_POST );
	}

	public function test_a_bulk_edit_sends_every_post_in_one_event(): void {
		$posts = array_map( fn( string $name ) => $this->given_post( array( 'post_name' => $name, 'post_title' => $name ) ), array( 'one', 'two', 'three' ) );
		$news  = $this->given_category( 'News' );
		bulk_edit_posts(
			array(
				'post'           => wp_list_pluck( $posts, 'ID' ),
				'post_type'      => 'post',
				'post_category'  => array( $news ),
				'sticky'         => 'sticky',
				'_status'        => '-1',
				'post_author'    => '-1',
				'comment_status' => '',
				'ping_status'    => '',
			)
		);
		self::assertCount( 1, $this->rows() );
		$this->assert_targets( 'path /one/', 'path /two/', 'path /three/', 'path /category/news/' );
		$this->end_request();
		self::assertCount( 1, $this->network->requests );
	}

	public function test_trashing_invalidates_the_address_from_before(): void {
		$post = $this->given_post();
		wp_trash_post( $post->ID );
		self::assertSame( array( 'post.trashed' ), $this->changes() );
		$this->assert_targets( 'path /hello/', "tag wp:post:$post->ID", ...self::EVERY_POST );
		self::assertNotContains( 'path /hello__trashed/', $this->targets() );
	}

	public function test_trashing_by_setting_the_status(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_status' => 'trash' ) );
		self::assertSame( array( 'post.trashed' ), $this->changes() );
		$this->assert_targets( 'path /hello/' );
	}

	public function test_untrashing_restores_a_draft_and_sends_nothing(): void {
		$post = $this->given_post();
		wp_trash_post( $post->ID );
		$this->forget();
		wp_untrash_post( $post->ID );
		self::assertSame( array(), $this->changes() );
	}

	public function test_untrashing_to_published_is_publishing(): void {
		$post = $this->given_post();
		wp_trash_post( $post->ID );
		$this->forget();
		add_filter( 'wp_untrash_post_status', 'wp_untrash_post_set_previous_status', 10, 3 );
		wp_untrash_post( $post->ID );
		self::assertSame( array( 'post.published' ), $this->changes() );
		$this->assert_targets( 'path /hello/', ...self::EVERY_POST );
	}

	public function test_deleting_for_good(): void {
		$post = $this->given_post();
		wp_delete_post( $post->ID, true );
		self::assertSame( array( 'post.deleted' ), $this->changes() );
		$this->assert_targets( 'path /hello/', "tag wp:post:$post->ID", ...self::EVERY_POST );
	}

	public function test_emptying_the_trash_sends_nothing_more(): void {
		$post = $this->given_post();
		wp_trash_post( $post->ID );
		$this->forget();
		wp_delete_post( $post->ID, true );
		self::assertSame( array(), $this->changes() );
	}

	public function test_back_to_draft(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_status' => 'draft' ) );
		self::assertSame( array( 'post.unpublished' ), $this->changes() );
		$this->assert_targets( 'path /hello/', ...self::EVERY_POST );
	}

	public function test_from_published_to_private(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_status' => 'private' ) );
		self::assertSame( array( 'post.unpublished' ), $this->changes() );
		$this->assert_targets( 'path /hello/' );
	}

	public function test_a_password_hides_the_words_of_a_page_that_stays_public(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_password' => 'open sesame' ) );
		self::assertSame( array( 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /hello/' );
	}

	public function test_a_new_slug_invalidates_both_addresses(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_name' => 'goodbye' ) );
		$this->assert_targets( 'path /hello/', 'path /goodbye/' );
		self::assertSame( 'path /goodbye/', array_values( preg_grep( '/^path /', $this->targets() ) )[0], 'the page that is looked at first' );
	}

	public function test_a_slug_in_another_script_goes_as_wordpress_writes_it(): void {
		wp_insert_post( array( 'post_title' => 'こんにちは', 'post_status' => 'publish' ) );
		$this->assert_targets( 'path /%e3%81%93%e3%82%93%e3%81%ab%e3%81%a1%e3%81%af/' );
	}

	public function test_a_removed_category_is_invalidated_with_those_above_it(): void {
		$world  = $this->given_category( 'World' );
		$europe = $this->given_category( 'Europe', $world );
		$sport  = $this->given_category( 'Sport' );
		$post   = $this->given_post( array( 'post_category' => array( $europe ) ) );
		wp_update_post( array( 'ID' => $post->ID, 'post_category' => array( $sport ) ) );
		self::assertSame( array( 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /category/world/europe/', 'path /category/world/', "tag wp:term:$world", 'path /category/sport/' );
	}

	public function test_a_new_author_invalidates_both_archives(): void {
		$other = $this->given_user( 'author', 'grace' );
		$post  = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_author' => $other ) );
		$this->assert_targets( 'path /author/admin/', 'tag wp:author:1', 'path /author/grace/', "tag wp:author:$other" );
	}

	public function test_cron_publishes_a_scheduled_post(): void {
		$post = $this->given_post( array( 'post_status' => 'future', 'post_date' => '2099-01-01 00:00:00', 'post_date_gmt' => '2099-01-01 00:00:00' ) );
		self::assertSame( 'future', $post->post_status );
		wp_set_current_user( 0 );
		wp_publish_post( $post->ID );
		self::assertSame( array( 'post.published' ), $this->changes() );
		self::assertNull( $this->events()[0]['actor'] );
		$this->assert_targets( 'path /hello/', ...self::EVERY_POST );
	}

	public function test_terms_that_are_set_by_the_api(): void {
		$news = $this->given_category( 'News' );
		$post = $this->given_post();
		wp_set_object_terms( $post->ID, array( $news ), 'category' );
		self::assertSame( array( 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /hello/', 'path /category/news/', 'path /category/uncategorized/' );
	}

	public function test_terms_that_are_removed_by_the_api(): void {
		$news = $this->given_category( 'News' );
		$post = $this->given_post( array( 'post_category' => array( 1, $news ) ) );
		wp_remove_object_terms( $post->ID, $news, 'category' );
		$this->assert_targets( 'path /hello/', 'path /category/news/' );
	}

	public function test_setting_the_same_terms_again_sends_nothing(): void {
		$post = $this->given_post();
		wp_set_object_terms( $post->ID, array( 1 ), 'category' );
		self::assertSame( array(), $this->changes() );
	}

	public function test_meta_that_is_set_by_the_api(): void {
		$post = $this->given_post();
		update_post_meta( $post->ID, 'subtitle', 'More' );
		self::assertSame( array( 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /hello/' );
	}

	public function test_making_a_post_sticky(): void {
		$post = $this->given_post();
		stick_post( $post->ID );
		self::assertSame( array( 'post.updated' ), $this->changes() );
		$this->assert_targets( 'path /hello/', 'tag wp:front-page', 'tag wp:posts-page' );
	}

	public function test_a_page_shows_in_no_list_of_posts(): void {
		$page = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'about' ) );
		wp_update_post( array( 'ID' => $page->ID, 'post_content' => 'About us.' ) );
		$this->assert_targets( 'path /about/', "tag wp:post:$page->ID", 'path /', 'tag wp:front-page' );
		self::assertNotContains( 'tag wp:posts-page', $this->targets() );
		self::assertNotContains( 'path /category/uncategorized/', $this->targets() );
	}

	public function test_moving_a_page_moves_the_pages_below_it(): void {
		$about = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'about' ) );
		$team  = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'team', 'post_parent' => $about->ID ) );
		wp_update_post( array( 'ID' => $about->ID, 'post_name' => 'us' ) );
		$this->assert_targets( 'path /about/', 'path /us/', 'path /about/team/', 'path /us/team/', "tag wp:post:$team->ID" );
	}

	public function test_a_page_of_posts_is_invalidated_by_its_own_address(): void {
		$blog = $this->given_post( array( 'post_type' => 'page', 'post_name' => 'blog' ) );
		update_option( 'page_for_posts', $blog->ID );
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'Other words.' ) );
		$this->assert_targets( 'path /blog/', 'tag wp:posts-page', 'path /' );
	}

	public function test_a_type_of_its_own_with_an_archive(): void {
		register_post_type( 'book', array( 'public' => true, 'has_archive' => 'books' ) );
		$book = $this->given_post( array( 'post_type' => 'book', 'post_name' => 'emma' ) );
		wp_update_post( array( 'ID' => $book->ID, 'post_content' => 'Chapter 1' ) );
		$this->assert_targets( "tag wp:post:$book->ID", 'tag wp:archive:book', 'path /books/' );
		unregister_post_type( 'book' );
	}

	public function test_an_attachment_shows_on_the_page_that_it_was_uploaded_to(): void {
		$post       = $this->given_post();
		$attachment = $this->given_post( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_name' => 'photo', 'post_parent' => $post->ID, 'post_mime_type' => 'image/png' ) );
		wp_update_post( array( 'ID' => $attachment->ID, 'post_excerpt' => 'A photo' ) );
		$this->assert_targets( 'path /hello/', "tag wp:post:$post->ID", "tag wp:post:$attachment->ID" );
		self::assertNotContains( 'tag wp:front-page', $this->targets() );
	}

	public function test_deleting_an_attachment(): void {
		$attachment = $this->given_post( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_name' => 'photo', 'post_mime_type' => 'image/png' ) );
		wp_delete_attachment( $attachment->ID, true );
		self::assertSame( array( 'post.deleted' ), $this->changes() );
		$this->assert_targets( "tag wp:post:$attachment->ID" );
	}

	public function test_a16_deleting_a_featured_image_tells_of_the_posts_that_showed_it_and_of_no_other(): void {
		$photo           = $this->given_attachment();
		$shows           = $this->given_post( array( 'post_name' => 'shows' ) );
		$draft           = $this->given_post( array( 'post_status' => 'draft' ) );
		$GLOBALS['post'] = $this->given_post( array( 'post_name' => 'on-the-screen' ) );
		update_post_meta( $shows->ID, '_thumbnail_id', $photo );
		update_post_meta( $draft->ID, '_thumbnail_id', $photo );
		$this->forget();

		wp_delete_attachment( $photo, true );
		unset( $GLOBALS['post'] );

		self::assertSame( array( array( 'post.deleted', (string) $photo ), array( 'post.updated', (string) $shows->ID ) ), $this->told() );
		$this->assert_targets( 'path /shows/', "tag wp:post:$shows->ID", ...self::EVERY_POST );
		self::assertNotContains( 'path /on-the-screen/', $this->targets() );
	}

	public function test_a16_meta_that_is_deleted_from_every_post_at_once_tells_of_each_that_had_it(): void {
		$posts = array_map( fn( string $name ) => $this->given_post( array( 'post_name' => $name ) ), array( 'one', 'two', 'without' ) );
		add_post_meta( $posts[0]->ID, 'subtitle', 'x' );
		add_post_meta( $posts[0]->ID, 'subtitle', 'y' );
		add_post_meta( $posts[1]->ID, 'subtitle', 'x' );
		$this->forget();
		$GLOBALS['post'] = $posts[2];
		delete_post_meta_by_key( 'subtitle' );
		unset( $GLOBALS['post'] );
		self::assertSame( array( array( 'post.updated', (string) $posts[0]->ID ), array( 'post.updated', (string) $posts[1]->ID ) ), $this->told() );
	}

	public function test_a16_core_deletes_from_every_post_even_where_one_is_named(): void {
		$posts = array_map( fn( string $name ) => $this->given_post( array( 'post_name' => $name ) ), array( 'named', 'had-it' ) );
		add_post_meta( $posts[1]->ID, 'subtitle', 'x' );
		$this->forget();
		delete_metadata( 'post', $posts[0]->ID, 'subtitle', '', true );
		self::assertSame( array( array( 'post.updated', (string) $posts[1]->ID ) ), $this->told() );
	}

	public function test_a16_meta_of_very_many_posts_is_the_whole_site(): void {
		global $wpdb;
		$post = $this->given_post();
		foreach ( range( 1, 101 ) as $number ) {
			$wpdb->query( $wpdb->prepare( "INSERT INTO $wpdb->postmeta ( post_id, meta_key, meta_value ) VALUES ( %d, 'subtitle', 'x' )", $post->ID + $number ) );
		}
		delete_post_meta_by_key( 'subtitle' );
		self::assertSame( array( 'site.updated' ), $this->changes() );
		self::assertSame( array( 'layout /' ), $this->targets() );
	}

	public function test_a16_bookkeeping_that_is_deleted_from_every_post_at_once_sends_nothing(): void {
		$post = $this->given_post();
		update_post_meta( $post->ID, '_edit_lock', '1764000000:1' );
		delete_post_meta_by_key( '_edit_lock' );
		self::assertSame( array(), $this->changes() );
	}

	/** @return array<string, array{callable(int): void}> what names no post */
	public static function hooks_without_a_post(): array {
		return array(
			'A16 terms that are set'        => array( static fn( int $id ) => wp_set_object_terms( $id, array( 1 ), 'category' ) ),
			'A16 terms that are removed'    => array( static fn( int $id ) => do_action( 'deleted_term_relationships', $id, array( 1 ), 'category' ) ),
			'A16 meta'                      => array( static fn( int $id ) => do_action( 'updated_post_meta', 1, $id, 'subtitle', 'x' ) ),
			'A16 meta that is deleted'      => array( static fn( int $id ) => do_action( 'deleted_post_meta', array( 999_999 ), $id, 'subtitle', 'x' ) ),
			'A16 a deletion'                => array( static fn( int $id ) => do_action( 'before_delete_post', $id, new WP_Post( new stdClass() ) ) ),
			'A16 an attachment\'s deletion' => array( static fn( int $id ) => do_action( 'delete_attachment', $id, null ) ),
			'A16 a save'                    => array( static fn( int $id ) => do_action( 'pre_post_update', $id, array() ) ),
			'A16 a trashing'                => array( static fn( int $id ) => do_action( 'wp_trash_post', $id, '' ) ),
			'A16 stickiness'                => array( static fn( int $id ) => stick_post( $id ) ),
			'A16 and its end'               => array( static fn( int $id ) => do_action( 'post_unstuck', $id ) ),
			'A16 a term with no object'     => array(
				static function ( int $id ): void {
					wp_set_object_terms( $id, array( 1 ), 'category' );
					wp_update_term( 1, 'category', array( 'description' => 'More' ) );
				},
			),
		);
	}

	/** @dataProvider hooks_without_a_post */
	public function test_a16_no_post_is_not_the_post_on_the_screen( callable $act ): void {
		$GLOBALS['post'] = $this->given_post( array( 'post_name' => 'on-the-screen', 'post_type' => 'page' ) );
		$act( 0 );
		unset( $GLOBALS['post'] );
		self::assertNotContains( 'path /on-the-screen/', $this->targets() );
		self::assertSame( array(), array_diff( $this->changes(), array( 'term.updated' ) ) );
	}

	/** @return array<string, array{callable(self): void}> */
	public static function never_sent(): array {
		return array(
			'a draft'                 => array( static fn() => wp_insert_post( array( 'post_title' => 'Draft', 'post_status' => 'draft' ) ) ),
			'a draft that is edited'  => array(
				static function ( self $test ): void {
					$post = $test->given_post( array( 'post_status' => 'draft' ) );
					wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
					update_post_meta( $post->ID, 'subtitle', 'More' );
				},
			),
			'a draft that is deleted' => array( static fn( self $test ) => wp_delete_post( $test->given_post( array( 'post_status' => 'draft' ) )->ID, true ) ),
			'an auto-draft'           => array( static fn() => wp_insert_post( array( 'post_title' => 'Auto Draft', 'post_status' => 'auto-draft' ) ) ),
			'a pending post'          => array( static fn() => wp_insert_post( array( 'post_title' => 'Pending', 'post_status' => 'pending' ) ) ),
			'a private post'          => array( static fn() => wp_insert_post( array( 'post_title' => 'Private', 'post_status' => 'private' ) ) ),
			'a scheduled post'        => array( static fn() => wp_insert_post( array( 'post_title' => 'Later', 'post_status' => 'future', 'post_date' => '2099-01-01 00:00:00' ) ) ),
			'a revision'              => array( static fn( self $test ) => _wp_put_post_revision( $test->given_post()->ID ) ),
			'an autosave'             => array(
				static function ( self $test ): void {
					$post = $test->given_post();
					wp_create_post_autosave( array( 'post_ID' => $post->ID, 'post_title' => 'Half a t', 'post_content' => 'Half', 'post_excerpt' => '', 'post_type' => 'post' ) );
				},
			),
			'global styles'           => array( static fn() => wp_insert_post( array( 'post_title' => 'Styles', 'post_status' => 'publish', 'post_type' => 'wp_global_styles' ) ) ),
			'a navigation'            => array( static fn() => wp_insert_post( array( 'post_title' => 'Navigation', 'post_status' => 'publish', 'post_type' => 'wp_navigation' ) ) ),
			'a menu item to be'       => array( static fn() => wp_insert_post( array( 'post_title' => 'Item', 'post_status' => 'draft', 'post_type' => 'nav_menu_item' ) ) ),
			'a reusable block'        => array( static fn() => wp_insert_post( array( 'post_title' => 'Block', 'post_status' => 'publish', 'post_type' => 'wp_block' ) ) ),
			'somebody has it open'    => array( static fn( self $test ) => update_post_meta( $test->given_post()->ID, '_edit_lock', '1764000000:1' ) ),
		);
	}

	/** @dataProvider never_sent */
	public function test_what_visitors_never_saw_is_never_sent( callable $act ): void {
		$act( $this );
		self::assertSame( array(), $this->changes() );
	}

	public function test_several_saves_of_a_post_in_one_request_are_one_event_of_all_their_targets(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_name' => 'two' ) );
		wp_update_post( array( 'ID' => $post->ID, 'post_name' => 'three' ) );
		self::assertCount( 1, $this->rows() );
		$this->assert_targets( 'path /hello/', 'path /two/', 'path /three/' );
	}

	public function test_a_save_after_publishing_in_one_request_still_says_published(): void {
		$post = $this->given_post( array( 'post_status' => 'draft' ) );
		wp_publish_post( $post->ID );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		self::assertSame( array( 'post.published' ), $this->changes() );
	}

	public function test_a_change_carries_the_title_that_was_just_saved(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_title' => 'Hello again' ) );
		self::assertSame( array( 'Hello again' ), array_column( $this->rows(), 'subject_title' ) );
		self::assertSame( 'Hello again', $this->events()[0]['subject']['title'] );
	}

	public function test_a_new_title_after_publishing_in_one_request_is_the_titles_last_word(): void {
		$post = $this->given_post( array( 'post_status' => 'draft' ) );
		wp_publish_post( $post->ID );
		wp_update_post( array( 'ID' => $post->ID, 'post_title' => 'Hello again' ) );
		self::assertSame( array( 'post.published' ), $this->changes() );
		self::assertSame( array( 'Hello again' ), array_column( $this->rows(), 'subject_title' ) );
	}

	public function test_a_row_that_is_on_its_way_is_not_rewritten(): void {
		$post = $this->given_post();
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		$row = $this->rows()[0];
		$this->outbox->claim( $row, 'another process', $this->clock->now );
		wp_update_post( array( 'ID' => $post->ID, 'post_name' => 'moved' ) );
		self::assertCount( 2, $this->rows() );
		self::assertSame( $row->body, $this->rows()[0]->body );
		self::assertStringContainsString( '/moved/', $this->rows()[1]->body );
	}

	public function test_a_save_that_ends_after_its_event_was_sent_sends_another(): void {
		$post = $this->given_post();
		add_action(
			'save_post',
			function (): void {
				$this->outbox->claim( $this->rows()[0], 'another process', $this->clock->now );
				$this->clock->now += 6;
			}
		);
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		self::assertCount( 2, $this->rows() );
		self::assertSame( $this->clock->now, $this->rows()[1]->created_at );
	}

	public function test_a_slow_save_is_one_event_that_carries_the_time_of_its_end(): void {
		$post = $this->given_post();
		add_action( 'save_post', fn() => $this->clock->now += 3 );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		self::assertSame( array( $this->clock->now ), array_column( $this->rows(), 'created_at' ) );
	}

	public function test_a_subfolder_of_the_site_is_no_part_of_the_path(): void {
		$post = $this->given_post();
		add_filter( 'pre_option_home', static fn() => 'https://cms.example.com/cms' );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		$this->assert_targets( 'path /hello/', 'path /' );
	}

	public function test_with_plain_permalinks_only_tags_name_the_post(): void {
		$post = $this->given_post();
		global $wp_rewrite;
		$wp_rewrite->set_permalink_structure( '' );
		$this->forget();
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		$wp_rewrite->set_permalink_structure( '/%postname%/' );
		self::assertContains( "tag wp:post:$post->ID", $this->targets() );
		self::assertSame( array( 'path /' ), array_values( preg_grep( '/^path /', $this->targets() ) ) );
	}

	public function test_a_site_adds_its_own_targets_and_what_is_none_is_left_out(): void {
		$post = $this->given_post();
		add_filter( 'doing_it_wrong_trigger_error', '__return_false' );
		add_filter( 'everypod_targets', static fn( array $targets, array $change ) => array( ...$targets, array( 'tag' => $change['subject']['kind'] ), array( 'slug' => 'x' ), 'text' ), 10, 2 );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		$this->assert_targets( 'path /hello/', 'tag post' );
		self::assertStringNotContainsString( 'slug', $this->rows()[0]->body );
	}

	public function test_a_site_can_keep_a_change_to_itself(): void {
		$post = $this->given_post();
		add_filter( 'everypod_should_send', static fn( bool $send, array $change ) => 'post.updated' !== $change['change'], 10, 2 );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		self::assertSame( array(), $this->changes() );
	}

	public function test_a_change_too_wide_for_a_message_goes_as_the_whole_site(): void {
		$post = $this->given_post();
		add_filter( 'everypod_targets', static fn() => array_map( static fn( int $number ) => array( 'path' => "/$number/" . str_repeat( 'x', 100 ) ), range( 1, 300 ) ) );
		wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'More' ) );
		self::assertSame( array( 'layout /' ), $this->targets() );
		self::assertLessThan( 20_000, strlen( $this->rows()[0]->body ) );
	}

	public function test_nothing_is_kept_before_the_connection_is_set_up(): void {
		$this->constants = array();
		$this->new_request();
		wp_insert_post( array( 'post_title' => 'News', 'post_status' => 'publish' ) );
		self::assertSame( array(), $this->rows() );
	}

	private function given_attachment(): int {
		return $this->given_post( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_name' => 'photo', 'post_mime_type' => 'image/png' ) )->ID;
	}

	/** @return list<array{string, string}> each change and the id of its subject */
	private function told(): array {
		$rows = $this->rows();
		$of   = Subjects::of( $rows );
		$told = array_map( static fn( $row ) => $of[ $row->id ] ?? array( array( 'change' => $row->change_name, 'id' => $row->subject_id ) ), $rows );
		return array_map( static fn( array $one ) => array( $one['change'], $one['id'] ), array_merge( array(), ...$told ) );
	}

	private function assert_targets( string ...$wanted ): void {
		$got = $this->targets();
		self::assertSame( array(), array_values( array_diff( $wanted, $got ) ), 'missing in: ' . implode( ', ', $got ) );
	}
}
