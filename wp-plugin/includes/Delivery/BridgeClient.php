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

	/** docs/decisions/problems-are-named-by-urn.md */
	private const PROBLEM = 'urn:everypod:problem:';

	/** A firewall that takes one change for an attack lets the next one through. 400 stands for every 4xx. */
	private const OF_ONE_EVENT = array( 400 => ProblemCode::RefusedEvent );

	public function __construct(
		private readonly Clock $clock,
		private readonly AnswerTrust $answers = new AnswerTrust()
	) {}

	/**
	 * Hands an event over. The id stays the same over all attempts.
	 *
	 * @param int   $wait            how long the bridge may wait for the pods' first answers
	 * @param float $connect_seconds of the timeout, for the connection alone
	 */
	public function post_event( Connection $connection, string $id, string $body, float $timeout_seconds, int $wait = 0, float $connect_seconds = INF ): BridgeAnswer {
		$headers  = Signature::headers( $connection->secrets, $id, $this->clock->now(), $body );
		$headers += array(
			'content-type' => 'application/json',
			'prefer'       => "wait=$wait",
		);
		return $this->request( $connection, 'POST', $connection->has_bridge() ? '/v1/events' : '', $headers, $body, $timeout_seconds, self::OF_ONE_EVENT, $connect_seconds );
	}

	public function get_report( Connection $connection, string $id, float $timeout_seconds ): BridgeAnswer {
		return $this->get( $connection, "/v1/events/$id", $timeout_seconds, self::OF_ONE_EVENT );
	}

	/**
	 * @param string                  $path    with query, from /v1 on: what the bridge sees, whatever a proxy puts before it
	 * @param array<int, ProblemCode> $refused what a 4xx means that means nothing else
	 */
	public function get( Connection $connection, string $path, float $timeout_seconds, array $refused = array() ): BridgeAnswer {
		$deadline = $this->clock->elapsed() + $timeout_seconds;
		$headers  = Signature::headers(
			$connection->secrets,
			Signature::new_id( 'get' ),
			$this->clock->now(),
			Signature::get_body( $path )
		);
		$answer   = $this->request( $connection, 'GET', $path, $headers, '', $timeout_seconds, $refused );
		if ( ProblemCode::RefusedSecret !== $answer->problem?->code ) {
			return $answer;
		}
		$remaining = $deadline - $this->clock->elapsed();
		return $remaining > 0 && $this->takes_the_secret( $connection, $remaining ) ? BridgeAnswer::problem( ProblemCode::PathChanged ) : $answer;
	}

	/**
	 * The signature of a GET covers its path, that of a POST its body alone. So a bridge that trusts what is posted, here
	 * no event at all, and no GET, saw another path than was signed.
	 */
	private function takes_the_secret( Connection $connection, float $timeout_seconds ): bool {
		return ProblemCode::Malformed === $this->post_event( $connection, Signature::new_id( 'get' ), '{}', $timeout_seconds )->problem?->code;
	}

	/**
	 * @param array<string, string>   $headers
	 * @param array<int, ProblemCode> $refused
	 */
	private function request( Connection $connection, string $method, string $path, array $headers, string $body, float $timeout_seconds, array $refused, float $connect_seconds = INF ): BridgeAnswer {
		$addresses = null;
		if ( null !== $connection->address ) {
			$started   = $this->clock->elapsed();
			$addresses = $connection->address->addresses( $connection->bridge_url );
			// PHP gives a look-up no limit of its own.
			$timeout_seconds -= $this->clock->elapsed() - $started;
		}
		if ( $addresses instanceof Problem ) {
			return BridgeAnswer::problem( $addresses->code, $addresses->detail );
		}
		if ( $timeout_seconds <= 0 ) {
			return BridgeAnswer::problem( ProblemCode::Unreachable, __( 'Looking up its host name took all the time there was.', 'everypod' ) );
		}
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
		$seal = new RequestSeal( $url, $ours, $connect_seconds, $addresses );
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
		if ( null !== $fault ) {
			return BridgeAnswer::problem( ProblemCode::UntrustedAnswer, $fault );
		}
		$protocol = wp_remote_retrieve_header( $response, Signature::PROTOCOL_HEADER );
		BridgeProtocol::heard( $connection, is_string( $protocol ) ? $protocol : '' );
		return $answer;
	}

	/**
	 * A bridge says by a name what it refuses. What answers without one stands in front of it, or in its place.
	 *
	 * @param array<mixed>|WP_Error   $response
	 * @param array<int, ProblemCode> $refused
	 */
	private static function read( array|WP_Error $response, array $refused ): BridgeAnswer {
		if ( is_wp_error( $response ) ) {
			return BridgeAnswer::problem( self::why_no_answer( $response ), $response->get_error_message() );
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		$json   = json_decode( wp_remote_retrieve_body( $response ), true );
		$json   = is_array( $json ) ? $json : null;
		$said   = is_string( $json['detail'] ?? null ) ? $json['detail'] : '';
		$name   = self::problem_name( $json );
		$login  = wp_remote_retrieve_header( $response, 'www-authenticate' );
		/* translators: %d: HTTP status */
		$answered = trim( sprintf( __( 'It answered with HTTP status %d.', 'everypod' ), $status ) . ' ' . $said );
		return match ( true ) {
			200 === $status, 202 === $status                 => null === $json
				? BridgeAnswer::problem( ProblemCode::BadAnswer, __( 'The answer is not JSON.', 'everypod' ) )
				: BridgeAnswer::json( $json ),
			3 === intdiv( $status, 100 )                     => BridgeAnswer::problem(
				ProblemCode::BadAnswer,
				/* translators: %d: HTTP status */
				sprintf( __( 'It answered with a redirect (HTTP status %d), and those are never followed.', 'everypod' ), $status )
			),
			401 === $status, 407 === $status                 => 'unauthorized' === $name
				? BridgeAnswer::problem( ProblemCode::RefusedSecret, $said )
				: BridgeAnswer::problem( ProblemCode::AsksForLogin, trim( $answered . ' ' . implode( ', ', (array) $login ) ) ),
			404 === $status                                  => match ( $name ) {
				'unknown-event' => BridgeAnswer::problem( ProblemCode::Forgotten, $said ),
				'unknown-route' => BridgeAnswer::problem( ProblemCode::PathChanged, $said ),
				default         => BridgeAnswer::problem( ProblemCode::BadAnswer, $answered ),
			},
			'bad-request' === $name                          => BridgeAnswer::problem( ProblemCode::Malformed, $said ),
			409 === $status                                  => BridgeAnswer::problem( ProblemCode::IdReused, $said ),
			413 === $status                                  => BridgeAnswer::problem( ProblemCode::TooLarge, $said ),
			408 === $status, 429 === $status, $status >= 500 => BridgeAnswer::problem( ProblemCode::BridgeUnavailable, $said ),
			default                                          => BridgeAnswer::problem( $refused[ $status >= 400 ? 400 : 0 ] ?? ProblemCode::BadAnswer, $answered ),
		};
	}

	/** Numbers differ by transport and by build, so a certificate is known by the words. An alert is the other side's, about ours. */
	private static function why_no_answer( WP_Error $error ): ProblemCode {
		$words = $error->get_error_message();
		return match ( true ) {
			'http_request_not_executed' === $error->get_error_code() => ProblemCode::BlockedByWordPress,
			1 === preg_match( '/\bcert(?:s|ificate)|cURL error (?:51|60)\b/i', $words ) && 1 !== preg_match( '/\balert\b/i', $words ) => ProblemCode::Certificate,
			default                                                  => ProblemCode::Unreachable,
		};
	}

	/**
	 * @param array<mixed>|null $json
	 * @return string such as "unauthorized"; empty for what no bridge says
	 */
	private static function problem_name( ?array $json ): string {
		$type = $json['type'] ?? null;
		return is_string( $type ) && str_starts_with( $type, self::PROBLEM ) ? substr( $type, strlen( self::PROBLEM ) ) : '';
	}
}
