<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Event\Secret;
use Everypod\Event\Signature;
use WP_REST_Response;

/** An answer that is signed with the id of its request. It is served as the very bytes that were signed. */
final class SignedAnswer extends WP_REST_Response {

	public readonly string $bytes;

	/**
	 * @param array<string, mixed> $data
	 * @param list<Secret>         $secrets
	 * @param bool                 $is_directed as the question asks for it; a bridge of 0.1.0 does not
	 */
	public function __construct( array $data, array $secrets, string $id, int $now, bool $is_directed ) {
		$this->bytes = json_encode( $data, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR );
		$headers     = Signature::headers( $secrets, $id, $now, $is_directed ? Signature::answer_body( $this->bytes ) : $this->bytes );
		parent::__construct( $data, 200, $headers + array( 'cache-control' => 'no-store' ) );
	}

	/**
	 * On `rest_pre_serve_request`: WordPress would encode the data in its own way, and filters could change it.
	 *
	 * @param mixed $is_served whatever the filter before this one returned
	 */
	public static function serve( mixed $is_served, mixed $answer ): bool {
		if ( $is_served || ! $answer instanceof self ) {
			return (bool) $is_served;
		}
		echo $answer->bytes; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- JSON, and signed.
		return true;
	}
}
