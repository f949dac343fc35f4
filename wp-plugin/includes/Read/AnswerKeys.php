<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Settings\Settings;
use Throwable;
use WP_REST_Request;
use WP_REST_Server;

/**
 * Says with each answer of the REST API what it was made of. Methods are named after the hooks that call them; all but
 * the first are heard during such an answer alone.
 */
final class AnswerKeys {

	public const HEADER = 'X-Everypod-Keys';

	private ?WP_REST_Request $served = null;
	private ?Tracing $tracing        = null;
	private string $said             = '';

	private readonly Hearing $hearing;

	public function __construct(
		private readonly Settings $settings,
		private readonly EarlyReads $early
	) {
		$this->hearing = new Hearing( $this );
	}

	/**
	 * The first hook that names the request which is served, and of no other: what is dispatched on the way to its answer,
	 * embedded, in a batch or by an endpoint, is part of it, and what a page view dispatches is none. The headers stay as
	 * they are.
	 */
	public function rest_allowed_cors_headers( mixed $headers, ?WP_REST_Request $request = null ): mixed {
		$this->end();
		if ( null === $request ) {
			return $headers;
		}
		if ( self::is_written_in_a_browser( $request ) || ! Audience::is_told( $this->settings ) ) {
			$this->early->end();
		} else {
			$this->served = $request;
			$this->hearing->hear( 'rest_dispatch_request', PHP_INT_MIN );
			$this->hearing->hear( 'rest_post_dispatch', PHP_INT_MAX );
			$this->hearing->hear( 'rest_pre_serve_request', PHP_INT_MAX );
			$this->hearing->hear( 'rest_pre_echo_response', PHP_INT_MAX );
			$this->hearing->hear( 'shutdown', PHP_INT_MIN );
			// It asks for permission once more, for each method.
			if ( remove_filter( 'rest_post_dispatch', 'rest_send_allow_header' ) ) {
				add_filter( 'rest_post_dispatch', array( $this, 'allow_header' ), 10, 3 );
			}
		}
		return $headers;
	}

	/** By somebody who has signed in to WordPress: no page is made from what they are answered, and they wait for it. */
	private static function is_written_in_a_browser( WP_REST_Request $request ): bool {
		return true === ( $GLOBALS['wp_rest_auth_cookie'] ?? null ) && ! in_array( $request->get_method(), array( 'GET', 'HEAD', 'OPTIONS' ), true );
	}

	/** Once it is known who asks, and that they may. */
	public function rest_dispatch_request( mixed $answer, mixed $request = null ): mixed {
		if ( $request === $this->served && null === $this->tracing ) {
			$this->tracing = Tracing::begin( $this->early, SiteName::of( $this->settings ) );
		}
		return $answer;
	}

	public function rest_post_dispatch( mixed $answer, mixed $server = null, mixed $request = null ): mixed {
		if ( $request === $this->served ) {
			$this->say( $server );
		}
		return $answer;
	}

	/** Whoever else has served it leaves nothing more to say, and so does a question for the head alone. */
	public function rest_pre_serve_request( mixed $is_served ): mixed {
		if ( $is_served || 'HEAD' === $this->served?->get_method() ) {
			$this->end();
		}
		return $is_served;
	}

	/** What is embedded is read only now. */
	public function rest_pre_echo_response( mixed $data, mixed $server = null ): mixed {
		try {
			$this->say( $server );
		} finally {
			$this->end();
		}
		return $data;
	}

	/** Of what broke off. */
	public function shutdown(): void {
		$this->end();
	}

	/** Core's own, unseen. */
	public function allow_header( mixed $answer, mixed $server = null, mixed $request = null ): mixed {
		$core = static fn() => call_user_func( 'rest_send_allow_header', $answer, $server, $request );
		return null === $this->tracing ? $core() : $this->tracing->unseen( $core );
	}

	private function say( mixed $server ): void {
		if ( null === $this->tracing || ! $server instanceof WP_REST_Server || headers_sent() ) {
			return;
		}
		try {
			$keys = $this->tracing->header();
		} catch ( Throwable $thrown ) {
			// A filter of somebody else's. What was said before is not all.
			$server->remove_header( self::HEADER );
			throw $thrown;
		}
		if ( null === $keys ) {
			$server->remove_header( self::HEADER );
		} elseif ( $keys !== $this->said ) {
			$server->send_header( self::HEADER, $keys );
			$this->said = $keys;
		}
	}

	private function end(): void {
		$this->tracing?->end();
		if ( remove_filter( 'rest_post_dispatch', array( $this, 'allow_header' ) ) ) {
			add_filter( 'rest_post_dispatch', 'rest_send_allow_header', 10, 3 );
		}
		$this->hearing->end();
		$this->served  = null;
		$this->tracing = null;
		$this->said    = '';
	}
}
