<?php
/**
 * Saves a post as it is asked to, and says how long that took. Who asks without Everypod has a WordPress that never loads it.
 */

namespace Everypod\Bench;

use Everypod\Delivery\BridgeProtocol;
use WP_REST_Request;

add_filter(
	'option_active_plugins',
	static fn( mixed $plugins ) => isset( $_SERVER['HTTP_X_WITHOUT_EVERYPOD'] ) ? array_values( array_filter( (array) $plugins, static fn( string $plugin ) => ! str_contains( $plugin, 'everypod' ) ) ) : $plugins
);

// As on a site that its bridge has answered once.
add_action( 'init', static fn() => class_exists( BridgeProtocol::class ) && update_option( BridgeProtocol::OPTION, '3 ' . EVERYPOD_BRIDGE_URL, true ) );

add_action(
	'rest_api_init',
	static fn() => register_rest_route(
		'bench/v1',
		'/save/(?P<what>[a-z]+)',
		array(
			'methods'             => 'POST',
			'permission_callback' => static fn() => current_user_can( 'edit_posts' ),
			'callback'            => static function ( WP_REST_Request $request ): array {
				$post  = get_posts( array( 'numberposts' => 1 ) )[0];
				$saved = match ( $request['what'] ) {
					'title'   => array( 'post_title' => 'Title ' . wp_generate_uuid4() ),
					'words'   => array( 'post_content' => str_repeat( 'Words of ' . wp_generate_uuid4() . ' and more of them. ', 50 ) ),
					'nothing' => array(),
				};
				$began = hrtime( true );
				wp_update_post( array( 'ID' => $post->ID ) + $saved );
				return array(
					'ms'   => ( hrtime( true ) - $began ) / 1e6,
					'with' => class_exists( 'Everypod\\Plugin' ),
				);
			},
		)
	)
);
