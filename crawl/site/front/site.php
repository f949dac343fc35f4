<?php
namespace Front;

use WP_Error;
use WP_REST_Request;
use WP_Term;
use WP_User;

/** What every page shows. @return array<string, mixed> */
function shell(): array {
	return array(
		'name'    => get_bloginfo( 'name' ),
		'tagline' => get_bloginfo( 'description' ),
		'menu'    => items_of( 'top' ),
	);
}

/** @return list<array<string, mixed>> */
function items_of( string $place ): array {
	$menus = get_nav_menu_locations();
	$items = empty( $menus[ $place ] ) ? false : wp_get_nav_menu_items( $menus[ $place ] );
	return array_map(
		fn( object $item ) => array(
			'title' => $item->title,
			'url'   => $item->url,
			'under' => (int) $item->menu_item_parent,
		),
		is_array( $items ) ? $items : array()
	);
}

/** @return array<string, mixed> */
function menu( WP_REST_Request $request ): array {
	return array(
		'html' => wp_nav_menu(
			array(
				'theme_location' => (string) $request['place'],
				'echo'           => false,
				'fallback_cb'    => false,
			)
		),
	);
}

/** @return array<string, string> */
function sidebar(): array {
	ob_start();
	dynamic_sidebar( 'beside' );
	return array( 'html' => (string) ob_get_clean() );
}

/** What an options page keeps. @return array<string, mixed> */
function options(): array {
	$banner = (int) get_option( 'options_banner' );
	return array(
		'phone'   => get_option( 'options_phone', '' ),
		'opening' => get_option( 'options_opening', '' ),
		'notice'  => get_option( 'options_notice', '' ),
		'lead'    => get_the_title( (int) get_option( 'options_lead' ) ),
		'banner'  => wp_get_attachment_url( $banner ),
		'alt'     => get_post_meta( $banner, '_wp_attachment_image_alt', true ),
	);
}

/** @return array<string, mixed> */
function look(): array {
	return array(
		'theme'  => get_stylesheet(),
		'accent' => get_theme_mod( 'accent', 'none' ),
		'logo'   => get_theme_mod( 'custom_logo', 0 ),
		'css'    => wp_get_custom_css(),
		'hidden' => '0' === (string) get_option( 'blog_public' ),
		'styles' => wp_get_global_styles( array( 'color' ) ),
		'front'  => get_option( 'show_on_front' ),
	);
}

/** @return array<string, string>|WP_Error */
function part( WP_REST_Request $request ) {
	return template_of( (string) $request['slug'], 'wp_template_part' );
}

/** @return array<string, string>|WP_Error */
function template( WP_REST_Request $request ) {
	return template_of( (string) $request['slug'], 'wp_template' );
}

/** @return array<string, string>|WP_Error */
function template_of( string $slug, string $type ) {
	$template = get_block_template( get_stylesheet() . '//' . $slug, $type );
	return $template ? array( 'content' => $template->content ) : not_found();
}

/** @return list<string> */
function dates(): array {
	return array_map(
		fn( \WP_Post $post ) => get_the_date( '', $post ) . ' ' . get_the_time( '', $post ),
		get_posts( array( 'numberposts' => 3 ) )
	);
}

/** @return list<array<string, mixed>> */
function cloud(): array {
	$tags = get_terms(
		array(
			'taxonomy' => 'post_tag',
			'orderby'  => 'count',
			'order'    => 'DESC',
		)
	);
	return array_map( fn( WP_Term $tag ) => array( $tag->name, $tag->count ), $tags );
}

/** All categories, empty ones too, with their own fields. @return list<array<string, mixed>> */
function sections(): array {
	$categories = get_categories( array( 'hide_empty' => false ) );
	return array_map(
		fn( WP_Term $category ) => array(
			'name'   => $category->name,
			'slug'   => $category->slug,
			'under'  => $category->parent ? get_cat_name( $category->parent ) : null,
			'colour' => get_term_meta( $category->term_id, 'colour', true ),
		),
		array_values( $categories )
	);
}

/** @return list<array<string, mixed>> */
function shelves(): array {
	$shelves = get_terms(
		array(
			'taxonomy'   => 'shelf',
			'hide_empty' => true,
		)
	);
	return array_map( fn( WP_Term $shelf ) => array( $shelf->name, $shelf->count ), $shelves );
}

/** @return list<array<string, mixed>> */
function people(): array {
	$users = get_users( array( 'has_published_posts' => array( 'post' ) ) );
	return array_map(
		fn( WP_User $user ) => array(
			'name'  => $user->display_name,
			'posts' => (int) count_user_posts( $user->ID ),
		),
		$users
	);
}

/** @return array<string, mixed>|WP_Error */
function person( WP_REST_Request $request ) {
	$user = get_user_by( 'slug', (string) $request['slug'] );
	if ( ! $user ) {
		return not_found();
	}
	return array(
		'name'     => $user->display_name,
		'about'    => $user->description,
		'pronouns' => get_user_meta( $user->ID, 'pronouns', true ),
		'avatar'   => get_avatar_url( $user->ID ),
	);
}
