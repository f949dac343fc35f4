<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Clock;
use Everypod\Delivery\Courier;
use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use Everypod\Delivery\Retry;
use Everypod\Limits;
use Everypod\Outbox\Outbox;
use Everypod\Outbox\Row;
use Everypod\Outbox\Rows;
use Everypod\Outbox\Schema;
use Everypod\Outbox\Subjects;
use Everypod\Settings\Settings;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/** The last deliveries on the status page, and "Retry". */
final class DeliveriesController extends Controller {

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox $outbox,
		private readonly Rows $rows,
		private readonly Retry $retry,
		private readonly Courier $courier,
		private readonly Clock $clock
	) {}

	public function register_routes(): void {
		register_rest_route(
			self::NAMESPACE,
			'/deliveries',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'get_deliveries' ),
					'permission_callback' => array( $this, 'may_manage' ),
					'args'                => array(
						'page'     => array(
							'type'    => 'integer',
							'minimum' => 1,
							'default' => 1,
						),
						'per_page' => array(
							'type'    => 'integer',
							'minimum' => 1,
							'maximum' => Limits::DELIVERIES_PER_PAGE_MAX,
							'default' => Limits::DELIVERIES_PER_PAGE,
						),
					),
				),
				'schema' => array( Shapes::class, 'deliveries' ),
			)
		);
		register_rest_route(
			self::NAMESPACE,
			'/deliveries/(?P<id>[A-Za-z0-9_-]{1,64})/retry',
			array(
				array(
					'methods'             => 'POST',
					'callback'            => array( $this, 'retry' ),
					'permission_callback' => array( $this, 'may_retry' ),
					'args'                => array(
						'id' => array(
							'type'     => 'string',
							'required' => true,
						),
					),
				),
				'schema' => array( Shapes::class, 'delivery' ),
			)
		);
	}

	/**
	 * An id that is not there gives away nothing: it reads like one that may not be seen.
	 *
	 * @return true|WP_Error
	 */
	public function may_retry( WP_REST_Request $request ): bool|WP_Error {
		$row = $this->rows->find( (string) $request['id'] );
		return self::allow(
			$row ? DeliveryPresenter::may_see( $row ) : current_user_can( 'manage_options' ),
			__( 'This needs someone who may edit what was delivered.', 'everypod' )
		);
	}

	public function get_deliveries( WP_REST_Request $request ): WP_REST_Response {
		if ( ! Schema::mend() ) {
			return self::answer(
				array(
					'problem'    => ( new Problem( ProblemCode::NoOutbox ) )->to_array( true, $this->settings ),
					'deliveries' => array(),
					'total'      => 0,
					'dead'       => 0,
				)
			);
		}
		$this->retry->by_poll();
		$rows     = $this->rows->page( (int) $request['page'], (int) $request['per_page'] );
		$subjects = Subjects::of( $rows );
		return self::answer(
			array(
				'problem'    => null,
				'deliveries' => array_map( fn( Row $row ) => $this->in_one_line( $row, DeliveryPresenter::present( $row, $this->settings, $subjects[ $row->id ] ?? array() ) ), $rows ),
				'total'      => $this->rows->count(),
				'dead'       => $this->rows->count_dead(),
			)
		);
	}

	/**
	 * What the metaboxes of a screen saved after the post is the end of that save: its line says what was done to the post.
	 *
	 * @param array<string, mixed> $delivery
	 * @return array<string, mixed>
	 */
	private function in_one_line( Row $row, array $delivery ): array {
		$save = $row->with_id > 0 ? $this->rows->get( $row->with_id ) : null;
		return null === $save ? $delivery : array( 'change' => $save->change_name ) + $delivery;
	}

	/** Tries a waiting or given-up event now; one that the bridge has is looked after instead. */
	public function retry( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$row = $this->rows->find( (string) $request['id'] );
		if ( ! $row ) {
			return new WP_Error( 'everypod_unknown_delivery', __( 'There is no such delivery; it may have been cleaned up.', 'everypod' ), array( 'status' => 404 ) );
		}
		if ( $row->is_dead() ) {
			$this->outbox->revive( $row, $this->clock->now() );
			$row = $this->rows->get( $row->id ) ?? $row;
		}
		$row->accepted_at > 0 ? $this->courier->look( $row ) : $this->courier->deliver( $row, $this->settings->polled_seconds() );
		return self::answer( DeliveryPresenter::present( $this->rows->get( $row->id ) ?? $row, $this->settings ) );
	}
}
