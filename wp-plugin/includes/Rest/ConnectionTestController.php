<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Delivery\ConnectionTest;
use WP_REST_Response;

/** "Test connection" on the status page. */
final class ConnectionTestController extends Controller {

	public function __construct( private readonly ConnectionTest $test ) {}

	public function register_routes(): void {
		register_rest_route(
			self::NAMESPACE,
			'/connection-test',
			array(
				array(
					'methods'             => 'POST',
					'callback'            => array( $this, 'run' ),
					'permission_callback' => array( $this, 'may_manage' ),
				),
				'schema' => array( Shapes::class, 'connection_test' ),
			)
		);
	}

	public function run(): WP_REST_Response {
		$steps = $this->test->run();
		return self::answer(
			array(
				'passed' => ! in_array( false, array_column( $steps, 'passed' ), true ),
				'steps'  => $steps,
			)
		);
	}
}
