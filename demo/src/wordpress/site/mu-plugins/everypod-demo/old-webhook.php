<?php
namespace Everypod\Demo;

/** Whether Everypod is switched on, on the wall. The demo writes the switch beside WordPress's content. */
function is_everypod_on(): bool {
	$switch = WP_CONTENT_DIR . '/everypod-switch';
	return ! is_readable( $switch ) || 'off' !== file_get_contents( $switch );
}

/**
 * Switched off, a change's targets go where a site without Everypod sends them: to a webhook that the load balancer
 * hands to one pod. With none left, the plugin has nothing to send.
 *
 * @param array<int, array<string, string>> $targets
 * @return array<int, array<string, string>>
 */
function divert_targets( array $targets ): array {
	if ( is_everypod_on() ) {
		return $targets;
	}
	diverted( $targets );
	return array();
}

/**
 * Collects over a request, which can change the same thing several times, and calls the webhook once at its end.
 *
 * @param array<int, array<string, string>> $targets
 */
function diverted( array $targets ): void {
	static $all = null;
	if ( null === $all ) {
		$all = array();
		add_action(
			'shutdown',
			static function () use ( &$all ): void {
				call_webhook( array_values( $all ) );
			}
		);
	}
	foreach ( $targets as $target ) {
		$all[ (string) wp_json_encode( $target ) ] = $target;
	}
}

/** @param array<int, array<string, string>> $targets */
function call_webhook( array $targets ): void {
	wp_remote_post(
		EVERYPOD_DEMO_OLD_WEBHOOK,
		array(
			'timeout'     => 3,
			'redirection' => 0,
			'headers'     => array( 'content-type' => 'application/json' ),
			'body'        => (string) wp_json_encode( array( 'targets' => $targets ) ),
		)
	);
}
