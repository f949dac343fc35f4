<?php
namespace Everypod\Demo;

/**
 * Publishes the demo's magazine, once. What a visitor of the demo has changed or deleted since stays as it is.
 *
 * @param array<string, mixed> $publication The contents of publication.json.
 * @return array{users: int, terms: int, posts: int} How many of each were added.
 */
function publish( array $publication ): array {
	$added = array( 'users' => 0, 'terms' => 0, 'posts' => 0 );
	if ( get_option( 'everypod_demo_published' ) ) {
		return $added;
	}
	update_option( 'blogname', $publication['name'] );
	update_option( 'blogdescription', $publication['tagline'] );
	remove_what_wordpress_brings();

	$authors = array();
	foreach ( $publication['authors'] as $author ) {
		$authors[ $author['login'] ] = author_id( $author );
		++$added['users'];
	}
	$categories = array();
	foreach ( $publication['categories'] as $category ) {
		$categories[ $category['slug'] ] = category_id( $category );
		++$added['terms'];
	}
	foreach ( array( 'page' => 'pages', 'post' => 'posts' ) as $type => $list ) {
		foreach ( $publication[ $list ] as $entry ) {
			if ( get_page_by_path( $entry['slug'], OBJECT, $type ) ) {
				continue;
			}
			wp_insert_post( wp_slash( post_of( $entry, $type, $authors, $categories ) ) );
			++$added['posts'];
		}
	}
	update_option( 'everypod_demo_published', '1' );
	return $added;
}

function remove_what_wordpress_brings(): void {
	foreach ( array( 'hello-world' => 'post', 'sample-page' => 'page' ) as $slug => $type ) {
		$post = get_page_by_path( $slug, OBJECT, $type );
		if ( $post ) {
			wp_delete_post( $post->ID, true );
		}
	}
}

/** @param array<string, string> $author */
function author_id( array $author ): int {
	$user = get_user_by( 'login', $author['login'] );
	if ( $user ) {
		return $user->ID;
	}
	return (int) wp_insert_user(
		array(
			'user_login'    => $author['login'],
			'user_pass'     => 'password',
			'user_email'    => $author['login'] . '@example.org',
			'user_nicename' => $author['slug'],
			'display_name'  => $author['name'],
			'first_name'    => strtok( $author['name'], ' ' ),
			'description'   => $author['about'],
			'role'          => 'author',
		)
	);
}

/** @param array<string, string> $category */
function category_id( array $category ): int {
	$term = get_term_by( 'slug', $category['slug'], 'category' );
	if ( $term ) {
		return $term->term_id;
	}
	$made = wp_insert_term(
		$category['name'],
		'category',
		array(
			'slug'        => $category['slug'],
			'description' => $category['about'],
		)
	);
	return is_wp_error( $made ) ? 0 : (int) $made['term_id'];
}

/**
 * @param array<string, mixed> $entry
 * @param array<string, int>   $authors    Ids by login.
 * @param array<string, int>   $categories Ids by slug.
 * @return array<string, mixed>
 */
function post_of( array $entry, string $type, array $authors, array $categories ): array {
	$at = time() - (int) ( ( $entry['days_ago'] ?? 60 ) * DAY_IN_SECONDS );
	return array(
		'post_type'     => $type,
		'post_status'   => 'publish',
		'post_name'     => $entry['slug'],
		'post_title'    => $entry['title'],
		'post_excerpt'  => $entry['excerpt'] ?? '',
		'post_content'  => implode( "\n\n", array_map( __NAMESPACE__ . '\block_of', $entry['text'] ) ),
		'post_author'   => $authors[ $entry['author'] ?? '' ] ?? 1,
		'post_category' => array_values( array_intersect_key( $categories, array_flip( $entry['categories'] ?? array() ) ) ),
		'post_date_gmt' => gmdate( 'Y-m-d H:i:s', $at ),
		'post_date'     => get_date_from_gmt( gmdate( 'Y-m-d H:i:s', $at ) ),
	);
}

/** A paragraph, a heading (`## …`) or a quotation (`> …`), as the block editor writes them. */
function block_of( string $text ): string {
	if ( str_starts_with( $text, '## ' ) ) {
		return "<!-- wp:heading -->\n<h2 class=\"wp-block-heading\">" . substr( $text, 3 ) . "</h2>\n<!-- /wp:heading -->";
	}
	if ( str_starts_with( $text, '> ' ) ) {
		return "<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><!-- wp:paragraph -->\n<p>" . substr( $text, 2 )
			. "</p>\n<!-- /wp:paragraph --></blockquote>\n<!-- /wp:quote -->";
	}
	return "<!-- wp:paragraph -->\n<p>" . $text . "</p>\n<!-- /wp:paragraph -->";
}
