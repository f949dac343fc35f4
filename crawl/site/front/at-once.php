<?php
namespace Front;

use WP_REST_Request;

/**
 * What WordPress answers to each of these routes, in one go.
 *
 * @return list<array{status: int, total: string|null, body: mixed}>
 */
function at_once( WP_REST_Request $request ): array {
	$server = rest_get_server();
	return array_map(
		function ( string $route ) use ( $server ): array {
			$one    = WP_REST_Request::from_url( get_rest_url() . ltrim( $route, '/' ) );
			$answer = rest_filter_response_fields( rest_do_request( $one ), $server, $one );
			return array(
				'status' => $answer->get_status(),
				'total'  => isset( $answer->get_headers()['X-WP-Total'] ) ? (string) $answer->get_headers()['X-WP-Total'] : null,
				'body'   => $server->response_to_data( $answer, isset( $one['_embed'] ) ),
			);
		},
		(array) $request['routes']
	);
}
