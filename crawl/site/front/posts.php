<?php
namespace Front;

use WP_Error;
use WP_Post;
use WP_Query;
use WP_REST_Request;

/** @return array<string, mixed>|WP_Error */
function neighbours( WP_REST_Request $request ) {
	$post = get_post( (int) $request['id'] );
	if ( ! $post || 'publish' !== $post->post_status ) {
		return not_found();
	}
	$GLOBALS['post'] = $post;
	setup_postdata( $post );
	$titles = array();
	foreach ( array( 'before' => true, 'after' => false ) as $side => $before ) {
		$found           = get_adjacent_post( false, '', $before );
		$titles[ $side ] = $found instanceof WP_Post ? title_of( $found ) : null;
	}
	wp_reset_postdata();
	return $titles;
}

/** @return list<array<string, mixed>> */
function related( WP_REST_Request $request ): array {
	$id    = (int) $request['id'];
	$query = new WP_Query(
		array(
			'category__in'        => wp_get_post_categories( $id ),
			'post__not_in'        => array( $id ),
			'posts_per_page'      => 3,
			'ignore_sticky_posts' => true,
		)
	);
	return array_map( __NAMESPACE__ . '\title_of', $query->posts );
}

/** @return array<string, string> */
function archives(): array {
	return array(
		'html' => wp_get_archives(
			array(
				'show_post_count' => true,
				'echo'            => false,
			)
		),
	);
}

/** @return list<array<string, mixed>> */
function latest(): array {
	return array_map( __NAMESPACE__ . '\title_of', get_posts( array( 'numberposts' => 3 ) ) );
}

/** @return list<array<string, mixed>> */
function feed(): array {
	$posts = get_posts( array( 'numberposts' => 6 ) );
	return array_map(
		fn( WP_Post $post ) => title_of( $post ) + array(
			'by'   => get_the_author_meta( 'display_name', (int) $post->post_author ),
			'text' => apply_filters( 'the_content', $post->post_content ),
		),
		$posts
	);
}

/** @return list<array<string, mixed>> */
function sitemap(): array {
	$posts = get_posts(
		array(
			'post_type'   => array( 'post', 'page', 'book' ),
			'numberposts' => -1,
			'orderby'     => 'ID',
			'order'       => 'ASC',
		)
	);
	return array_map(
		fn( WP_Post $post ) => array(
			'link'     => get_permalink( $post ),
			'modified' => $post->post_modified_gmt,
		),
		$posts
	);
}

/** @return list<array<string, mixed>> */
function testimonials(): array {
	$query = new WP_Query(
		array(
			'post_type'      => 'testimonial',
			'posts_per_page' => 10,
			'orderby'        => 'menu_order',
			'order'          => 'ASC',
		)
	);
	return array_map(
		fn( WP_Post $post ) => array(
			'title' => $post->post_title,
			'text'  => wpautop( $post->post_content ),
		),
		$query->posts
	);
}

/** @return array<string, mixed>|WP_Error */
function page_by_path( WP_REST_Request $request ) {
	$page = get_page_by_path( (string) $request['path'] );
	if ( ! $page || 'publish' !== $page->post_status ) {
		return not_found();
	}
	$above = array_map( 'get_the_title', array_reverse( get_post_ancestors( $page ) ) );
	return title_of( $page ) + array(
		'id'      => $page->ID,
		'above'   => $above,
		'link'    => get_permalink( $page ),
		'content' => apply_filters( 'the_content', $page->post_content ),
	);
}

/** @return list<array<string, mixed>> */
function pages_below( WP_REST_Request $request ): array {
	$pages = get_pages(
		array(
			'parent'      => (int) $request['id'],
			'sort_column' => 'menu_order,post_title',
		)
	);
	return array_map( __NAMESPACE__ . '\title_of', $pages );
}

/** @return list<array<string, mixed>> */
function gallery( WP_REST_Request $request ): array {
	return array_values(
		array_map(
			fn( WP_Post $image ) => array(
				'url'     => wp_get_attachment_url( $image->ID ),
				'alt'     => get_post_meta( $image->ID, '_wp_attachment_image_alt', true ),
				'caption' => wp_get_attachment_caption( $image->ID ),
			),
			get_attached_media( 'image', (int) $request['id'] )
		)
	);
}

/** @return list<array<string, mixed>> */
function talk(): array {
	$comments = get_comments(
		array(
			'number' => 5,
			'status' => 'approve',
			'type'   => 'comment',
		)
	);
	return array_map(
		fn( \WP_Comment $comment ) => array(
			'by'   => $comment->comment_author,
			'text' => $comment->comment_content,
			'on'   => get_the_title( (int) $comment->comment_post_ID ),
		),
		$comments
	);
}

/** @return list<array<string, mixed>> */
function talked_about(): array {
	$posts = get_posts(
		array(
			'numberposts' => 4,
			'orderby'     => 'comment_count ID',
			'order'       => 'DESC',
		)
	);
	return array_map( fn( WP_Post $post ) => title_of( $post ) + array( 'comments' => (int) $post->comment_count ), $posts );
}

/** @return list<array<string, mixed>> */
function cheapest(): array {
	$books = get_posts(
		array(
			'post_type'   => 'book',
			'numberposts' => 3,
			'meta_key'    => 'price',
			'orderby'     => 'meta_value_num',
			'order'       => 'ASC',
		)
	);
	return array_map( fn( WP_Post $book ) => title_of( $book ) + array( 'price' => get_post_meta( $book->ID, 'price', true ) ), $books );
}
