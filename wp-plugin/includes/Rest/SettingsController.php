<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Limits;
use Everypod\Settings\Destination;
use Everypod\Settings\Settings;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/** The connection's settings. The secret goes in and never comes out. */
final class SettingsController extends Controller {

	public function __construct( private readonly Settings $settings ) {}

	public function register_routes(): void {
		register_rest_route(
			self::NAMESPACE,
			'/settings',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'get_settings' ),
					'permission_callback' => array( $this, 'may_manage' ),
				),
				array(
					'methods'             => 'POST',
					'callback'            => array( $this, 'save_settings' ),
					'permission_callback' => array( $this, 'may_change' ),
					'args'                => array(
						'bridgeUrl'   => array(
							'type'        => 'string',
							'maxLength'   => Limits::BRIDGE_URL_CHARACTERS,
							'description' => __( 'Address of the bridge, or of the pods\' route; empty removes it.', 'everypod' ),
						),
						'destination' => array(
							'type'        => 'string',
							'enum'        => Destination::names(),
							'description' => __( 'Who takes the changes: a bridge, or the pods themselves behind a load balancer.', 'everypod' ),
						),
						'secret'      => array(
							'type'        => array( 'string', 'null' ),
							'maxLength'   => Limits::SECRETS_CHARACTERS,
							'description' => __( 'The secret that the other side has too; null removes it.', 'everypod' ),
						),
					),
				),
				'schema' => array( Shapes::class, 'settings' ),
			)
		);
	}

	/** @return true|WP_Error */
	public function may_change(): bool|WP_Error {
		return self::allow(
			$this->settings->can_edit(),
			is_multisite()
				? __( 'This needs an administrator of the network.', 'everypod' )
				: __( 'This needs an administrator of this site.', 'everypod' )
		);
	}

	public function get_settings(): WP_REST_Response {
		$destination = $this->settings->destination();
		$bridge_url  = $this->settings->bridge_url();
		$secret      = $this->settings->secret();
		$ca_file     = $this->settings->ca_file();
		return self::answer(
			array(
				'destination' => array(
					'value'  => $destination->value,
					'source' => $destination->source,
				),
				'bridgeUrl'   => array(
					'value'  => $bridge_url->value,
					'source' => $bridge_url->source,
				),
				'secret'      => array(
					'set'    => $secret->is_set(),
					'source' => $secret->source,
				),
				'caFile'      => array(
					'value'  => $ca_file->value,
					'source' => $ca_file->source,
				),
				'canEdit'     => $this->settings->can_edit(),
			)
		);
	}

	public function save_settings( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$given = $request->get_params();
		$fault = $this->settings->save(
			array_key_exists( 'bridgeUrl', $given ) ? $given['bridgeUrl'] : null,
			array_key_exists( 'secret', $given ) ? (string) $given['secret'] : null,
			array_key_exists( 'destination', $given ) ? Destination::from( $given['destination'] ) : null
		);
		return null === $fault
			? $this->get_settings()
			: new WP_Error( 'everypod_bad_setting', $fault, array( 'status' => 400 ) );
	}
}
