<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use Everypod\Event\Secret;
use Everypod\Event\Signature;

/**
 * What the pod that a load balancer picked answers to an event: a signed report of whom it has told. Needs no WordPress,
 * so that a process of its own can be one.
 */
final class Pod {

	public const ROUTE = '/siteapi/revalidate';

	/**
	 * @param array{method: string, url: string, headers: array<string, string>, body: string} $request
	 * @param array<string, mixed> $is   its secret; the states of the pods' lines; its route; changes to its report
	 * @return array<string, mixed> as of wp_remote_request
	 */
	public static function answer( array $request, array $is ): array {
		$now = (int) ( $request['headers']['webhook-timestamp'] ?? 0 );
		// Also in a process without WordPress.
		if ( ( $is['route'] ?? self::ROUTE ) !== parse_url( $request['url'], PHP_URL_PATH ) || 'POST' !== $request['method'] ) {
			return Network::response( 404, '<!doctype html>' );
		}
		$secrets = Secret::parse_all( $is['secret'] ) ?? array();
		if ( ! Signature::is_trusted( $secrets, $request['headers'], $request['body'], $now ) ) {
			return Network::response( 401, Network::problem( 'unauthorized' ) );
		}
		$id   = $request['headers']['webhook-id'];
		$body = (string) json_encode( self::report( $id, json_decode( $request['body'], true ), $is ) );
		return Network::response( 200, $body, Signature::headers( $secrets, $id, $now, Signature::answer_body( $body ) ) );
	}

	/**
	 * @param array<string, mixed> $event
	 * @param array<string, mixed> $is
	 * @return array<string, mixed>
	 */
	private static function report( string $id, array $event, array $is ): array {
		$states = $is['states'] ?? array( 'told', 'told' );
		$lines  = array();
		foreach ( $states as $at => $state ) {
			$lines[] = array(
				'name'     => "nextjs-$at",
				'ip'       => "10.244.1.$at",
				'instance' => "instance-$at",
				'state'    => $state,
				'ms'       => 3,
				'attempts' => 1,
			);
		}
		$all    = count( $lines );
		$counts = array_count_values( $states );
		$told   = $counts['told'] ?? 0;
		return ( $is['changes'] ?? array() ) + array(
			'state'   => 'accepted',
			'final'   => true,
			'seq'     => 0,
			'targets' => $event['data']['targets'],
			'pods'    => $lines,
			'counts'  => array( 'pods' => $all ) + $counts + array( 'told' => 0 ) + Network::report( $id )['counts'],
			'reason'  => "Told $told of $all pods directly. Without a bridge nobody catches up, so this mode has no guarantee.",
		) + Network::report( $id );
	}
}
