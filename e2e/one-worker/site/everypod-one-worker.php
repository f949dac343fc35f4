<?php
/**
 * Plugin Name: Everypod, one worker
 * Description: What a test has WordPress do while no other process answers in its place.
 * License: GPL-2.0-or-later
 */

namespace Everypod\OneWorker;

add_action( 'rest_api_init', __NAMESPACE__ . '\register' );
// Before the answer is sent, as a plugin does that warms a cache within a save.
add_action( 'shutdown', __NAMESPACE__ . '\wait_for_front_end', 0 );

function register(): void {
	$routes = array(
		'/stand-still' => 'stand_still',
		'/send'        => 'send',
	);
	foreach ( $routes as $route => $callback ) {
		register_rest_route(
			'one-worker/v1',
			$route,
			array(
				'methods'             => 'POST',
				'callback'            => __NAMESPACE__ . '\\' . $callback,
				'permission_callback' => static fn() => current_user_can( 'manage_options' ),
			)
		);
	}
}

/** @return array{process: int} */
function stand_still( \WP_REST_Request $request ): array {
	usleep( 1_000 * (int) $request['ms'] );
	return array( 'process' => getmypid() );
}

/** As a sender of its own does that wants to know at once what the pods have answered: it waits for the bridge, which waits for them. */
function send( \WP_REST_Request $request ): array {
	$answer = wp_remote_post(
		$request['url'],
		array(
			'headers' => $request['headers'],
			'body'    => $request['body'],
			'timeout' => (int) $request['seconds'],
		)
	);
	return is_wp_error( $answer )
		? array( 'unanswered' => $answer->get_error_message() )
		: array(
			'status' => wp_remote_retrieve_response_code( $answer ),
			'body'   => wp_remote_retrieve_body( $answer ),
		);
}

/** What must never be: an editor's request waits for a page that is made by asking this WordPress. */
function wait_for_front_end(): void {
	$file = WP_CONTENT_DIR . '/one-worker-waits-for.json';
	if ( ! is_user_logged_in() || ! is_file( $file ) ) {
		return;
	}
	$wish = json_decode( (string) file_get_contents( $file ), true );
	wp_remote_get( $wish['page'] . uniqid(), array( 'timeout' => $wish['seconds'] ) );
}
