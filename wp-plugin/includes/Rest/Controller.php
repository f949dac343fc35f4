<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use WP_Error;
use WP_REST_Response;

/** What the controllers share: the namespace, and how a refusal looks. */
abstract class Controller {

	public const NAMESPACE = 'everypod/v1';

	abstract public function register_routes(): void;

	/** @return true|WP_Error */
	public function may_manage(): bool|WP_Error {
		return self::allow( current_user_can( 'manage_options' ), __( 'This needs an administrator of this site.', 'everypod' ) );
	}

	/**
	 * 401 for visitors, 403 for everyone who is signed in.
	 *
	 * @return true|WP_Error
	 */
	protected static function allow( bool $is_allowed, string $why_not ): bool|WP_Error {
		return $is_allowed ? true : new WP_Error( 'everypod_forbidden', $why_not, array( 'status' => rest_authorization_required_code() ) );
	}

	/**
	 * Never kept by a browser or a proxy: what it says changes by the second.
	 *
	 * @param array<string, mixed> $data
	 */
	protected static function answer( array $data ): WP_REST_Response {
		return new WP_REST_Response( $data, 200, array( 'cache-control' => 'no-store' ) );
	}
}
