<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Clock;
use Everypod\Event\Signature;
use Everypod\Limits;
use Everypod\Log;
use Everypod\Settings\Connection;
use Throwable;
use WP_Error;

/** The one file that makes outbound HTTP calls. */
final class BridgeClient {

	/** A firewall that takes one change for an attack lets the next one through. 400 stands for every 4xx. */
	private const OF_ONE_EVENT = array( 400 => ProblemCode::RefusedEvent );

	public function __construct(
		private readonly Clock $clock,
		private readonly AnswerTrust $answers = new AnswerTrust()
	) {}

	/**
	 * Hands an event over. The id stays the same over all attempts.
	 *
	 * @param int $wait how long the bridge may wait for the pods' first answers
	 */
	public function post_event( Connection $connection, string $id, string $body, float $timeout_seconds, int $wait = 0 ): BridgeAnswer {
		$headers  = Signature::headers( $connection->secrets, $id, $this->clock->now(), $body );
		$headers += array(
			'content-type' => 'application/json',
			'prefer'       => "wait=$wait",
		);
		return $this->request( $connection, 'POST', '/v1/events', $headers, $body, $timeout_seconds, self::OF_ONE_EVENT );
	}

	public function get_report( Connection $connection, string $id, float $timeout_seconds ): BridgeAnswer {
		return $this->get( $connection, "/v1/events/$id", $timeout_seconds, array( 404 => ProblemCode::Forgotten ) + self::OF_ONE_EVENT );
	}

	/**
	 * @param string                  $path    with query, from /v1 on: what the bridge sees, whatever a proxy puts before it
	 * @param array<int, ProblemCode> $refused what a 4xx means that means nothing else
	 */
	public function get( Connection $connection, string $path, float $timeout_seconds, array $refused = array() ): BridgeAnswer {
		$headers = Signature::headers(
			$connection->secrets,
			Signature::new_id( 'get' ),
			$this->clock->now(),
			Signature::get_body( $path )
		);
		return $this->request( $connection, 'GET', $path, $headers, '', $timeout_seconds, $refused );
	}

	/**
	 * @param array<string, string>   $headers
	 * @param array<int, ProblemCode> $refused
	 */
	private function request( Connection $connection, string $method, string $path, array $headers, string $body, float $timeout_seconds, array $refused ): BridgeAnswer {
		$url  = $connection->bridge_url . $path;
		$ours = array(
			'method'              => $method,
			'headers'             => $headers + array(
				'accept'                   => 'application/json',
				Signature::DIRECTED_HEADER => Signature::DIRECTED,
			),
			'body'                => $body,
			'timeout'             => $timeout_seconds,
			'blocking'            => true,
			// A redirect would carry our signature along and turn POST into GET.
			'redirection'         => 0,
			'sslverify'           => true,
			'limit_response_size' => Limits::BRIDGE_ANSWER_BYTES,
			'user-agent'          => 'Everypod',
			'cookies'             => array(),
		);
		if ( '' !== $connection->ca_file ) {
			$ours['sslcertificates'] = $connection->ca_file;
		}
		$seal = new RequestSeal( $url, $ours );
		try {
			$response = $seal->around( static fn() => wp_remote_request( $url, $ours ) );
			$answer   = self::read( $response, $refused );
		} catch ( Throwable $thrown ) {
			// Other plugins' filters see every request and every answer.
			Log::thrown( 'The request to the bridge', $thrown );
			return BridgeAnswer::problem( ProblemCode::Unreachable, __( 'Something on this site, such as another plugin, breaks the requests that WordPress makes.', 'everypod' ) );
		}
		// Refusals may come from whatever stands in front of the bridge. They only ever mean that an event waits on.
		return null === $answer->problem ? $this->checked( $answer, $response, $connection, $headers['webhook-id'] ) : $answer;
	}

	/** @param array<mixed>|WP_Error $response */
	private function checked( BridgeAnswer $answer, array|WP_Error $response, Connection $connection, string $id ): BridgeAnswer {
		$headers = array();
		foreach ( array( 'webhook-id', 'webhook-timestamp', 'webhook-signature' ) as $name ) {
			$value            = wp_remote_retrieve_header( $response, $name );
			$headers[ $name ] = is_string( $value ) ? $value : implode( ', ', $value );
		}
		$fault = $this->answers->fault( $connection, $headers, wp_remote_retrieve_body( $response ), $this->clock->now(), $id );
		return null === $fault ? $answer : BridgeAnswer::problem( ProblemCode::UntrustedAnswer, $fault );
	}

	/**
	 * @param array<mixed>|WP_Error   $response
	 * @param array<int, ProblemCode> $refused
	 */
	private static function read( array|WP_Error $response, array $refused ): BridgeAnswer {
		if ( is_wp_error( $response ) ) {
			$code = 'http_request_not_executed' === $response->get_error_code()
				? ProblemCode::BlockedByWordPress : ProblemCode::Unreachable;
			return BridgeAnswer::problem( $code, $response->get_error_message() );
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		$json   = json_decode( wp_remote_retrieve_body( $response ), true );
		$said   = is_array( $json ) && is_string( $json['detail'] ?? null ) ? $json['detail'] : '';
		return match ( true ) {
			200 === $status, 202 === $status                 => is_array( $json )
				? BridgeAnswer::json( $json )
				: BridgeAnswer::problem( ProblemCode::BadAnswer, __( 'The answer is not JSON.', 'everypod' ) ),
			401 === $status                                  => BridgeAnswer::problem( ProblemCode::RefusedSecret, $said ),
			409 === $status                                  => BridgeAnswer::problem( ProblemCode::IdReused, $said ),
			413 === $status                                  => BridgeAnswer::problem( ProblemCode::TooLarge, $said ),
			408 === $status, 429 === $status, $status >= 500 => BridgeAnswer::problem( ProblemCode::BridgeUnavailable, $said ),
			default                                          => BridgeAnswer::problem(
				$refused[ $status ] ?? $refused[ $status >= 400 ? 400 : 0 ] ?? ProblemCode::BadAnswer,
				/* translators: %d: HTTP status */
				trim( sprintf( __( 'It answered with HTTP status %d.', 'everypod' ), $status ) . ' ' . $said )
			),
		};
	}
}
