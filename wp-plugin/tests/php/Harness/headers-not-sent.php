<?php
/**
 * What the plugin asks before it sends a header: here whoever runs the tests has printed already.
 *
 * @package Everypod
 */

declare( strict_types=1 );

namespace Everypod\Read;

function headers_sent(): bool {
	return false;
}

/** Kept where a test looks, since PHP's own command line keeps none. */
function header( string $line, bool $replace = true ): void {
	$GLOBALS['everypod_tests_headers'][] = $line . ( $replace ? '' : ' too' );
}
