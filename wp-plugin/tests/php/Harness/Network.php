<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use Closure;
use WP_Error;

/**
 * The edge of the network: takes every outbound request at `pre_http_request`, keeps it, and answers as a bridge
 * does, or as a test says.
 */
final class Network {

	/** @var list<array{method: string, url: string, headers: array<string, string>, body: string, arguments: array<string, mixed>}> */
	public array $requests = array();

	/** @var (Closure(array<string, mixed>): (array<string, mixed>|WP_Error))|null */
	public ?Closure $answer = null;

	public function listen(): void {
		add_filter( 'pre_http_request', array( $this, 'pre_http_request' ), 10, 3 );
	}

	/**
	 * @param array<string, mixed> $arguments
	 * @return array<string, mixed>|WP_Error
	 */
	public function pre_http_request( mixed $short_cut, array $arguments, string $url ): array|WP_Error {
		$request          = array(
			'method'    => $arguments['method'],
			'url'       => $url,
			'headers'   => $arguments['headers'],
			'body'      => (string) $arguments['body'],
			'arguments' => $arguments,
		);
		$this->requests[] = $request;
		return null === $this->answer ? self::as_bridge( $request ) : ( $this->answer )( $request );
	}

	/** @return list<string> such as "POST /v1/events" */
	public function lines(): array {
		return array_map(
			static fn( array $request ) => $request['method'] . ' ' . wp_parse_url( $request['url'], PHP_URL_PATH ),
			$this->requests
		);
	}

	public function is_down(): void {
		$this->answer = static fn() => new WP_Error( 'http_request_failed', 'cURL error 7: Failed to connect to 10.0.0.5 port 8080' );
	}

	/**
	 * @param array<string, mixed>|string $body
	 * @param array<string, string>       $headers
	 */
	public function answers( int $status, array|string $body = '', array $headers = array() ): void {
		$this->answer = static fn() => self::response( $status, $body, $headers );
	}

	/**
	 * @param array<string, mixed>|string $body
	 * @param array<string, string>       $headers
	 * @return array<string, mixed>
	 */
	public static function response( int $status, array|string $body, array $headers = array() ): array {
		return array(
			'headers'  => $headers,
			'body'     => is_string( $body ) ? $body : json_encode( $body ),
			'response' => array(
				'code'    => $status,
				'message' => '',
			),
			'cookies'  => array(),
		);
	}

	/** @return array<string, mixed> what a bridge says when it refuses */
	public static function problem( string $name ): array {
		return array(
			'type'   => "urn:everypod:problem:$name",
			'title'  => 'No',
			'detail' => 'No.',
		);
	}

	/**
	 * What a bridge says of an event.
	 *
	 * @param array<string, mixed> $changes
	 * @return array<string, mixed>
	 */
	public static function report( string $id, array $changes = array() ): array {
		$states = array( 'asked', 'applied', 'behind', 'refused', 'failed', 'unreachable', 'starting', 'gone', 'settled' );
		return $changes + array(
			'id'         => $id,
			'state'      => 'applied',
			'final'      => true,
			'seq'        => 7,
			'acceptedAt' => '2025-11-24T16:00:00.120Z',
			'targets'    => array( array( 'tag' => 'wp:post:1' ) ),
			'discovery'  => array(
				array(
					'service'   => 'nextjs-headless.myapp.svc.cluster.local',
					'addresses' => 1,
					'ms'        => 2,
				),
			),
			'pods'       => array(
				array(
					'name'     => 'nextjs-a',
					'ip'       => '10.244.1.17',
					'instance' => 'Zt3kq8WmPx01',
					'state'    => 'applied',
					'ms'       => 4,
					'attempts' => 1,
				),
			),
			'counts'     => array( 'pods' => 1 ) + array_fill_keys( $states, 0 ),
		);
	}

	/** @return array<string, mixed> */
	public static function pods(): array {
		return array(
			'epoch'     => 'Jq2xk9Lm4Rt8',
			'head'      => 7,
			'discovery' => array(),
			'pods'      => array(
				array(
					'ip'       => '10.244.1.17',
					'name'     => 'nextjs-a',
					'instance' => 'Zt3kq8WmPx01',
					'cursor'   => array(
						'epoch' => 'Jq2xk9Lm4Rt8',
						'seq'   => 7,
					),
					'settled'  => null,
					'builtAt'  => null,
					'behind'   => 0,
					'lastSeen' => '2025-11-24T16:00:00Z',
					'live'     => true,
				),
			),
		);
	}

	/**
	 * What a bridge answers that trusts everybody.
	 *
	 * @param array<string, mixed> $request
	 * @return array<string, mixed>
	 */
	public static function as_bridge( array $request ): array {
		// Also in a process without WordPress.
		$path = (string) parse_url( $request['url'], PHP_URL_PATH );
		return match ( true ) {
			'{}' === ( $request['body'] ?? '' )  => self::response( 400, self::problem( 'bad-request' ) ),
			str_ends_with( $path, '/v1/pods' )   => self::response( 200, self::pods() ),
			'POST' === $request['method']        => self::response( 200, self::report( $request['headers']['webhook-id'] ) ),
			default                              => self::response( 200, self::report( basename( $path ) ) ),
		};
	}
}
