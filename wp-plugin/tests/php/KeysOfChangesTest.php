<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Closure;

/**
 * What was read by an answer and what then changes, row by row: an answer that is another one afterwards is told of by an event,
 * and one that stays as it is by none, but for what nobody can tell apart.
 */
final class KeysOfChangesTest extends ChangedAnswersTestCase {

	protected function setUp(): void {
		parent::setUp();
		register_post_type( 'book', array( 'public' => true, 'show_in_rest' => true, 'hierarchical' => true, 'supports' => array( 'title', 'page-attributes', 'author' ) ) );
		register_post_type( 'quote', array( 'public' => false, 'show_in_rest' => true ) );
		register_taxonomy( 'inside', 'post', array( 'public' => false, 'show_in_rest' => true ) );
		register_taxonomy_for_object_type( 'post_tag', 'attachment' );
		$this->ids += array(
			'team'    => $this->given_post( array( 'post_title' => 'Team', 'post_name' => 'team', 'post_type' => 'page', 'post_parent' => $this->ids['about'] ) )->ID,
			'block'   => $this->given_post( array( 'post_title' => 'Block', 'post_name' => 'block', 'post_type' => 'wp_block' ) )->ID,
			'quote'   => $this->given_post( array( 'post_title' => 'Quote', 'post_name' => 'quote', 'post_type' => 'quote' ) )->ID,
			'alpha'   => $this->given_category( 'Alpha', $this->ids['local'] ),
			'beta'    => $this->given_category( 'Beta', $this->ids['local'] ),
			'inside'  => wp_insert_term( 'Inside', 'inside' )['term_id'],
			'image'   => $this->given_image( $this->ids['hello'] ),
			'free'    => $this->given_image( 0 ),
			'comment' => (int) wp_insert_comment( array( 'comment_post_ID' => $this->ids['hello'], 'comment_content' => 'Well.', 'comment_approved' => 1 ) ),
			'waiting' => (int) wp_insert_comment( array( 'comment_post_ID' => $this->ids['hello'], 'comment_content' => 'Later.', 'comment_approved' => 0 ) ),
			'spam'    => (int) wp_insert_comment( array( 'comment_post_ID' => $this->ids['hello'], 'comment_content' => 'Buy.', 'comment_approved' => 'spam' ) ),
		);
		wp_set_object_terms( $this->ids['hello'], array( $this->ids['inside'] ), 'inside' );
		update_option( 'options_phone', '1' );
		$this->given_a_bridge_of_the_third_protocol();
		$this->forget();
		wp_set_current_user( 0 );
	}

	protected function tearDown(): void {
		unregister_post_type( 'book' );
		unregister_post_type( 'quote' );
		unregister_taxonomy( 'inside' );
		unregister_taxonomy_for_object_type( 'post_tag', 'attachment' );
		parent::tearDown();
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_posts(): array {
		$new      = static fn( array $fields = array() ) => static fn() => self::insert( $fields );
		$saved    = static fn( string $name, array $fields ) => static fn( array $ids ) => wp_update_post( array( 'ID' => $ids[ $name ] ) + $fields );
		$posts    = array( '/wp/v2/posts', array() );
		$one      = array( '/wp/v2/posts', array( 'per_page' => '1' ) );
		$in       = static fn( string $name ) => array( '/wp/v2/posts', array( 'categories' => "{{$name}}" ) );
		$by       = static fn( string $name ) => array( '/wp/v2/posts', array( 'author' => "{{$name}}" ) );
		$march    = array( '/wp/v2/posts', array( 'after' => '2025-03-01T00:00:00', 'before' => '2025-04-01T00:00:00' ) );
		$comments = static fn( string $name ) => static fn( array $ids ) => array_map( static fn( string $text ) => wp_insert_comment( array( 'comment_post_ID' => $ids[ $name ], 'comment_content' => $text, 'comment_approved' => 1 ) ), array( 'One.', 'Two.', 'Three.' ) );
		$seeks    = static fn( string $words ) => array( '/wp/v2/posts', array( 'search' => $words ) );
		$by_ada   = static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_author' => $ids['ada'] ) );
		$named    = static fn( string $slug, string $kind = 'posts' ) => array( "/wp/v2/$kind", array( 'slug' => $slug ) );
		return array(
			'posts and a new one'                          => array( ...$posts, $new(), self::GOES ),
			'posts and a new page'                         => array( ...$posts, $new( array( 'post_type' => 'page' ) ), self::STAYS ),
			'posts and a draft that is published'          => array( ...$posts, static fn( array $ids ) => wp_publish_post( $ids['draft'] ), self::GOES ),
			'posts and a draft that is edited'             => array( ...$posts, $saved( 'draft', array( 'post_title' => 'More' ) ), self::STAYS ),
			'posts and one that is taken back'             => array( ...$posts, $saved( 'other', array( 'post_status' => 'draft' ) ), self::GOES ),
			'posts and one that is private now'            => array( ...$posts, $saved( 'other', array( 'post_status' => 'private' ) ), self::GOES ),
			'posts and one that is in the trash'           => array( ...$posts, static fn( array $ids ) => wp_trash_post( $ids['other'] ), self::GOES ),
			'posts and one that is deleted'                => array( ...$posts, static fn( array $ids ) => wp_delete_post( $ids['other'], true ), self::GOES ),
			'posts and one of another date'                => array( ...$posts, $saved( 'hello', array( 'post_date' => '2026-11-11 11:11:11', 'post_date_gmt' => '', 'edit_date' => true ) ), self::GOES ),
			'posts and the title of one in the list'       => array( ...$posts, $saved( 'hello', array( 'post_title' => 'More' ) ), self::GOES ),
			'posts and the title of one further down'      => array( ...$one, $saved( 'hello', array( 'post_title' => 'More' ) ), self::STAYS ),
			'posts and meta of one further down'           => array( ...$one, static fn( array $ids ) => update_post_meta( $ids['hello'], 'price', '12' ), self::STAYS ),
			'posts and one further down that is deleted'   => array( ...$one, static fn( array $ids ) => wp_delete_post( $ids['hello'], true ), self::GOES_IN_VAIN ),
			'posts that are sticky and one more'           => array( '/wp/v2/posts', array( 'sticky' => '1' ), static fn( array $ids ) => stick_post( $ids['hello'] ), self::GOES ),
			'posts that are sticky and one more, by the option' => array( '/wp/v2/posts', array( 'sticky' => '1' ), static fn( array $ids ) => update_option( 'sticky_posts', array( $ids['hello'] ) ), self::GOES ),
			'posts that are sticky and a new one'          => array( '/wp/v2/posts', array( 'sticky' => '1' ), $new(), self::STAYS ),
			'posts that are not sticky and one that is now' => array( '/wp/v2/posts', array( 'sticky' => '0' ), static fn( array $ids ) => stick_post( $ids['hello'] ), self::GOES ),
			'posts and a sticky one further down'          => array( ...$one, static fn( array $ids ) => stick_post( $ids['hello'] ), self::STAYS ),
			'posts with the sticky ones first, and one more' => array( '/own/v1/home', array(), static fn( array $ids ) => stick_post( $ids['hello'] ), self::GOES ),
			'posts but the sticky ones, of which none is'  => array( '/own/v1/not-sticky', array(), static fn( array $ids ) => stick_post( $ids['hello'] ), self::GOES ),
			'a block with posts but the sticky ones'       => array( '/own/v1/query-block', array(), static fn( array $ids ) => stick_post( $ids['other'] ), self::GOES ),
			'which of some ids are sticky, and one more'   => array( '/own/v1/are-sticky', array(), static fn( array $ids ) => stick_post( $ids['hello'] ), self::GOES ),
			'posts and what is another of one further down' => array(
				...$one,
				static function ( array $ids ): void {
					wp_update_post( array( 'ID' => $ids['hello'], 'post_password' => 'x', 'post_author' => $ids['ada'], 'post_name' => 'bye' ) );
					wp_set_post_categories( $ids['hello'], array( $ids['sport'] ) );
				},
				self::STAYS,
			),
			'pages and another place of one further down'  => array( '/own/v1/first-page', array(), $saved( 'team', array( 'post_parent' => 0 ) ), self::STAYS ),
			'posts that have a password and one more'      => array( '/own/v1/locked', array(), $saved( 'hello', array( 'post_password' => 'x' ) ), self::GOES ),
			'posts that have none and one less'            => array( '/own/v1/open', array(), $saved( 'hello', array( 'post_password' => 'x' ) ), self::GOES ),
			'posts in none of a category and one put in it' => array( '/wp/v2/posts', array( 'categories_exclude' => '{sport}' ), static fn( array $ids ) => wp_set_post_categories( $ids['hello'], array( $ids['sport'] ) ), self::GOES ),
			'posts in none of a category and one taken out' => array( '/wp/v2/posts', array( 'categories_exclude' => '{sport}' ), static fn( array $ids ) => wp_set_post_categories( $ids['other'], array( $ids['news'] ) ), self::GOES ),
			'posts in none of a category and one of it'    => array( '/wp/v2/posts', array( 'categories_exclude' => '{sport}' ), static fn( array $ids ) => wp_set_post_categories( $ids['other'], array( $ids['empty'] ), true ), self::STAYS ),
			'posts in none below a category and one put there' => array( '/own/v1/not-below', array(), static fn( array $ids ) => wp_set_post_categories( $ids['other'], array( $ids['local'] ) ), self::GOES ),
			'posts in none below a category that moves there' => array( '/own/v1/not-below', array(), static fn( array $ids ) => wp_update_term( $ids['sport'], 'category', array( 'parent' => $ids['news'] ) ), self::GOES ),
			'posts in no category of a slug and one put in it' => array( '/own/v1/not-by-slug', array(), static fn( array $ids ) => wp_set_post_categories( $ids['hello'], array( $ids['sport'] ) ), self::GOES ),
			'posts without a tag and one that has it'      => array( '/own/v1/untagged', array(), static fn( array $ids ) => wp_set_post_tags( $ids['hello'], 'tagged' ), self::GOES ),
			'posts without a tag and a category'           => array( '/own/v1/untagged', array(), static fn( array $ids ) => wp_update_term( $ids['sport'], 'category', array( 'name' => 'Games' ) ), self::STAYS ),
			'ids of what is in a category and one more'    => array( '/own/v1/objects', array(), static fn( array $ids ) => wp_set_post_categories( $ids['hello'], array( $ids['sport'] ) ), self::GOES ),
			'an author\'s posts of a category and one put in it' => array( '/wp/v2/posts', array( 'author' => '{grace}', 'categories' => '{sport}' ), static fn( array $ids ) => wp_set_post_categories( $ids['hello'], array( $ids['sport'] ) ), self::GOES ),
			'an author\'s posts of a category and one of another\'s that goes' => array( '/wp/v2/posts', array( 'author' => '{grace}', 'categories' => '{sport}' ), static fn( array $ids ) => wp_trash_post( $ids['other'] ), self::STAYS ),
			'a slug in a category and a post put in it'    => array( '/wp/v2/posts', array( 'slug' => 'hello', 'categories' => '{sport}' ), static fn( array $ids ) => wp_set_post_categories( $ids['hello'], array( $ids['sport'] ) ), self::GOES ),
			'posts of two categories and one put in both'  => array( '/own/v1/both', array(), static fn( array $ids ) => wp_set_post_categories( $ids['hello'], array( $ids['sport'] ), true ), self::GOES ),
			'posts by others and one given away'           => array( '/wp/v2/posts', array( 'author_exclude' => '{grace}' ), $by_ada, self::GOES ),
			'posts by others and one given to another of them' => array( '/wp/v2/posts', array( 'author_exclude' => '{ada}', 'orderby' => 'id', 'per_page' => '1' ), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_author' => 1 ) ), self::STAYS ),
			'posts by author and another author'           => array( '/wp/v2/posts', array( 'orderby' => 'author', 'per_page' => '1' ), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['other'], 'post_author' => $ids['ada'] ) ), self::GOES ),
			'posts by slug and another slug'               => array( '/wp/v2/posts', array( 'orderby' => 'slug', 'per_page' => '1' ), $saved( 'hello', array( 'post_name' => 'zebra' ) ), self::GOES ),
			'pages by what is above them and another place' => array( '/wp/v2/pages', array( 'orderby' => 'parent', 'per_page' => '1' ), static fn( array $ids ) => wp_update_post( array( 'ID' => 2, 'post_parent' => $ids['team'] ) ), self::GOES ),
			'pages below others and one that moves there'  => array( '/wp/v2/pages', array( 'parent_exclude' => '{about}' ), $saved( 'team', array( 'post_parent' => 0 ) ), self::GOES ),
			'an author\'s pages below one and one given to them' => array( '/wp/v2/pages', array( 'parent' => '{about}', 'author' => '{ada}' ), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['team'], 'post_author' => $ids['ada'] ) ), self::GOES ),
			'neighbours in a category and one put in it'   => array( '/own/v1/neighbour-in-term', array(), static fn( array $ids ) => wp_set_post_categories( $ids['hello'], array( $ids['sport'] ) ), self::GOES ),
			'neighbours in an author\'s and one given to them' => array( '/own/v1/neighbour-of-author', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_author' => 1 ) ), self::GOES ),
			'months of an author\'s and one given to them' => array( '/own/v1/archives-of-author', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_author' => $ids['ada'] ) ), self::GOES ),
			'posts of a category and a new one'            => array( ...$in( 'news' ), static fn( array $ids ) => self::insert( array( 'post_category' => array( $ids['news'] ) ) ), self::GOES ),
			'posts of a category and a new one elsewhere'  => array( ...$in( 'news' ), static fn( array $ids ) => self::insert( array( 'post_category' => array( $ids['sport'] ) ) ), self::STAYS ),
			'posts of a category and one put into it'      => array( ...$in( 'news' ), static fn( array $ids ) => wp_set_post_categories( $ids['other'], array( $ids['news'] ) ), self::GOES ),
			'posts of a category and one taken out'        => array( ...$in( 'sport' ), static fn( array $ids ) => wp_set_post_categories( $ids['other'], array( $ids['news'] ) ), self::GOES ),
			'posts of a category and another title'        => array( ...$in( 'news' ), $saved( 'hello', array( 'post_title' => 'More' ) ), self::GOES ),
			'posts of an empty category and a first one'   => array( ...$in( 'empty' ), static fn( array $ids ) => self::insert( array( 'post_category' => array( $ids['empty'] ) ) ), self::GOES ),
			'posts of a category and those below, and one' => array( '/own/v1/query', array(), static fn( array $ids ) => self::insert( array( 'post_category' => array( $ids['local'] ) ) ), self::GOES ),
			'posts of a category and those below, which move' => array( '/own/v1/query', array(), static fn( array $ids ) => wp_update_term( $ids['sport'], 'category', array( 'parent' => $ids['news'] ) ), self::GOES ),
			'posts of a category without posts by slug'    => array( '/own/v1/nowhere', array(), static fn() => wp_insert_post( array( 'post_title' => 'New', 'post_status' => 'publish', 'post_category' => array( wp_insert_term( 'Nowhere', 'category' )['term_id'] ) ) ), self::GOES ),
			'posts of a hidden term and one more'          => array( '/own/v1/inside', array(), static fn( array $ids ) => wp_set_object_terms( $ids['other'], array( $ids['inside'] ), 'inside' ), self::GOES ),
			'posts of a hidden term and one less'          => array( '/own/v1/inside', array(), static fn( array $ids ) => wp_remove_object_terms( $ids['hello'], $ids['inside'], 'inside' ), self::GOES ),
			'posts of an author and a new one'             => array( ...$by( 'grace' ), static fn( array $ids ) => self::insert( array( 'post_author' => $ids['grace'] ) ), self::GOES ),
			'posts of an author and a new one of another'  => array( ...$by( 'grace' ), static fn( array $ids ) => self::insert( array( 'post_author' => $ids['ada'] ) ), self::STAYS ),
			'posts of an author and one given to them'     => array( ...$by( 'ada' ), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['other'], 'post_author' => $ids['ada'] ) ), self::GOES ),
			'posts of an author who is gone'               => array( '/own/v1/of-nobody', array(), static fn() => self::insert( array( 'post_author' => 999 ) ), self::GOES ),
			'how many an author has written, and one more' => array( '/own/v1/count-of-author', array(), static fn( array $ids ) => self::insert( array( 'post_author' => $ids['grace'] ) ), self::GOES ),
			'how many an author has written, and a title'  => array( '/own/v1/count-of-author', array(), $saved( 'hello', array( 'post_title' => 'More' ) ), self::STAYS ),
			'a search and one that is found now'           => array( ...$seeks( 'Unheard' ), $new( array( 'post_title' => 'Unheard of' ) ), self::GOES ),
			'a search and one that has the word now'       => array( ...$seeks( 'Unheard' ), $saved( 'other', array( 'post_content' => 'Unheard.' ) ), self::GOES ),
			'a search and a page'                          => array( ...$seeks( 'Unheard' ), $saved( 'about', array( 'post_content' => 'Unheard.' ) ), self::STAYS ),
			'a search of everything and a page'            => array( '/wp/v2/search', array( 'search' => 'Unheard' ), $saved( 'about', array( 'post_content' => 'Unheard.' ) ), self::GOES ),
			'a search in a category and another word'      => array( '/wp/v2/posts', array( 'search' => 'Unheard', 'categories' => '{news}' ), $saved( 'hello', array( 'post_content' => 'Unheard.' ) ), self::GOES ),
			'a search in a category and one elsewhere'     => array( '/wp/v2/posts', array( 'search' => 'Unheard', 'categories' => '{news}' ), $saved( 'other', array( 'post_content' => 'Unheard.' ) ), self::STAYS ),
			'a search in an author\'s and another word'    => array( '/wp/v2/posts', array( 'search' => 'Unheard', 'author' => '{grace}' ), $saved( 'hello', array( 'post_content' => 'Unheard.' ) ), self::GOES ),
			'posts by title and another title'             => array( '/wp/v2/posts', array( 'orderby' => 'title', 'per_page' => '1' ), $saved( 'other', array( 'post_title' => '0' ) ), self::GOES ),
			'posts by when they were changed, and one more' => array( '/wp/v2/posts', array( 'orderby' => 'modified', 'per_page' => '1' ), $saved( 'hello', array( 'post_title' => 'More' ) ), self::GOES ),
			'a search and meta'                            => array( ...$seeks( 'Unheard' ), static fn( array $ids ) => update_post_meta( $ids['other'], 'price', '12' ), self::STAYS ),
			'a search and a comment'                       => array( ...$seeks( 'Unheard' ), $comments( 'other' ), self::STAYS ),
			'posts by a meta value and a comment'          => array( '/own/v1/by-meta', array(), $comments( 'hello' ), self::STAYS ),
			'posts by a meta value and a new one'          => array( '/own/v1/by-meta', array(), $new( array( 'meta_input' => array( 'price' => '12' ) ) ), self::GOES ),
			'the most discussed and a comment on another'  => array( '/own/v1/most-discussed', array(), $comments( 'other' ), self::GOES ),
			'the same in a category'                       => array( '/own/v1/most-discussed-news', array(), $comments( 'hello' ), self::GOES ),
			'the most discussed and meta of another'       => array( '/own/v1/most-discussed', array(), static fn( array $ids ) => update_post_meta( $ids['other'], 'price', '12' ), self::STAYS ),
			'posts by a meta value and another value'      => array( '/own/v1/by-meta', array(), static fn( array $ids ) => update_post_meta( $ids['hello'], 'price', '12' ), self::GOES ),
			'all pages by title and another title'         => array( '/own/v1/pages', array(), $saved( 'team', array( 'post_title' => 'A' ) ), self::GOES ),
			'all pages by title and a new one'             => array( '/own/v1/pages', array(), $new( array( 'post_type' => 'page' ) ), self::GOES ),
			'all pages by title and a post'                => array( '/own/v1/pages', array(), $saved( 'hello', array( 'post_title' => 'A' ) ), self::STAYS ),
			'pages below one and a new one'                => array( '/wp/v2/pages', array( 'parent' => '{about}' ), static fn( array $ids ) => self::insert( array( 'post_type' => 'page', 'post_parent' => $ids['about'] ) ), self::GOES ),
			'pages below one and a new one elsewhere'      => array( '/wp/v2/pages', array( 'parent' => '{about}' ), $new( array( 'post_type' => 'page' ) ), self::STAYS ),
			'pages below one and one that moves away'      => array( '/wp/v2/pages', array( 'parent' => '{about}' ), $saved( 'team', array( 'post_parent' => 0 ) ), self::GOES ),
			'pages on top and one that moves there'        => array( '/wp/v2/pages', array( 'parent' => '0' ), $saved( 'team', array( 'post_parent' => 0 ) ), self::GOES ),
			'a slug and a post that has it now'            => array( ...$named( 'nowhere' ), $new( array( 'post_name' => 'nowhere' ) ), self::GOES ),
			'a slug and a post that gets it'               => array( ...$named( 'nowhere' ), $saved( 'other', array( 'post_name' => 'nowhere' ) ), self::GOES ),
			'a slug and a post that has another'           => array( ...$named( 'nowhere' ), $new(), self::STAYS ),
			'a slug and a draft that had it'               => array( ...$named( 'draft' ), static fn( array $ids ) => wp_publish_post( $ids['draft'] ), self::GOES ),
			'a slug that a post has no more'               => array( ...$named( 'hello' ), $saved( 'hello', array( 'post_name' => 'bye' ) ), self::GOES ),
			'a slug and another post'                      => array( ...$named( 'hello' ), $saved( 'other', array( 'post_title' => 'More' ) ), self::STAYS ),
			'a slug and a page further below that has it'  => array( ...$named( 'about', 'pages' ), static fn( array $ids ) => self::insert( array( 'post_type' => 'page', 'post_name' => 'about', 'post_parent' => $ids['about'] ) ), self::GOES ),
			'a slug and a page in the trash that had it'   => array( ...$named( 'team', 'pages' ), static fn( array $ids ) => wp_trash_post( $ids['team'] ), self::GOES ),
			'a path and a page that has it now'            => array( '/own/v1/no-path', array(), $new( array( 'post_type' => 'page', 'post_name' => 'nowhere' ) ), self::GOES ),
			'a path and another title'                     => array( '/own/v1/no-path', array(), $saved( 'other', array( 'post_title' => 'More' ) ), self::STAYS ),
			'neighbours and one between'                   => array( '/own/v1/neighbour', array(), $new( array( 'post_date' => '2026-01-03 00:00:00' ) ), self::GOES ),
			'neighbours and a title elsewhere'             => array( '/own/v1/neighbour', array(), $saved( 'other', array( 'post_title' => 'More' ) ), self::STAYS ),
			'a count and one less'                         => array( '/own/v1/count', array(), static fn( array $ids ) => wp_trash_post( $ids['other'] ), self::GOES ),
			'a count and a title'                          => array( '/own/v1/count', array(), $saved( 'other', array( 'post_title' => 'More' ) ), self::STAYS ),
			'months and a post in another one'             => array( '/own/v1/archives', array(), $new( array( 'post_date' => '2025-01-03 00:00:00' ) ), self::GOES ),
			'months and a title'                           => array( '/own/v1/archives', array(), $saved( 'other', array( 'post_title' => 'More' ) ), self::STAYS ),
			'when anything was changed last'               => array( '/own/v1/modified', array(), $saved( 'other', array( 'post_title' => 'More' ) ), self::GOES ),
			'posts of a month and one of it'               => array( ...$march, $new( array( 'post_date' => '2025-03-31 23:59:59' ) ), self::GOES ),
			'posts of a month and one before'              => array( ...$march, $new( array( 'post_date' => '2025-02-28 23:59:59' ) ), self::STAYS ),
			'posts of a month and one after'               => array( ...$march, $new( array( 'post_date' => '2025-04-01 00:00:00' ) ), self::STAYS ),
			'posts of a month and one that moves there'    => array( ...$march, $saved( 'hello', array( 'post_date' => '2025-03-05 00:00:00', 'post_date_gmt' => '', 'edit_date' => true ) ), self::GOES ),
			'posts of a month and one that moves away'     => array( '/own/v1/january', array(), $saved( 'hello', array( 'post_date' => '2025-03-05 00:00:00', 'post_date_gmt' => '', 'edit_date' => true ) ), self::GOES ),
			'posts of a month and one deleted elsewhere'   => array( ...$march, static fn( array $ids ) => wp_delete_post( $ids['hello'], true ), self::STAYS ),
			'posts of a month, by its number'              => array( '/own/v1/january', array(), $new( array( 'post_date' => '2026-01-31 00:00:00' ) ), self::GOES ),
			'posts of the year of a month'                 => array( '/own/v1/january', array(), $new( array( 'post_date' => '2026-02-01 00:00:00' ) ), self::STAYS ),
			'posts of a day that is one elsewhere'         => array( '/wp/v2/posts', array( 'after' => '2025-03-31T20:00:00-10:00', 'before' => '2025-04-02T00:00:00-10:00' ), $new( array( 'post_date' => '2025-04-02 05:00:00' ) ), self::GOES ),
			'posts of a month in another zone'             => array( '/own/v1/gmt', array(), $new( array( 'post_date' => '2025-03-31 23:00:00', 'post_date_gmt' => '2025-04-01 04:00:00' ) ), self::GOES ),
			'posts of either month'                        => array( '/own/v1/either-month', array(), $new( array( 'post_date' => '2025-05-03 00:00:00' ) ), self::GOES ),
			'posts of a month or before'                   => array( '/own/v1/or-before', array(), $new( array( 'post_date' => '2020-03-03 00:00:00' ) ), self::GOES ),
			'posts of no month at all'                     => array( '/own/v1/m', array(), $new( array( 'post_date' => '2025-03-03 00:00:00' ) ), self::GOES ),
			'posts of a year and one of it'                => array( '/wp/v2/posts', array( 'after' => '2024-12-31T00:00:00', 'before' => '2025-12-31T00:00:00' ), $new( array( 'post_date' => '2025-01-03 00:00:00' ) ), self::GOES ),
			'a post with what is embedded, and another one' => array( '/wp/v2/posts/{hello}', array( '_embed' => '1' ), $new(), self::STAYS ),
			'a post with what is embedded, and one more of it' => array( '/wp/v2/posts/{hello}', array( '_embed' => '1' ), static fn( array $ids ) => self::insert( array( 'post_author' => $ids['grace'], 'post_category' => array( $ids['news'] ) ) ), self::STAYS ),
			'a post and its password'                      => array( '/wp/v2/posts/{hello}', array(), $saved( 'hello', array( 'post_password' => 'x' ) ), self::GOES ),
			'a path below a page that goes into the trash' => array( '/own/v1/deep-path', array(), static fn( array $ids ) => wp_trash_post( $ids['about'] ), self::GOES ),
			'a path below a page that is deleted'          => array( '/own/v1/deep-path', array(), static fn( array $ids ) => wp_delete_post( $ids['about'], true ), self::GOES ),
			'a path below a page that has another slug'    => array( '/own/v1/deep-path', array(), $saved( 'about', array( 'post_name' => 'us' ) ), self::GOES ),
			'books and a post that is one now, quietly'    => array( '/wp/v2/book', array(), static fn( array $ids ) => set_post_type( $ids['other'], 'book' ), self::GOES ),
			'posts and one that is a book now, quietly'    => array( ...$posts, static fn( array $ids ) => get_post( $ids['other'] ) && set_post_type( $ids['other'], 'book' ), self::GOES ),
			'a post that is changed by SQL'                => array( '/wp/v2/posts/{hello}', array(), static fn( array $ids ) => self::by_sql( $ids['hello'], array( 'post_title' => 'More' ) ), self::GOES ),
			'a slug that a post gets by SQL'               => array( ...$named( 'nowhere' ), static fn( array $ids ) => self::by_sql( $ids['hello'], array( 'post_name' => 'nowhere' ) ), self::GOES ),
			'books and a new one'                          => array( '/wp/v2/book', array(), $new( array( 'post_type' => 'book' ) ), self::GOES ),
			'books and a post'                             => array( '/wp/v2/book', array(), $new(), self::STAYS ),
			'books and a post that is one now'             => array( '/wp/v2/book', array(), $saved( 'other', array( 'post_type' => 'book' ) ), self::GOES ),
		);
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_terms(): array {
		$all      = array( '/wp/v2/categories', array( 'hide_empty' => '0' ) );
		$names    = array( '/wp/v2/categories', array( '_fields' => 'id,name' ) );
		$with     = array( '/wp/v2/categories', array( '_fields' => 'id,name', 'hide_empty' => '1' ) );
		$below    = array( '/wp/v2/categories', array( 'parent' => '{news}' ) );
		$one      = array( '/wp/v2/categories/{news}', array() );
		$embedded = array( '/wp/v2/posts/{hello}', array( '_embed' => '1' ) );
		$updated  = static fn( string $name, array $fields ) => static fn( array $ids ) => wp_update_term( $ids[ $name ], 'category', array( 'parent' => is_string( $fields['parent'] ?? 0 ) ? $ids[ $fields['parent'] ] : $fields['parent'] ?? get_term( $ids[ $name ] )->parent ) + $fields );
		$new_in   = static fn( string $name ) => static fn( array $ids ) => self::insert( array( 'post_category' => array( $ids[ $name ] ) ) );
		return array(
			'terms and a new one'                         => array( ...$all, static fn() => wp_insert_term( 'Culture', 'category' ), self::GOES ),
			'terms and a new tag'                         => array( ...$all, static fn() => wp_insert_term( 'Culture', 'post_tag' ), self::STAYS ),
			'terms and one that is deleted'               => array( ...$all, static fn( array $ids ) => wp_delete_term( $ids['empty'], 'category' ), self::GOES ),
			'terms and one of another name'               => array( ...$all, $updated( 'empty', array( 'name' => 'Full' ) ), self::GOES ),
			'terms with their counts and a first post'    => array( ...$all, $new_in( 'empty' ), self::GOES ),
			'terms by name and a new post'                => array( ...$names, $new_in( 'empty' ), self::STAYS ),
			'terms by name and a title'                   => array( ...$names, static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_title' => 'More' ) ), self::STAYS ),
			'terms with posts and a first one'            => array( ...$with, $new_in( 'empty' ), self::GOES ),
			'terms with posts and the last of one'        => array( ...$with, static fn( array $ids ) => wp_trash_post( $ids['other'] ), self::GOES ),
			'terms with posts and a title'                => array( ...$with, static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_title' => 'More' ) ), self::STAYS ),
			'a term that has no post yet'                 => array( '/wp/v2/categories', array( 'include' => '{empty}', 'hide_empty' => '1' ), $new_in( 'empty' ), self::GOES ),
			'terms below one and a new one'               => array( ...$below, static fn( array $ids ) => wp_insert_term( 'Nearby', 'category', array( 'parent' => $ids['news'] ) ), self::GOES ),
			'terms below one and one that moves away'     => array( ...$below, $updated( 'local', array( 'parent' => 0 ) ), self::GOES ),
			'terms below one and one that moves there'    => array( ...$below, $updated( 'sport', array( 'parent' => 'news' ) ), self::GOES ),
			'terms below one and a new one elsewhere'     => array( ...$below, static fn() => wp_insert_term( 'Culture', 'category' ), self::STAYS ),
			'terms below one that is deleted'             => array( '/wp/v2/categories', array( 'parent' => '0', '_fields' => 'name', 'per_page' => '2' ), static fn( array $ids ) => wp_delete_term( $ids['empty'], 'category' ), self::GOES ),
			'terms below one that is deleted, of its own' => array( '/own/v1/below-news', array(), static fn( array $ids ) => wp_delete_term( $ids['news'], 'category' ), self::GOES ),
			'terms on top and one below'                  => array( '/wp/v2/categories', array( 'parent' => '0', '_fields' => 'name' ), $updated( 'local', array( 'name' => 'Near' ) ), self::STAYS ),
			'terms with posts right below one, and one further below' => array( '/own/v1/with-posts', array(), static fn( array $ids ) => wp_update_term( $ids['local'], 'category', array( 'parent' => $ids['empty'] ) ), self::GOES ),
			'terms below one and one that is deleted'     => array( ...$below, static fn( array $ids ) => wp_delete_term( $ids['local'], 'category' ), self::GOES ),
			'a term and its name'                         => array( ...$one, $updated( 'news', array( 'name' => 'Latest' ) ), self::GOES ),
			'a term and its description'                  => array( ...$one, $updated( 'news', array( 'description' => 'All of it.' ) ), self::GOES ),
			'a term and a new post, which it counts'      => array( ...$one, $new_in( 'news' ), self::GOES ),
			'a term and another title of a post'          => array( ...$one, static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_title' => 'More' ) ), self::STAYS ),
			'a term by slug and a post, which it counts'  => array( '/wp/v2/categories', array( 'slug' => 'news' ), $new_in( 'news' ), self::GOES ),
			'a term by slug and a post elsewhere'         => array( '/wp/v2/categories', array( 'slug' => 'news' ), $new_in( 'sport' ), self::STAYS ),
			'a term by slug, where it has posts'          => array( '/wp/v2/categories', array( 'slug' => 'empty', 'hide_empty' => '1' ), $new_in( 'empty' ), self::GOES ),
			'a term and another one'                      => array( ...$one, $updated( 'sport', array( 'name' => 'Games' ) ), self::STAYS ),
			'a term and its meta'                         => array( '/own/v1/term-image', array(), static fn( array $ids ) => update_term_meta( $ids['news'], 'image', '12' ), self::GOES ),
			'a term and its meta that is deleted'         => array( '/own/v1/term-image', array(), static fn( array $ids ) => delete_term_meta( $ids['news'], 'colour' ), self::GOES ),
			'a term below one that has another slug'      => array( '/wp/v2/categories/{local}', array(), $updated( 'news', array( 'slug' => 'latest' ) ), self::GOES ),
			'a term below one that is deleted'            => array( '/wp/v2/categories/{local}', array(), static fn( array $ids ) => wp_delete_term( $ids['news'], 'category' ), self::GOES ),
			'a slug that a term has now'                  => array( '/wp/v2/categories', array( 'slug' => 'nowhere' ), static fn() => wp_insert_term( 'Nowhere', 'category' ), self::GOES ),
			'a slug that a term gets'                     => array( '/wp/v2/categories', array( 'slug' => 'nowhere' ), $updated( 'empty', array( 'slug' => 'nowhere' ) ), self::GOES ),
			'a slug and another term'                     => array( '/wp/v2/categories', array( 'slug' => 'nowhere', '_fields' => 'id' ), static fn() => wp_insert_term( 'Culture', 'category' ), self::STAYS ),
			'a post and the name of its category'         => array( ...$embedded, $updated( 'news', array( 'name' => 'Latest' ) ), self::GOES ),
			'a post and the name of its category, unseen' => array( '/wp/v2/posts/{hello}', array(), $updated( 'news', array( 'name' => 'Latest', 'description' => 'All of it.' ) ), self::STAYS ),
			'posts and the name of a category, unseen'    => array( '/wp/v2/posts', array(), $updated( 'news', array( 'name' => 'Latest' ) ), self::STAYS ),
			'a post and the slug of its category'         => array( '/wp/v2/posts/{hello}', array(), $updated( 'news', array( 'slug' => 'latest' ) ), self::GOES ),
			'a post of two categories and a name'         => array( '/own/v1/order', array(), $updated( 'alpha', array( 'name' => 'Zebras' ) ), self::GOES ),
			'a post and its category, in a field of somebody\'s own' => array( '/own/v1/named', array(), $updated( 'news', array( 'name' => 'Latest' ) ), self::GOES ),
			'a post and its category, which a filter looks at' => array( '/own/v1/hiding', array(), $updated( 'news', array( 'name' => 'Hidden' ) ), self::GOES ),
			'a post\'s address and a category in it'      => array( '/own/v1/address', array(), $updated( 'news', array( 'slug' => 'latest' ) ), self::GOES ),
			'a post\'s address and the one above it'      => array( '/own/v1/address-below', array(), $updated( 'news', array( 'slug' => 'latest' ) ), self::GOES ),
			'a post and the name of another category'     => array( ...$embedded, $updated( 'sport', array( 'name' => 'Games' ) ), self::STAYS ),
			'a post and another one in its category'      => array( ...$embedded, $new_in( 'news' ), self::STAYS ),
			'a term that visitors can not see'            => array( '/own/v1/inside-name', array(), static fn( array $ids ) => wp_update_term( $ids['inside'], 'inside', array( 'name' => 'Within' ) ), self::GOES ),
			'terms that visitors can not see'             => array( '/own/v1/inside-all', array(), static fn() => wp_insert_term( 'Within', 'inside' ), self::GOES ),
		);
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_people_and_what_they_say(): array {
		$grace    = array( '/wp/v2/users/{grace}', array() );
		$hello    = array( '/wp/v2/posts/{hello}', array( '_embed' => 'author' ) );
		$comments = array( '/wp/v2/comments', array( 'post' => '{hello}' ) );
		$latest   = array( '/wp/v2/comments', array() );
		$renamed  = static fn( array $ids ) => wp_update_user( array( 'ID' => $ids['grace'], 'display_name' => 'G. Hopper' ) );
		$slug     = static fn( string $slug ) => array( '/wp/v2/users', array( 'slug' => $slug ) );
		$add      = static fn( array $fields ) => static fn( array $ids ) => wp_insert_comment( $fields + array( 'comment_post_ID' => $ids['hello'], 'comment_content' => 'Yes.', 'comment_approved' => 1 ) );
		return array(
			'an author and what they say of themselves'  => array( ...$grace, static fn( array $ids ) => update_user_meta( $ids['grace'], 'description', 'Writes.' ), self::GOES ),
			'an author and their name'                   => array( ...$grace, static fn( array $ids ) => wp_update_user( array( 'ID' => $ids['grace'], 'display_name' => 'G. Hopper' ) ), self::GOES ),
			'an author and a field of the site\'s own'   => array( '/own/v1/city', array(), static fn( array $ids ) => update_user_meta( $ids['grace'], 'city', 'Arlington' ), self::GOES ),
			'an author and how they like to work'        => array( ...$grace, static fn( array $ids ) => update_user_meta( $ids['grace'], 'closedpostboxes_post', array( 'x' ) ), self::STAYS ),
			'an author and their new post'               => array( ...$grace, static fn( array $ids ) => self::insert( array( 'post_author' => $ids['grace'] ) ), self::GOES_IN_VAIN ),
			'an author and their last post'              => array( ...$grace, static fn( array $ids ) => wp_trash_post( $ids['hello'] ), self::GOES ),
			'an author and a title of theirs'            => array( ...$grace, static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_title' => 'More' ) ), self::STAYS ),
			'an author and another one'                  => array( ...$grace, static fn( array $ids ) => update_user_meta( $ids['ada'], 'description', 'Writes.' ), self::STAYS ),
			'a post and a field of its author\'s'        => array( ...$hello, static fn( array $ids ) => update_user_meta( $ids['grace'], 'description', 'Writes.' ), self::GOES ),
			'a post and its author, unseen'              => array( '/wp/v2/posts/{hello}', array(), $renamed, self::STAYS ),
			'posts and an author, unseen'                => array( '/wp/v2/posts', array(), $renamed, self::STAYS ),
			'a post and its author\'s name'              => array( ...$hello, $renamed, self::GOES ),
			'a post\'s author by a template tag'         => array( '/own/v1/by-tag', array(), $renamed, self::GOES ),
			'a post\'s author by a field'                => array( '/own/v1/by-field', array(), static fn( array $ids ) => update_user_meta( $ids['grace'], 'description', 'Writes.' ), self::GOES ),
			'a post\'s author by a block'                => array( '/own/v1/by-block', array(), $renamed, self::GOES ),
			'a post\'s author, by the global alone'      => array( '/own/v1/by-global', array(), $renamed, self::GOES ),
			'a post\'s author, by their data alone'      => array( '/own/v1/by-data', array(), $renamed, self::GOES ),
			'a post\'s author, as they are'              => array( '/own/v1/whole-author', array(), $renamed, self::GOES ),
			'what a post\'s author may do'               => array( '/own/v1/author-edits', array(), static fn( array $ids ) => get_userdata( $ids['grace'] )->set_role( 'editor' ), self::GOES ),
			'a post and a field of another author\'s'    => array( ...$hello, static fn( array $ids ) => update_user_meta( $ids['ada'], 'description', 'Writes.' ), self::STAYS ),
			'somebody who has written nothing'           => array( '/own/v1/ada', array(), static fn( array $ids ) => wp_update_user( array( 'ID' => $ids['ada'], 'display_name' => 'A. Lovelace' ) ), self::GOES ),
			'somebody who has written nothing, and goes' => array( '/own/v1/ada', array(), static fn( array $ids ) => wp_delete_user( $ids['ada'] ), self::GOES ),
			'an author by slug and what they say'        => array( ...$slug( 'grace' ), static fn( array $ids ) => update_user_meta( $ids['grace'], 'description', 'Writes.' ), self::GOES ),
			'an author by slug and another slug'         => array( ...$slug( 'grace' ), static fn( array $ids ) => wp_update_user( array( 'ID' => $ids['grace'], 'user_nicename' => 'hopper' ) ), self::GOES ),
			'an author by a slug that another gets'      => array( ...$slug( 'Hopper' ), static fn( array $ids ) => wp_update_user( array( 'ID' => $ids['grace'], 'user_nicename' => 'hopper' ) ), self::GOES ),
			'an author by slug and their last post'      => array( ...$slug( 'grace' ), static fn( array $ids ) => wp_trash_post( $ids['hello'] ), self::GOES ),
			'an author by slug and another\'s post'      => array( ...$slug( 'grace' ), static fn() => self::insert( array() ), self::STAYS ),
			'an author by slug and another\'s name'      => array( ...$slug( 'grace' ), static fn( array $ids ) => wp_update_user( array( 'ID' => $ids['ada'], 'display_name' => 'A. Lovelace' ) ), self::STAYS ),
			'an author by slug and a new user'           => array( ...$slug( 'grace' ), static fn() => wp_insert_user( array( 'user_login' => 'joan', 'user_pass' => 'x', 'user_email' => 'joan@example.com' ) ), self::STAYS ),
			'somebody by slug and a first post'          => array( ...$slug( 'ada' ), static fn( array $ids ) => self::insert( array( 'post_author' => $ids['ada'] ) ), self::GOES ),
			'somebody by slug who is there now'          => array( '/own/v1/joan', array(), static fn() => wp_insert_user( array( 'user_login' => 'joan', 'user_pass' => 'x', 'user_email' => 'joan@example.com' ) ), self::GOES ),
			'somebody by slug who edits now'             => array( '/own/v1/grace-edits', array(), static fn( array $ids ) => get_userdata( $ids['grace'] )->set_role( 'editor' ), self::GOES ),
			'authors and a first post of one'            => array( '/wp/v2/users', array(), static fn( array $ids ) => self::insert( array( 'post_author' => $ids['ada'] ) ), self::GOES ),
			'authors and a title'                        => array( '/wp/v2/users', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['hello'], 'post_title' => 'More' ) ), self::STAYS ),
			'users and a new one'                        => array( '/own/v1/users', array(), static fn() => wp_insert_user( array( 'user_login' => 'joan', 'user_pass' => 'x', 'user_email' => 'joan@example.com' ) ), self::GOES ),
			'users and one who edits now'                => array( '/own/v1/editors', array(), static fn( array $ids ) => get_userdata( $ids['grace'] )->set_role( 'editor' ), self::GOES ),
			'comments of a post and a new one'           => array( ...$comments, $add( array() ), self::GOES ),
			'comments of a post and one that waits'      => array( ...$comments, $add( array( 'comment_approved' => 0 ) ), self::STAYS ),
			'comments of a post and spam'                => array( ...$comments, $add( array( 'comment_approved' => 'spam' ) ), self::STAYS ),
			'comments of a post and one that may'        => array( ...$comments, static fn( array $ids ) => wp_set_comment_status( $ids['waiting'], 'approve' ), self::GOES ),
			'comments of a post and one that is spam'    => array( ...$comments, static fn( array $ids ) => wp_spam_comment( $ids['comment'] ), self::GOES ),
			'comments of a post and other words'         => array( ...$comments, static fn( array $ids ) => wp_update_comment( array( 'comment_ID' => $ids['comment'], 'comment_content' => 'Better.' ) ), self::GOES ),
			'comments of a post and other spam'          => array( ...$comments, static fn( array $ids ) => wp_update_comment( array( 'comment_ID' => $ids['spam'], 'comment_content' => 'Buy more.' ) ), self::STAYS ),
			'comments of a post and one that is deleted' => array( ...$comments, static fn( array $ids ) => wp_delete_comment( $ids['comment'], true ), self::GOES ),
			'comments of a post and one elsewhere'       => array( ...$comments, static fn( array $ids ) => wp_insert_comment( array( 'comment_post_ID' => $ids['other'], 'comment_content' => 'Yes.', 'comment_approved' => 1 ) ), self::STAYS ),
			'comments and a new one'                     => array( ...$latest, $add( array() ), self::GOES ),
			'comments and one that is in the trash'      => array( ...$latest, static fn( array $ids ) => wp_trash_comment( $ids['comment'] ), self::GOES ),
			'comments and a new post'                    => array( ...$latest, static fn() => self::insert( array() ), self::STAYS ),
			'stars of a comment'                         => array( '/own/v1/stars', array(), static fn( array $ids ) => update_comment_meta( $ids['comment'], 'stars', '5' ), self::GOES ),
			'posts by their comments and one more'       => array( '/own/v1/by-comments', array(), static fn( array $ids ) => array_map( $add( array() ), array( $ids, $ids ) ), self::GOES ),
		);
	}

	/** @return array<string, array{string, array<string, string>, Closure(array<string, int>): mixed, string}> */
	private static function of_what_else_pages_are_made_from(): array {
		$image = array( '/wp/v2/media/{image}', array() );
		$media = array( '/wp/v2/media', array() );
		$theme = static fn( string $type ) => static fn() => wp_insert_post( array( 'post_type' => $type, 'post_title' => 'Footer', 'post_name' => 'footer', 'post_status' => 'publish', 'post_content' => 'x' ) );
		return array(
			'a synced pattern and its words'            => array( '/own/v1/block', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['block'], 'post_content' => 'More.' ) ), self::GOES ),
			'a synced pattern that is in the trash'     => array( '/own/v1/block', array(), static fn( array $ids ) => wp_trash_post( $ids['block'] ), self::GOES ),
			'a synced pattern and another one'          => array( '/own/v1/block', array(), static fn() => self::insert( array( 'post_type' => 'wp_block' ) ), self::STAYS ),
			'a post with a synced pattern, and that'    => array( '/own/v1/with-block', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['block'], 'post_content' => 'More.' ) ), self::GOES ),
			'quotes and a new one'                      => array( '/own/v1/quotes', array(), static fn() => self::insert( array( 'post_type' => 'quote' ) ), self::GOES ),
			'quotes and another title of one'           => array( '/own/v1/quotes', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['quote'], 'post_title' => 'More' ) ), self::GOES ),
			'quotes and a draft of one'                 => array( '/own/v1/quotes', array(), static fn() => self::insert( array( 'post_type' => 'quote', 'post_status' => 'draft' ) ), self::STAYS ),
			'quotes and a post'                         => array( '/own/v1/quotes', array(), static fn() => self::insert( array() ), self::STAYS ),
			'a navigation and another one of it'        => array( '/own/v1/navigation', array(), static fn() => self::insert( array( 'post_type' => 'wp_navigation' ) ), self::GOES ),
			'an image and its caption'                  => array( ...$image, static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['image'], 'post_excerpt' => 'A photo' ) ), self::GOES ),
			'an image and what it shows'                => array( ...$image, static fn( array $ids ) => update_post_meta( $ids['image'], '_wp_attachment_image_alt', 'A photo' ), self::GOES ),
			'an image and its sizes'                    => array( ...$image, static fn( array $ids ) => wp_update_attachment_metadata( $ids['image'], array( 'width' => 12, 'height' => 7, 'file' => 'other.png' ) ), self::GOES ),
			'an image and another one'                  => array( ...$image, static fn( array $ids ) => update_post_meta( $ids['free'], '_wp_attachment_image_alt', 'A photo' ), self::STAYS ),
			'an image of nothing and what it shows'     => array( '/wp/v2/media/{free}', array(), static fn( array $ids ) => update_post_meta( $ids['free'], '_wp_attachment_image_alt', 'A photo' ), self::GOES ),
			'media and a new image'                     => array( ...$media, static fn() => self::insert_image( 0 ), self::GOES ),
			'media and one that is deleted'             => array( ...$media, static fn( array $ids ) => wp_delete_attachment( $ids['free'], true ), self::GOES ),
			'media and a post'                          => array( ...$media, static fn() => self::insert( array() ), self::STAYS ),
			'media of a post and a new image'           => array( '/wp/v2/media', array( 'parent' => '{hello}' ), static fn( array $ids ) => self::insert_image( $ids['hello'] ), self::GOES ),
			'media of a post and a new image elsewhere' => array( '/wp/v2/media', array( 'parent' => '{hello}' ), static fn() => self::insert_image( 0 ), self::STAYS ),
			'media of a tag and one that gets it'       => array( '/own/v1/tagged-media', array(), static fn( array $ids ) => wp_set_object_terms( $ids['free'], array( 'tagged' ), 'post_tag' ), self::GOES ),
			'images in what a post shows'               => array( '/own/v1/with-image', array(), static fn( array $ids ) => wp_update_attachment_metadata( $ids['free'], array( 'width' => 12, 'height' => 7, 'file' => 'free.png', 'sizes' => array() ) ), self::GOES ),
			'a featured image and what it shows'        => array( '/own/v1/featured', array(), static fn( array $ids ) => update_post_meta( $ids['free'], '_wp_attachment_image_alt', 'A photo' ), self::GOES ),
			'an option of an options page'              => array( '/own/v1/phone', array(), static fn() => update_option( 'options_phone', '2' ), self::GOES ),
			'an option that is there now'               => array( '/own/v1/fax', array(), static fn() => update_option( 'options_fax', '2' ), self::GOES ),
			'an option that is deleted'                 => array( '/own/v1/phone', array(), static fn() => delete_option( 'options_phone' ), self::GOES ),
			'an option and another one'                 => array( '/own/v1/fax', array(), static fn() => update_option( 'options_phone', '2' ), self::STAYS ),
			'an option and a post'                      => array( '/own/v1/phone', array(), static fn() => self::insert( array() ), self::STAYS ),
			'a widget and its words'                    => array( '/own/v1/sidebar', array(), static fn() => update_option( 'widget_text', array( 2 => array( 'title' => '', 'text' => 'More.' ), '_multiwidget' => 1 ) ), self::GOES ),
			'a sidebar that has another widget'         => array( '/own/v1/sidebar', array(), static fn() => wp_set_sidebars_widgets( array( 'aside' => array() ) ), self::GOES ),
			'the site\'s name'                          => array( '/own/v1/name', array(), static fn() => update_option( 'blogname', 'Other' ), self::GOES ),
			'the site\'s time zone'                     => array( '/own/v1/name', array(), static fn() => update_option( 'gmt_offset', '5' ), self::GOES_IN_VAIN ),
			'a template part'                           => array( '/own/v1/parts', array(), $theme( 'wp_template_part' ), self::GOES ),
			'a menu'                                    => array( '/own/v1/menu', array(), static fn() => wp_update_nav_menu_item( wp_create_nav_menu( 'Main' ), 0, array( 'menu-item-title' => 'One', 'menu-item-url' => '/one/', 'menu-item-status' => 'publish' ) ), self::GOES ),
			'where a menu stands'                       => array( '/own/v1/menu', array(), static fn() => set_theme_mod( 'nav_menu_locations', array( 'main' => 7 ) ), self::GOES ),
			'a slow query of somebody else\'s'          => array( '/own/v1/filtered', array(), static fn( array $ids ) => wp_update_post( array( 'ID' => $ids['other'], 'post_title' => '0' ) ), self::GOES ),
		);
	}

	public function test_posts(): void {
		$this->assert_rows( self::of_posts() );
	}

	public function test_terms(): void {
		$this->assert_rows( self::of_terms() );
	}

	public function test_people_and_what_they_say(): void {
		$this->assert_rows( self::of_people_and_what_they_say() );
	}

	public function test_what_else_pages_are_made_from(): void {
		$this->assert_rows( self::of_what_else_pages_are_made_from() );
	}

	/** @param array<string, mixed> $fields */
	private static function insert( array $fields ): int {
		return (int) wp_insert_post( $fields + array( 'post_title' => 'New', 'post_content' => 'Words.', 'post_status' => 'publish', 'post_author' => 1 ) );
	}

	/** @param array<string, string> $columns */
	private static function by_sql( int $id, array $columns ): void {
		global $wpdb;
		$wpdb->update( $wpdb->posts, $columns, array( 'ID' => $id ) );
		clean_post_cache( $id );
	}

	private static function insert_image( int $parent ): int {
		return (int) wp_insert_attachment( array( 'post_title' => 'Image', 'post_mime_type' => 'image/png', 'post_status' => 'inherit', 'post_parent' => $parent ), 'image.png' );
	}

	private function given_image( int $parent ): int {
		$id = self::insert_image( $parent );
		wp_update_attachment_metadata( $id, array( 'width' => 300, 'height' => 200, 'file' => 'image.png', 'sizes' => array( 'medium' => array( 'file' => 'image-150x100.png', 'width' => 150, 'height' => 100, 'mime-type' => 'image/png' ) ) ) );
		$this->forget();
		return $id;
	}

	protected function given_other_endpoints(): void {
		$ids   = $this->ids;
		$title = static fn( mixed $post ) => $post->post_title ?? null;
		$posts = static fn( array $asked ) => static fn() => array_map( static fn( \WP_Post $post ) => $post->post_title . $post->post_content, get_posts( $asked ) );
		$in    = static fn( string $taxonomy, mixed $terms, string $field = 'term_id' ) => array( array( 'taxonomy' => $taxonomy, 'terms' => $terms, 'field' => $field ) );
		update_term_meta( $ids['news'], 'colour', 'red' );
		update_post_meta( $ids['other'], '_thumbnail_id', $ids['free'] );
		update_option( 'widget_text', array( 2 => array( 'title' => '', 'text' => 'Words.' ), '_multiwidget' => 1 ) );
		update_option( 'sidebars_widgets', array( 'aside' => array( 'text-2' ), 'array_version' => 3 ) );
		$this->forget();
		$this->own( 'inside', $posts( array( 'tax_query' => $in( 'inside', $ids['inside'] ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		$titles = static fn( array $asked ) => static fn() => array_map( $title, get_posts( $asked + array( 'suppress_filters' => false ) ) );
		$this->own( 'home', static fn() => array_map( $title, ( new \WP_Query( array( 'posts_per_page' => 1 ) ) )->posts ) );
		$this->own( 'not-sticky', static fn() => get_posts( array( 'post__not_in' => get_option( 'sticky_posts' ), 'fields' => 'ids' ) ) );
		$this->own( 'query-block', static fn() => apply_filters( 'the_content', '<!-- wp:query {"query":{"perPage":1,"postType":"post","sticky":"exclude","inherit":false}} --><!-- wp:post-template --><!-- wp:post-title /--><!-- /wp:post-template --><!-- /wp:query -->' ) );
		$this->own( 'are-sticky', static fn() => array_filter( get_posts( array( 'fields' => 'ids' ) ), 'is_sticky' ) );
		$this->own( 'first-page', $titles( array( 'post_type' => 'page', 'orderby' => 'ID', 'order' => 'ASC', 'numberposts' => 1 ) ) );
		$this->own( 'locked', static fn() => get_posts( array( 'has_password' => true, 'fields' => 'ids' ) ) );
		$this->own( 'open', static fn() => get_posts( array( 'has_password' => false, 'fields' => 'ids' ) ) );
		$dated = static fn( array $asked ) => static fn() => get_posts( $asked + array( 'fields' => 'ids' ) );
		$this->own( 'january', $dated( array( 'year' => 2026, 'monthnum' => 1 ) ) );
		$this->own( 'm', $dated( array( 'm' => '2025' ) ) );
		$this->own( 'gmt', $dated( array( 'date_query' => array( 'column' => 'post_date_gmt', 'year' => 2025, 'month' => 4 ) ) ) );
		$this->own( 'either-month', $dated( array( 'date_query' => array( 'relation' => 'OR', array( 'year' => 2025, 'month' => 4 ), array( 'year' => 2025, 'month' => 5 ) ) ) ) );
		$this->own( 'or-before', $dated( array( 'date_query' => array( 'year' => 2025, 'month' => 4, 'compare' => '<=' ) ) ) );
		$this->own( 'not-below', $titles( array( 'category__not_in' => array( $ids['news'] ), 'numberposts' => 1, 'tax_query' => array( array( 'taxonomy' => 'category', 'terms' => array( $ids['news'] ), 'operator' => 'NOT IN' ) ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		$this->own( 'not-by-slug', static fn() => get_posts( array( 'fields' => 'ids', 'tax_query' => array( array( 'taxonomy' => 'category', 'field' => 'slug', 'terms' => array( 'sport' ), 'operator' => 'NOT IN' ) ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		$this->own( 'untagged', static fn() => get_posts( array( 'fields' => 'ids', 'tax_query' => array( array( 'taxonomy' => 'post_tag', 'operator' => 'NOT EXISTS' ) ) ) ) ); // phpcs:ignore WordPress.DB.SlowDBQuery
		$this->own( 'both', static fn() => get_posts( array( 'fields' => 'ids', 'category__and' => array( $ids['news'], $ids['sport'] ) ) ) );
		$this->own( 'objects', static fn() => get_objects_in_term( $ids['sport'], 'category' ) );
		$this->own(
			'neighbour-in-term',
			static function () use ( $ids, $title ) {
				$GLOBALS['post'] = get_post( $ids['other'] );
				return $title( get_adjacent_post( true ) );
			}
		);
		$this->own(
			'neighbour-of-author',
			static function () use ( $ids, $title ) {
				$GLOBALS['post'] = get_post( $ids['other'] );
				$of_admin        = static fn( string $sql ) => "$sql AND p.post_author = 1 AND p.ID > 1";
				add_filter( 'get_previous_post_where', $of_admin );
				$found           = $title( get_adjacent_post() );
				remove_filter( 'get_previous_post_where', $of_admin );
				return $found;
			}
		);
		$this->own(
			'archives-of-author',
			static function () use ( $ids ) {
				$of_ada = static fn( string $sql ) => "$sql AND post_author = {$ids['ada']}";
				add_filter( 'getarchives_where', $of_ada );
				$found  = wp_get_archives( array( 'echo' => false ) );
				remove_filter( 'getarchives_where', $of_ada );
				return $found;
			}
		);
		$this->own( 'inside-name', static fn() => get_term( $ids['inside'], 'inside' )->name );
		$this->own( 'below-news', static fn() => get_terms( array( 'taxonomy' => 'category', 'parent' => $ids['news'], 'hide_empty' => false, 'fields' => 'names' ) ) );
		$this->own( 'with-posts', static fn() => get_terms( array( 'taxonomy' => 'category', 'parent' => 0, 'fields' => 'names' ) ) );
		$both = self::insert( array( 'post_title' => 'Both', 'post_date' => '2020-01-01 00:00:00', 'post_category' => array( $ids['alpha'], $ids['beta'] ) ) );
		$this->forget();
		$this->own( 'order', fn() => $this->rest( 'GET', "/wp/v2/posts/$both" )->get_data()['categories'] );
		$this->own( 'named', static fn() => wp_list_pluck( get_the_terms( $ids['hello'], 'category' ), 'name' ) );
		$this->own(
			'hiding',
			function () use ( $ids ) {
				$hides = static fn( mixed $terms ) => array_filter( (array) $terms, static fn( mixed $term ) => 'Hidden' !== $term->name );
				add_filter( 'get_the_terms', $hides );
				$found = $this->rest( 'GET', "/wp/v2/posts/{$ids['hello']}" )->get_data()['categories'];
				remove_filter( 'get_the_terms', $hides );
				return $found;
			}
		);
		$address = static function ( int $id ): string {
			$GLOBALS['wp_rewrite']->set_permalink_structure( '/%category%/%postname%/' );
			$found = get_permalink( $id );
			$GLOBALS['wp_rewrite']->set_permalink_structure( '/%postname%/' );
			return (string) $found;
		};
		$this->own( 'address', static fn() => $address( $ids['hello'] ) );
		$this->own( 'address-below', static fn() => $address( $both ) );
		$this->own( 'inside-all', static fn() => get_terms( array( 'taxonomy' => 'inside', 'hide_empty' => false, 'fields' => 'names' ) ) );
		$this->own( 'of-nobody', $posts( array( 'author' => 999 ) ) );
		$this->own( 'count-of-author', static fn() => count_user_posts( $ids['grace'] ) );
		$this->own( 'archives', static fn() => wp_get_archives( array( 'echo' => false ) ) );
		$this->own( 'modified', static fn() => array( get_lastpostmodified( 'GMT' ), $title( get_posts( array( 'orderby' => 'modified', 'numberposts' => 1 ) )[0] ) ) );
		$this->own( 'term-image', static fn() => array( get_term_meta( $ids['news'], 'image', true ), get_term_meta( $ids['news'], 'colour', true ) ) );
		$this->own( 'deep-path', static fn() => $title( get_page_by_path( 'about/team' ) ) );
		$this->own( 'city', static fn() => get_user_meta( $ids['grace'], 'city', true ) );
		$this->own( 'ada', static fn() => get_userdata( $ids['ada'] )->display_name ?? null );
		$this->own( 'users', static fn() => get_users( array( 'fields' => 'display_name' ) ) );
		$shown = static function ( \Closure $what ) use ( $ids ): \Closure {
			return static function () use ( $what, $ids ): mixed {
				$GLOBALS['post'] = get_post( $ids['hello'] );
				setup_postdata( $GLOBALS['post'] );
				return $what( $GLOBALS['authordata'] );
			};
		};
		$this->own( 'by-tag', $shown( static fn() => get_the_author() ) );
		$this->own( 'by-field', $shown( static fn() => get_the_author_meta( 'description' ) ) );
		$this->own( 'by-block', $shown( static fn() => do_blocks( '<!-- wp:post-author-name /-->' ) . apply_filters( 'the_content', '<!-- wp:post-author {"showAvatar":false} /-->' ) . get_the_author_posts_link() ) );
		$this->own( 'by-global', $shown( static fn( \WP_User $author ) => $author->display_name ) );
		$this->own( 'by-data', $shown( static fn( \WP_User $author ) => $author->data->display_name ) );
		$this->own( 'whole-author', $shown( static fn( \WP_User $author ) => json_decode( json_encode( $author ) )->data->display_name ) );
		$this->own( 'author-edits', $shown( static fn( \WP_User $author ) => array( $author->roles, user_can( $author, 'edit_others_posts' ) ) ) );
		$this->own( 'joan', static fn() => get_users( array( 'nicename' => 'joan', 'fields' => 'ID' ) ) );
		$this->own( 'grace-edits', static fn() => get_users( array( 'nicename__in' => array( 'grace' ), 'role' => 'editor', 'fields' => 'ID' ) ) );
		$this->own( 'editors', static fn() => get_users( array( 'role' => 'editor', 'fields' => 'ID' ) ) );
		$this->own( 'stars', static fn() => array( get_comment( $ids['comment'] )->comment_content, get_comment_meta( $ids['comment'], 'stars', true ) ) );
		$discussed = static fn( array $asked ) => static fn() => get_posts( $asked + array( 'orderby' => 'comment_count', 'numberposts' => 1, 'fields' => 'ids' ) );
		// Two, so that nothing is found by chance among those of as many.
		$rival = self::insert( array( 'post_title' => 'Discussed', 'post_date' => '2019-01-01 00:00:00', 'post_category' => array( $ids['news'] ) ) );
		foreach ( array( 'First.', 'Second.' ) as $text ) {
			wp_insert_comment( array( 'comment_post_ID' => $rival, 'comment_content' => $text, 'comment_approved' => 1 ) );
		}
		$this->own( 'most-discussed', $discussed( array() ) );
		$this->own( 'most-discussed-news', $discussed( array( 'category' => $ids['news'] ) ) );
		$this->own( 'by-comments', static fn() => array_map( static fn( \WP_Post $post ) => array( $post->post_title, $post->comment_count ), get_posts( array( 'orderby' => 'comment_count', 'numberposts' => 1 ) ) ) );
		$this->own( 'block', static fn() => array( get_post( $ids['block'] )->post_content, get_post_status( $ids['block'] ) ) );
		$this->own( 'with-block', static fn() => apply_filters( 'the_content', "<!-- wp:block {\"ref\":{$ids['block']}} /-->" ) );
		$this->own( 'quotes', $posts( array( 'post_type' => 'quote' ) ) );
		$this->own( 'navigation', $posts( array( 'post_type' => 'wp_navigation' ) ) );
		$this->own( 'tagged-media', $posts( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'tag' => 'tagged' ) ) );
		$this->own( 'with-image', static fn() => apply_filters( 'the_content', "<p><img class=\"wp-image-{$ids['free']}\" src=\"https://cms.example.com/wp-content/uploads/image.png\" width=\"300\" height=\"200\" alt=\"\"></p>" ) );
		$this->own( 'featured', static fn() => get_the_post_thumbnail( $ids['other'] ) );
		$this->own( 'phone', static fn() => get_option( 'options_phone' ) );
		$this->own( 'fax', static fn() => get_option( 'options_fax' ) );
		$this->own( 'name', static fn() => get_bloginfo( 'name' ) );
		$this->own(
			'sidebar',
			static function () {
				register_sidebar( array( 'id' => 'aside' ) );
				( new \WP_Widget_Text() )->_register();
				$GLOBALS['_wp_sidebars_widgets'] = array();
				ob_start();
				dynamic_sidebar( 'aside' );
				return ob_get_clean();
			}
		);
		$this->own( 'parts', $posts( array( 'post_type' => 'wp_template_part' ) ) );
		$this->own( 'menu', static fn() => array( array_map( static fn( \WP_Term $menu ) => array_map( $title, wp_get_nav_menu_items( $menu ) ), wp_get_nav_menus() ), get_nav_menu_locations() ) );
		$this->own(
			'filtered',
			static function () use ( $title ) {
				$by_title = static fn() => 'post_title ASC';
				add_filter( 'posts_orderby', $by_title );
				$found    = new \WP_Query( array( 'posts_per_page' => 1, 'ignore_sticky_posts' => true ) );
				remove_filter( 'posts_orderby', $by_title );
				return array_map( $title, $found->posts );
			}
		);
	}
}
