<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Clock;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Delivery\Retry;
use Everypod\Event\Signature;
use Everypod\Limits;
use Everypod\Outbox\Outbox;
use Everypod\Outbox\Row;
use Everypod\Outbox\Rows;
use Everypod\Report\ReportSchema;
use Everypod\Settings\Connection;
use Everypod\Settings\Settings;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Lets the bridge fetch what waits, so that a WordPress whose cron is dead still heals. Mirrors
 * contract/src/messages/outbox.ts. Requests and answers are signed with the secret that deliveries are signed with.
 */
final class OutboxController extends Controller {

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox $outbox,
		private readonly Rows $rows,
		private readonly Retry $retry,
		private readonly Clock $clock
	) {}

	public function register_routes(): void {
		register_rest_route(
			self::NAMESPACE,
			'/outbox',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'get_waiting' ),
					'permission_callback' => array( $this, 'is_bridge' ),
				),
				'schema' => array( Shapes::class, 'outbox' ),
			)
		);
		register_rest_route(
			self::NAMESPACE,
			'/outbox/accepted',
			array(
				array(
					'methods'             => 'POST',
					'callback'            => array( $this, 'accept' ),
					'permission_callback' => array( $this, 'is_bridge' ),
					'args'                => array(
						'ids' => array(
							'type'     => 'array',
							'required' => true,
							'minItems' => 1,
							'maxItems' => Limits::OUTBOX_EVENTS,
							'items'    => array(
								'type'    => 'string',
								'pattern' => '^[A-Za-z0-9_-]{1,64}$',
							),
						),
					),
				),
				'schema' => array( Shapes::class, 'outbox_accepted' ),
			)
		);
	}

	/**
	 * One generic answer for every cause.
	 *
	 * @return true|WP_Error
	 */
	public function is_bridge( WP_REST_Request $request ): bool|WP_Error {
		$connection = $this->settings->connection();
		// The path as it was asked for, which is what the bridge signed.
		$path = isset( $_SERVER['REQUEST_URI'] ) && is_string( $_SERVER['REQUEST_URI'] ) ? wp_unslash( $_SERVER['REQUEST_URI'] ) : ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- Compared by signature only.
		$body = 'GET' === $request->get_method() ? Signature::get_body( $path ) : (string) $request->get_body();

		$is_trusted = $connection instanceof Connection
			&& Signature::is_trusted( $connection->secrets, self::signed_headers( $request ), $body, $this->clock->now() );
		if ( $is_trusted ) {
			// Where WordPress can't reach the bridge, it hears of it nowhere else.
			BridgeProtocol::heard( $connection, (string) $request->get_header( Signature::PROTOCOL_HEADER ) );
			return true;
		}
		return new WP_Error( 'everypod_not_signed', __( 'The signature was not accepted.', 'everypod' ), array( 'status' => 401 ) );
	}

	/** Oldest first. A list that is full says that there may be more. */
	public function get_waiting( WP_REST_Request $request ): WP_REST_Response {
		$this->retry->by_bridge();
		// A request that still runs may widen what it made.
		$now         = $this->clock->now();
		$made_before = $now - Limits::FIRST_RETRY_SECONDS;
		$this->outbox->freeze( $made_before, $now );
		$events = array_map(
			static fn( Row $row ) => array(
				'id'   => $row->event_id,
				'body' => $row->body,
			),
			$this->rows->waiting( $made_before, $now )
		);
		return $this->signed( $request, array( 'events' => $events ) );
	}

	/**
	 * These are in the bridge's journal, so nobody has to deliver them. The answer tells which of them wait here no
	 * longer: where the table can't be written, they still do.
	 *
	 * @return WP_REST_Response|WP_Error
	 */
	public function accept( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		// WordPress would take ids from the query, too, which nobody has signed.
		if ( ( $request->get_json_params()['ids'] ?? null ) !== $request['ids'] ) {
			return new WP_Error( 'everypod_not_signed', __( 'The ids have to stand in the signed body.', 'everypod' ), array( 'status' => 400 ) );
		}
		$now   = $this->clock->now();
		$taken = array_filter( $request['ids'], fn( string $id ) => $this->outbox->accept_fetched( $id, $now ) );
		return $this->signed( $request, array( 'ids' => array_values( $taken ) ) );
	}

	/** @param array<string, mixed> $data */
	private function signed( WP_REST_Request $request, array $data ): WP_REST_Response {
		$connection = $this->settings->connection();
		return new SignedAnswer(
			$data,
			$connection instanceof Connection ? $connection->secrets : array(),
			(string) $request->get_header( 'webhook-id' ),
			$this->clock->now(),
			Signature::DIRECTED === $request->get_header( Signature::DIRECTED_HEADER )
		);
	}

	/** @return array<string, string> */
	private static function signed_headers( WP_REST_Request $request ): array {
		$headers = array();
		foreach ( array( 'webhook-id', 'webhook-timestamp', 'webhook-signature' ) as $name ) {
			$headers[ $name ] = (string) $request->get_header( $name );
		}
		return $headers;
	}
}
