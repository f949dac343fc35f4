<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;

/**
 * What core's lists say of a post to whoever asks for that alone, by `_fields`: they go where that is another, and stay else. Where
 * anybody but core has a say in it, they go with whatever is changed about the post.
 */
final class KeysOfCardsTest extends ChangedAnswersTestCase {

	private const CARDS = array( '_fields' => 'id,slug,link,title,excerpt,date,sticky' );

	private const CARD = array( 'slug' => 'hello' ) + self::CARDS;

	/** What somebody else's code hooks into, while an answer is made. */
	private ?Closure $others = null;

	protected function setUp(): void {
		parent::setUp();
		$GLOBALS['wp_rewrite']->set_permalink_structure( '/%category%/%postname%/' );
		wp_update_post( array( 'ID' => $this->ids['hello'], 'post_excerpt' => 'In short.', 'post_name' => 'hello' ) );
		$this->ids += array(
			'team'  => $this->given_post( array( 'post_title' => 'Team', 'post_name' => 'team', 'post_type' => 'page', 'post_parent' => $this->ids['about'] ) )->ID,
			'image' => (int) wp_insert_attachment( array( 'post_title' => 'Image', 'post_mime_type' => 'image/png', 'post_status' => 'inherit', 'post_parent' => $this->ids['hello'] ) ),
		);
		$this->forget();
		wp_set_current_user( 0 );
	}

	protected function tearDown(): void {
		$GLOBALS['wp_rewrite']->set_permalink_structure( '/%postname%/' );
		unset( $GLOBALS['wp_rest_additional_fields']['post']['title'] );
		parent::tearDown();
	}

	protected function answer( string $path, array $query = array(), string $method = 'GET', array $posted = array(), ?Closure $before = null, ?Closure $permission = null ): ?string {
		return parent::answer( $path, $query, $method, $posted, $before ?? $this->others, $permission );
	}

	protected function given_other_endpoints(): void {
	}

	public function test_a_card_goes_where_what_stands_on_it_is_another(): void {
		$cards = array( '/wp/v2/posts', self::CARDS );
		$card  = array( '/wp/v2/posts', self::CARD );
		$page  = array( '/wp/v2/pages', array( 'slug' => 'team', '_fields' => 'title,link' ) );
		$this->assert_rows(
			array(
				'the title'                        => array( ...$card, self::saved( 'hello', array( 'post_title' => 'More' ) ), self::GOES ),
				'the slug'                         => array( ...$card, self::saved( 'hello', array( 'post_name' => 'more' ) ), self::GOES ),
				'the excerpt'                      => array( ...$card, self::saved( 'hello', array( 'post_excerpt' => 'Shorter.' ) ), self::GOES ),
				'the password'                     => array( ...$card, self::saved( 'hello', array( 'post_password' => 'open' ) ), self::GOES ),
				'the date'                         => array( ...$card, self::saved( 'hello', array( 'post_date' => '2026-01-03 03:04:05', 'post_date_gmt' => '', 'edit_date' => true ) ), self::GOES ),
				'that it is sticky'                => array( ...$card, static fn( array $ids ) => stick_post( $ids['hello'] ), self::GOES ),
				'that it is sticky, by the option' => array( ...$card, static fn( array $ids ) => update_option( 'sticky_posts', array( $ids['hello'] ) ), self::GOES ),
				'that it is there'                 => array( ...$cards, static fn( array $ids ) => wp_trash_post( $ids['hello'] ), self::GOES ),
				'that it is deleted'               => array( ...$cards, static fn( array $ids ) => wp_delete_post( $ids['hello'], true ), self::GOES ),
				'that a draft is published'        => array( ...$cards, static fn( array $ids ) => wp_publish_post( $ids['draft'] ), self::GOES ),
				'the category in its address'      => array( ...$card, static fn( array $ids ) => wp_set_object_terms( $ids['hello'], array( $ids['sport'] ), 'category' ), self::GOES ),
				'the slug of this category'        => array( ...$card, static fn( array $ids ) => wp_update_term( $ids['news'], 'category', array( 'slug' => 'latest' ) ), self::GOES ),
				'what an excerpt is made of'       => array( '/wp/v2/posts', array( 'slug' => 'other' ) + self::CARDS, self::saved( 'other', array( 'post_content' => 'Else.' ) ), self::GOES ),
				'the slug of the page above it'    => array( ...$page, self::saved( 'about', array( 'post_name' => 'we' ) ), self::GOES ),
				'the page above it'                => array( ...$page, self::saved( 'team', array( 'post_parent' => 0 ) ), self::GOES ),
				'that it is the front page'        => array( ...$page, static fn( array $ids ) => update_option( 'show_on_front', 'page' ) && update_option( 'page_on_front', $ids['team'] ), self::GOES ),
				'one by its id'                    => array( '/wp/v2/posts/{hello}', array( '_fields' => 'title.rendered' ), self::saved( 'hello', array( 'post_title' => 'More' ) ), self::GOES ),
				'one of some by their ids'         => array( '/wp/v2/posts', array( 'include' => '{hello}' ) + self::CARDS, self::saved( 'hello', array( 'post_title' => 'More' ) ), self::GOES ),
				'one that is not there yet'        => array( '/wp/v2/posts', array( 'include' => '{draft}' ) + self::CARDS, static fn( array $ids ) => wp_publish_post( $ids['draft'] ), self::GOES ),
				'the title of what is found'       => array( '/wp/v2/search', array( 'search' => 'hello' ), self::saved( 'hello', array( 'post_title' => 'Hello you' ) ), self::GOES ),
				'that it is found'                 => array( '/wp/v2/search', array( 'search' => 'hello' ), static fn( array $ids ) => wp_trash_post( $ids['hello'] ), self::GOES ),
				'the title, past WordPress'        => array(
					...$card,
					static function ( array $ids ): void {
						global $wpdb;
						get_post( $ids['hello'] );
						$wpdb->update( $wpdb->posts, array( 'post_title' => 'More' ), array( 'ID' => $ids['hello'] ) );
						clean_post_cache( $ids['hello'] );
					},
					self::GOES,
				),
			)
		);
	}

	public function test_a_card_stays_where_anything_else_of_the_post_is_another(): void {
		$card = array( '/wp/v2/posts', self::CARD );
		$this->assert_rows(
			array(
				'what it says, where it has an excerpt' => array( ...$card, self::saved( 'hello', array( 'post_content' => 'Else.' ) ), self::STAYS ),
				'a comment'                             => array( ...$card, static fn( array $ids ) => wp_insert_comment( array( 'comment_post_ID' => $ids['hello'], 'comment_content' => 'Well.', 'comment_approved' => 1 ) ), self::STAYS ),
				'meta'                                  => array( ...$card, static fn( array $ids ) => update_post_meta( $ids['hello'], 'price', '12' ), self::STAYS ),
				'the featured image'                    => array( ...$card, static fn( array $ids ) => set_post_thumbnail( $ids['hello'], $ids['image'] ), self::STAYS ),
				'the author'                            => array( ...$card, self::saved( 'hello', array( 'post_author' => 1 ) ), self::STAYS ),
				'whether it takes comments'             => array( ...$card, self::saved( 'hello', array( 'comment_status' => 'closed' ) ), self::STAYS ),
				'a comment on what is found'            => array( '/wp/v2/search', array( 'search' => 'hello' ), static fn( array $ids ) => wp_insert_comment( array( 'comment_post_ID' => $ids['hello'], 'comment_content' => 'Well.', 'comment_approved' => 1 ) ), self::STAYS ),
				'meta of what is found'                 => array( '/wp/v2/search', array( 'search' => 'hello' ), static fn( array $ids ) => update_post_meta( $ids['hello'], 'price', '12' ), self::STAYS ),
				'a tag'                                 => array( ...$card, static fn( array $ids ) => wp_set_object_terms( $ids['hello'], 'sea', 'post_tag' ), self::STAYS ),
				'the name of its category'              => array( ...$card, static fn( array $ids ) => wp_update_term( $ids['news'], 'category', array( 'name' => 'Latest' ) ), self::GOES_IN_VAIN ),
				'an image that was uploaded to it'      => array( ...$card, self::saved( 'image', array( 'post_excerpt' => 'A caption' ) ), self::STAYS ),
				// The control: of who asks for all of it nobody knows what they show.
				'a comment, and all of the post'        => array( '/wp/v2/posts', array( 'slug' => 'hello' ), static fn( array $ids ) => wp_insert_comment( array( 'comment_post_ID' => $ids['hello'], 'comment_content' => 'Well.', 'comment_approved' => 1 ) ), self::GOES_IN_VAIN ),
				'a comment, and one field more'         => array( '/wp/v2/posts', array( 'slug' => 'hello', '_fields' => 'title,modified' ), static fn( array $ids ) => wp_insert_comment( array( 'comment_post_ID' => $ids['hello'], 'comment_content' => 'Well.', 'comment_approved' => 1 ) ), self::GOES_IN_VAIN ),
			)
		);
	}

	public function test_a_list_that_is_whole_goes_where_its_order_is_another(): void {
		$this->others = static fn() => add_filter( 'rest_post_query', static fn( array $asked ) => array( 'nopaging' => true, 'orderby' => 'modified' ) + $asked );
		$saved_later  = function (): void {
			$this->saves_at = '2030-01-01 00:00:00';
			wp_update_post( array( 'ID' => 1, 'post_content' => 'Else.' ) );
		};
		$this->assert_rows( array( 'what the last of it says' => array( '/wp/v2/posts', array( '_fields' => 'slug' ), $saved_later, self::GOES ) ) );
	}

	/** @return array<string, array{string}> */
	public static function filters_that_see_a_post(): array {
		return array(
			'a title that counts comments, by its id' => array( 'the_title' ),
			'an excerpt that counts them'             => array( 'get_the_excerpt' ),
			'an address that does'                    => array( 'post_link' ),
			'a whole answer that does'                => array( 'rest_prepare_post' ),
			'a field of core’s name that does'        => array( 'rest_api_init' ),
			'a list that does'                        => array( 'the_posts' ),
		);
	}

	/** @dataProvider filters_that_see_a_post */
	public function test_where_others_have_a_say_it_goes_with_whatever_is_changed( string $hook ): void {
		$id           = $this->ids['hello'];
		$shown        = static fn( string $text ) => "$text (" . ( get_post( $id )->comment_count ?? '' ) . ')';
		$changed      = static function ( mixed $given, mixed $post = null ) use ( $hook, $shown ): mixed {
			if ( 'rest_api_init' === $hook ) {
				register_rest_field( 'post', 'title', array( 'get_callback' => static fn() => $shown( 'Hello' ) ) );
			} elseif ( 'rest_prepare_post' === $hook ) {
				$given->data['title'] = "{$post->post_title} ({$post->comment_count})";
			} elseif ( 'the_posts' === $hook ) {
				array_map( static fn( object $one ) => $one->post_excerpt .= " ({$one->comment_count})", $given );
			} else {
				return is_object( $post ) ? "$given ({$post->comment_count})" : $shown( (string) $given );
			}
			return $given;
		};
		$this->others = static fn() => add_filter( $hook, $changed, 99, 2 );
		$comment      = static fn( array $ids ) => wp_insert_comment( array( 'comment_post_ID' => $ids['hello'], 'comment_content' => 'Well.', 'comment_approved' => 1 ) );
		$this->assert_rows( array( $hook => array( '/wp/v2/posts', self::CARD, $comment, self::GOES ) ) );
	}

	public function test_what_a_filter_reads_of_a_post_counts_for_all_of_it(): void {
		// It has no say in what cards say, and yet decides which there are.
		$id           = $this->ids['hello'];
		$this->others = static fn() => add_filter( 'rest_post_query', static fn( array $asked ) => array( 'post__in' => array( '1' === get_post_meta( $id, 'open', true ) ? $id : 0 ) ) + $asked );
		$this->assert_rows(
			array( 'meta that opens the list' => array( '/wp/v2/posts', self::CARD, static fn( array $ids ) => update_post_meta( $ids['hello'], 'open', '1' ), self::GOES ) )
		);
	}
}
