<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Delivery\BridgeClient;
use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use Everypod\Limits;
use Everypod\Outbox\Rows;
use Everypod\Outbox\Schema;
use Everypod\Report\PodsSchema;
use Everypod\Settings\Destination;
use Everypod\Settings\Settings;
use WP_REST_Response;

/**
 * The pods that the bridge knows; without a bridge, those of the last delivery. With their addresses, so for
 * administrators only.
 */
final class PodsController extends Controller {

	public function __construct(
		private readonly Settings $settings,
		private readonly BridgeClient $bridge,
		private readonly Rows $rows
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
		if ( ! $connection->has_bridge() ) {
			return $this->without_pods( null );
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
				'problem'      => null,
				'destination'  => $this->settings->leads_to()->value,
				'pods'         => $pods,
				'lastDelivery' => null,
			)
		);
	}

	private function without_pods( ?Problem $problem ): WP_REST_Response {
		$has_bridge = Destination::Bridge === $this->settings->leads_to();
		return self::answer(
			array(
				'problem'      => $problem?->to_array( true, $this->settings ),
				'destination'  => $this->settings->leads_to()->value,
				'pods'         => null,
				'lastDelivery' => $has_bridge ? null : $this->last_delivery(),
			)
		);
	}

	/** @return array<string, mixed>|null */
	private function last_delivery(): ?array {
		$row = Schema::mend() ? $this->rows->latest_with_report() : null;
		// What a bridge once told of its pods says nothing of what the load balancer leads to.
		return true === $row?->report?->is_direct() ? DeliveryPresenter::present( $row, $this->settings ) : null;
	}
}
