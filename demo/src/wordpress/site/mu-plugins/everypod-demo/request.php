<?php
namespace Everypod\Demo;

/** The demo's own routes are for this machine alone, and for who knows this start's token. */
function is_ours( string $token ): bool {
	$from = $_SERVER['REMOTE_ADDR'] ?? '';
	return in_array( $from, array( '127.0.0.1', '::1' ), true ) && hash_equals( EVERYPOD_DEMO_TOKEN, $token );
}
