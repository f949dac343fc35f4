<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Settings\Settings;

/**
 * The same of WPGraphQL's answers, by the hooks that its router calls around one. Methods are named after them; all but the
 * first are heard during such an answer alone. What is asked of GraphQL in PHP is part of whatever asks it.
 */
final class GraphqlKeys {

	private ?Tracing $tracing = null;

	private readonly Hearing $hearing;

	public function __construct(
		private readonly Settings $settings,
		private readonly EarlyReads $early
	) {
		$this->hearing = new Hearing( $this );
	}

	public function graphql_process_http_request(): void {
		$this->end();
		if ( ! Audience::is_told( $this->settings ) ) {
			$this->early->end();
		} else {
			$this->hearing->hear( 'pre_graphql_execute_request', PHP_INT_MAX );
			$this->hearing->hear( 'graphql_response_headers_to_send', PHP_INT_MAX );
			$this->hearing->hear( 'graphql_process_http_request_response', PHP_INT_MIN );
			$this->hearing->hear( 'shutdown', PHP_INT_MIN );
		}
	}

	/** Once it is known who asks, and that they may. Whoever has an answer already has read for it at another time. */
	public function pre_graphql_execute_request( mixed $answer ): mixed {
		if ( null === $answer ) {
			$this->tracing ??= Tracing::begin( $this->early, SiteName::of( $this->settings ) );
		}
		return $answer;
	}

	public function graphql_response_headers_to_send( mixed $headers ): mixed {
		$keys = $this->tracing?->header();
		return null !== $keys && is_array( $headers )
			? array(
				...$headers,
				AnswerKeys::HEADER => $keys,
			)
			: $headers;
	}

	public function graphql_process_http_request_response(): void {
		$this->end();
	}

	/** Of what broke off. */
	public function shutdown(): void {
		$this->end();
	}

	private function end(): void {
		$this->tracing?->end();
		$this->hearing->end();
		$this->tracing = null;
	}
}
