<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Delivery\BridgeClient;
use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use Everypod\Limits;
use Everypod\Report\PodsSchema;
use Everypod\Settings\Settings;
use WP_REST_Response;

/** The pods that the bridge knows. With their addresses, so for administrators only. */
final class PodsController extends Controller {

	public function __construct(
		private readonly Settings $settings,
		private readonly BridgeClient $bridge
	) {}

	public function register_routes(): void {
		register_rest_route(
			self::NAMESPACE,
			'/pods',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'get_pods' ),
					'permission_callback' => array( $this, 'may_manage' ),
				),
				'schema' => array( Shapes::class, 'pods' ),
			)
		);
	}

	public function get_pods(): WP_REST_Response {
		$connection = $this->settings->connection();
		if ( $connection instanceof Problem ) {
			return $this->without_pods( $connection );
		}
		$answer = $this->bridge->get( $connection, '/v1/pods', Limits::DELIVERY_SECONDS );
		if ( null !== $answer->problem ) {
			return $this->without_pods( $answer->problem );
		}
		$pods = PodsSchema::parse( $answer->json );
		if ( null === $pods ) {
			return $this->without_pods( new Problem( ProblemCode::BadAnswer ) );
		}
		return self::answer(
			array(
				'problem' => null,
				'pods'    => $pods,
			)
		);
	}

	private function without_pods( Problem $problem ): WP_REST_Response {
		return self::answer(
			array(
				'problem' => $problem->to_array( true, $this->settings ),
				'pods'    => null,
			)
		);
	}
}
