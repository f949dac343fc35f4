<?php
namespace Front;

/** Each by its path below /wp-json/front/v1, with what answers it; nobody has to be signed in. */
function register_endpoints(): void {
	$endpoints = array(
		'/shell'                    => 'shell',
		'/menu/(?P<place>[a-z]+)'   => 'menu',
		'/sidebar'                  => 'sidebar',
		'/options'                  => 'options',
		'/look'                     => 'look',
		'/part/(?P<slug>[a-z-]+)'   => 'part',
		'/template/(?P<slug>[a-z-]+)' => 'template',
		'/dates'                    => 'dates',
		'/cloud'                    => 'cloud',
		'/sections'                 => 'sections',
		'/shelves'                  => 'shelves',
		'/people'                   => 'people',
		'/person/(?P<slug>[\w-]+)'  => 'person',
		'/neighbours/(?P<id>\d+)'   => 'neighbours',
		'/related/(?P<id>\d+)'      => 'related',
		'/archives'                 => 'archives',
		'/latest'                   => 'latest',
		'/feed'                     => 'feed',
		'/sitemap'                  => 'sitemap',
		'/testimonials'             => 'testimonials',
		'/page'                     => 'page_by_path',
		'/pages-below/(?P<id>\d+)'  => 'pages_below',
		'/gallery/(?P<id>\d+)'      => 'gallery',
		'/talk'                     => 'talk',
		'/talked-about'             => 'talked_about',
		'/cheapest'                 => 'cheapest',
	);
	register_rest_route(
		'front/v1',
		'/at-once',
		array(
			'methods'             => 'POST',
			'callback'            => __NAMESPACE__ . '\\at_once',
			'permission_callback' => '__return_true',
		)
	);
	foreach ( $endpoints as $path => $answer ) {
		register_rest_route(
			'front/v1',
			$path,
			array(
				'methods'             => 'GET',
				'callback'            => __NAMESPACE__ . '\\' . $answer,
				'permission_callback' => '__return_true',
			)
		);
	}
}

function not_found(): \WP_Error {
	return new \WP_Error( 'front_not_found', 'There is nothing here.', array( 'status' => 404 ) );
}

/** @return array<string, mixed> */
function title_of( \WP_Post $post ): array {
	return array(
		'slug'  => $post->post_name,
		'title' => get_the_title( $post ),
		'date'  => $post->post_date,
	);
}
