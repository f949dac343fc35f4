<?php
namespace Front;

function register_types(): void {
	register_post_type(
		'book',
		array(
			'label'        => 'Books',
			'public'       => true,
			'has_archive'  => true,
			'show_in_rest' => true,
			'rest_base'    => 'books',
			'rewrite'      => array( 'slug' => 'library' ),
			'supports'     => array( 'title', 'editor', 'excerpt', 'thumbnail', 'custom-fields', 'author' ),
		)
	);
	register_taxonomy(
		'genre',
		'book',
		array(
			'label'        => 'Genres',
			'public'       => true,
			'hierarchical' => true,
			'show_in_rest' => true,
			'rest_base'    => 'genres',
		)
	);
	// Nobody can open one of these; the front end shows them all in one place.
	register_post_type(
		'testimonial',
		array(
			'label'    => 'Testimonials',
			'public'   => false,
			'show_ui'  => true,
			'supports' => array( 'title', 'editor', 'page-attributes' ),
		)
	);
	register_taxonomy(
		'shelf',
		'book',
		array(
			'label'   => 'Shelves',
			'public'  => false,
			'show_ui' => true,
		)
	);
}

function register_fields(): void {
	$shown = array(
		'single'       => true,
		'type'         => 'string',
		'show_in_rest' => true,
	);
	register_post_meta( 'book', 'price', $shown );
	register_post_meta( 'post', 'subtitle', $shown );
	register_term_meta( 'category', 'colour', $shown );
	register_meta( 'user', 'pronouns', $shown );
}

function register_places(): void {
	register_nav_menus(
		array(
			'top'    => 'Top',
			'bottom' => 'Bottom',
		)
	);
	register_sidebar(
		array(
			'id'   => 'beside',
			'name' => 'Beside',
		)
	);
}

function add_price_box(): void {
	add_meta_box( 'price', 'Price', __NAMESPACE__ . '\show_price_box', 'book' );
}

function show_price_box( \WP_Post $book ): void {
	printf( '<input name="front_price" value="%s">', esc_attr( get_post_meta( $book->ID, 'price', true ) ) );
}

function save_price( int $id ): void {
	if ( isset( $_POST['front_price'] ) && current_user_can( 'edit_post', $id ) ) {
		update_post_meta( $id, 'price', sanitize_text_field( wp_unslash( $_POST['front_price'] ) ) );
	}
}
