<?php
/**
 * Fills the site with its content, the same at each start. Run by `php -r` behind wp-load.php.
 */

add_filter( 'everypod_should_send', '__return_false', 99 );
require_once ABSPATH . 'wp-admin/includes/image.php';

/** A picture of one colour; its name says which it is. */
$picture = function ( string $name, string $alt, int $parent = 0 ): int {
	$at  = wp_upload_bits( "$name.png", null, base64_decode( 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' ) );
	$id  = wp_insert_attachment(
		array(
			'post_title'     => $name,
			'post_name'      => $name,
			'post_excerpt'   => "Caption of $name",
			'post_mime_type' => 'image/png',
			'post_status'    => 'inherit',
			'post_date'      => '2026-01-01 08:00:00',
		),
		$at['file'],
		$parent
	);
	wp_update_attachment_metadata(
		$id,
		array(
			'width'  => 1,
			'height' => 1,
			'file'   => _wp_relative_upload_path( $at['file'] ),
			'sizes'  => array(),
		)
	);
	update_post_meta( $id, '_wp_attachment_image_alt', $alt );
	return $id;
};
$paragraph = fn( string $text ): string => "<!-- wp:paragraph -->\n<p>$text</p>\n<!-- /wp:paragraph -->";

foreach ( get_posts( array( 'post_type' => array( 'post', 'page' ), 'numberposts' => -1, 'post_status' => 'any' ) ) as $old ) {
	wp_delete_post( $old->ID, true );
}
foreach ( get_terms( array( 'taxonomy' => 'category', 'hide_empty' => false ) ) as $old ) {
	if ( (int) get_option( 'default_category' ) !== $old->term_id ) {
		wp_delete_term( $old->term_id, 'category' );
	}
}
foreach ( get_users( array( 'exclude' => array( 1 ) ) ) as $old ) {
	require_once ABSPATH . 'wp-admin/includes/user.php';
	wp_delete_user( $old->ID );
}

update_option( 'blogname', 'The Crawl' );
update_option( 'blogdescription', 'A site to look at' );
update_option( 'posts_per_page', 5 );
update_option( 'blog_public', '1' );
update_option( 'timezone_string', 'UTC' );
update_option( 'options_phone', '0123' );
update_option( 'options_opening', 'nine to five' );
update_option( 'default_comment_status', 'open' );
update_option( 'comment_previously_approved', '0' );

$people = array();
foreach ( array( 'ada' => 'Ada Bell', 'ben' => 'Ben Cole', 'cleo' => 'Cleo Dahl' ) as $login => $name ) {
	$people[ $login ] = wp_insert_user(
		array(
			'user_login'   => $login,
			'user_pass'    => 'password',
			'user_email'   => "$login@example.org",
			'display_name' => $name,
			'description'  => "About $name",
			'role'         => 'author',
		)
	);
	update_user_meta( $people[ $login ], 'pronouns', 'they' );
}

$term  = fn( string $taxonomy, string $slug, string $name, int $parent = 0 ): int => (int) wp_insert_term( $name, $taxonomy, array( 'slug' => $slug, 'parent' => $parent, 'description' => "All on $name" ) )['term_id'];
$news  = $term( 'category', 'news', 'News' );
$local = $term( 'category', 'local', 'Local news', $news );
$world = $term( 'category', 'culture', 'Culture' );
$film  = $term( 'category', 'film', 'Film', $world );
$quiet = $term( 'category', 'quiet', 'Nothing yet' );
update_term_meta( $news, 'colour', 'blue' );
$tags = array();
foreach ( array( 'sea', 'harbour', 'ships', 'unused' ) as $tag ) {
	$tags[ $tag ] = $term( 'post_tag', $tag, ucfirst( $tag ) );
}
$poems = $term( 'genre', 'poems', 'Poems' );
$novel = $term( 'genre', 'novels', 'Novels' );
$upper = $term( 'shelf', 'upper', 'Upper shelf' );

$cover   = $picture( 'cover', 'A cover' );
$inside  = $picture( 'inside', 'Inside' );
$banner  = $picture( 'banner', 'A banner' );
update_option( 'options_banner', $banner );
$pattern = wp_insert_post(
	array(
		'post_type'    => 'wp_block',
		'post_status'  => 'publish',
		'post_title'   => 'Call us',
		'post_name'    => 'call-us',
		'post_content' => $paragraph( 'Call us by telephone.' ),
	)
);

/** Slug, title, date, author, categories, tags. */
$posts = array(
	array( 'harbour-opens', 'The harbour opens', '2025-11-03', 'ada', array( $news, $local ), array( 'harbour', 'sea' ) ),
	array( 'ferry-late', 'The ferry is late', '2025-11-17', 'ben', array( $local ), array( 'ships' ) ),
	array( 'first-film', 'A first film', '2025-12-01', 'ada', array( $film ), array() ),
	array( 'winter-fair', 'The winter fair', '2025-12-20', 'ben', array( $world ), array( 'harbour' ) ),
	array( 'new-year', 'A new year', '2026-01-01', 'ada', array( $news ), array() ),
	array( 'storm', 'After the storm', '2026-01-15', 'ben', array( $news, $local ), array( 'sea', 'ships' ) ),
	array( 'second-film', 'A second film', '2026-02-02', 'ada', array( $film, $world ), array() ),
	array( 'lighthouse', 'The lighthouse', '2026-02-14', 'ben', array( $local ), array( 'sea' ) ),
	array( 'market', 'Market days', '2026-02-27', 'ada', array( $world ), array( 'harbour' ) ),
	array( 'secret', 'Behind a password', '2026-03-02', 'ada', array( $news ), array() ),
	array( 'lead', 'The lead story', '2026-03-05', 'ben', array( $news ), array( 'ships' ) ),
	array( 'spring', 'Spring tide', '2026-03-10', 'ada', array( $local ), array( 'sea' ) ),
	array( 'evening', 'One evening', '2026-03-12', 'ben', array( $film ), array() ),
);
$ids   = array();
foreach ( $posts as list( $slug, $title, $date, $author, $categories, $of ) ) {
	$more = match ( $slug ) {
		'market'      => "<!-- wp:block {\"ref\":$pattern} /-->",
		'storm'       => "<!-- wp:image {\"id\":$inside} -->\n<figure class=\"wp-block-image\"><img src=\"" . wp_get_attachment_url( $inside ) . "\" alt=\"\" class=\"wp-image-$inside\"/></figure>\n<!-- /wp:image -->",
		'winter-fair' => '<!-- wp:latest-posts {"postsToShow":2} /-->',
		default       => '',
	};
	$ids[ $slug ] = wp_insert_post(
		wp_slash(
			array(
				'post_status'   => 'publish',
				'post_name'     => $slug,
				'post_title'    => $title,
				'post_date'     => "$date 09:00:00",
				'post_date_gmt' => "$date 09:00:00",
				'post_author'   => $people[ $author ],
				'post_category' => $categories,
				'tags_input'    => array_map( fn( $tag ) => ucfirst( $tag ), $of ),
				'post_excerpt'  => "In short: $title",
				'post_password' => 'secret' === $slug ? 'open' : '',
				'post_content'  => $paragraph( "All of $title, told at length." ) . $more,
			)
		)
	);
}
stick_post( $ids['lead'] );
set_post_thumbnail( $ids['lead'], $cover );
set_post_thumbnail( $ids['storm'], $cover );
update_post_meta( $ids['lead'], 'subtitle', 'And what came of it' );
update_option( 'options_lead', $ids['lead'] );
$picture( 'first-in-gallery', 'One', $ids['lighthouse'] );
$picture( 'second-in-gallery', 'Two', $ids['lighthouse'] );

$page = fn( string $slug, string $title, int $parent = 0, int $order = 0 ): int => wp_insert_post(
	array(
		'post_type'    => 'page',
		'post_status'  => 'publish',
		'post_name'    => $slug,
		'post_title'   => $title,
		'post_parent'  => $parent,
		'menu_order'   => $order,
		'post_date'    => '2025-10-01 09:00:00',
		'post_content' => $paragraph( "The page $title." ),
	)
);
$about   = $page( 'about', 'About us' );
$team    = $page( 'team', 'The team', $about, 1 );
$page( 'past', 'The past', $team );
$page( 'press', 'Press', $about, 2 );
$contact = $page( 'contact', 'Contact' );
$page( 'landing', 'Landing' );

foreach ( array( 'tides' => array( 'Tides', '12', $poems ), 'gulls' => array( 'Gulls', '9', $poems ), 'the-pier' => array( 'The pier', '20', $novel ) ) as $slug => list( $title, $price, $genre ) ) {
	$id = wp_insert_post(
		array(
			'post_type'    => 'book',
			'post_status'  => 'publish',
			'post_name'    => $slug,
			'post_title'   => $title,
			'post_author'  => $people['ben'],
			'post_date'    => '2026-02-01 09:00:00',
			'post_content' => $paragraph( "The book $title." ),
		)
	);
	update_post_meta( $id, 'price', $price );
	wp_set_object_terms( $id, array( $genre ), 'genre' );
	wp_set_object_terms( $id, array( $upper ), 'shelf' );
}
foreach ( array( 'Ida says', 'Jon says' ) as $order => $title ) {
	wp_insert_post(
		array(
			'post_type'    => 'testimonial',
			'post_status'  => 'publish',
			'post_title'   => $title,
			'post_name'    => sanitize_title( $title ),
			'menu_order'   => $order,
			'post_content' => "$title that it is good.",
		)
	);
}

$comment = fn( string $on, string $by, int $approved, int $parent = 0 ): int => (int) wp_insert_comment(
	array(
		'comment_post_ID'      => $ids[ $on ],
		'comment_author'       => $by,
		'comment_author_email' => strtolower( $by ) . '@example.org',
		'comment_content'      => "$by on $on",
		'comment_approved'     => $approved,
		'comment_parent'       => $parent,
		'comment_date'         => '2026-03-13 10:00:00',
		'comment_date_gmt'     => '2026-03-13 10:00:00',
	)
);
$first = $comment( 'storm', 'Vera', 1 );
$comment( 'storm', 'Walt', 1, $first );
$comment( 'storm', 'Xeno', 0 );
$comment( 'lead', 'Yara', 1 );

$menu = (int) wp_create_nav_menu( 'Top menu' );
$item = fn( array $fields, int $in ): int => (int) wp_update_nav_menu_item( $in, 0, $fields + array( 'menu-item-status' => 'publish' ) );
$item( array( 'menu-item-type' => 'post_type', 'menu-item-object' => 'page', 'menu-item-object-id' => $about ), $menu );
$item( array( 'menu-item-type' => 'taxonomy', 'menu-item-object' => 'category', 'menu-item-object-id' => $news ), $menu );
$item( array( 'menu-item-type' => 'custom', 'menu-item-title' => 'Elsewhere', 'menu-item-url' => 'https://elsewhere.example/' ), $menu );
$low = (int) wp_create_nav_menu( 'Bottom menu' );
$item( array( 'menu-item-type' => 'post_type', 'menu-item-object' => 'page', 'menu-item-object-id' => $contact ), $low );
set_theme_mod( 'nav_menu_locations', array( 'top' => $menu, 'bottom' => $low ) );
set_theme_mod( 'accent', 'red' );

update_option( 'widget_text', array( 2 => array( 'title' => 'Beside', 'text' => 'Words beside.' ), '_multiwidget' => 1 ) );
update_option( 'widget_recent-posts', array( 2 => array( 'title' => 'New', 'number' => 2 ), '_multiwidget' => 1 ) );
update_option( 'sidebars_widgets', array( 'beside' => array( 'text-2', 'recent-posts-2' ), 'wp_inactive_widgets' => array(), 'array_version' => 3 ) );

wp_insert_post(
	array(
		'post_type'    => 'wp_navigation',
		'post_status'  => 'publish',
		'post_title'   => 'Site navigation',
		'post_name'    => 'site-navigation',
		'post_content' => '<!-- wp:navigation-link {"label":"Home","url":"/"} /-->',
	)
);
/** What the actions call things by. */
$named = array();
foreach ( $GLOBALS['wpdb']->get_results( "SELECT ID, post_type, post_name FROM {$GLOBALS['wpdb']->posts}" ) as $row ) {
	$named[ "$row->post_type $row->post_name" ] = (int) $row->ID;
}
foreach ( get_terms( array( 'taxonomy' => array_keys( get_taxonomies() ), 'hide_empty' => false ) ) as $row ) {
	$named[ "$row->taxonomy $row->slug" ] = $row->term_id;
}
foreach ( get_users() as $row ) {
	$named[ "user $row->user_nicename" ] = $row->ID;
}
foreach ( get_comments() as $row ) {
	$named[ "comment $row->comment_author" ] = (int) $row->comment_ID;
}
foreach ( wp_get_nav_menu_items( $menu ) as $place => $row ) {
	$named[ "item $place" ] = $row->ID;
}
echo wp_json_encode( $named );
