<?php
/**
 * Runs the tests in Playground's PHP, where there is no PHPUnit.
 *
 * @package Everypod
 */

declare( strict_types=1 );

require_once __DIR__ . '/bootstrap.php';

$everypod_only = defined( 'EVERYPOD_TESTS_ONLY' ) ? EVERYPOD_TESTS_ONLY : '';
exit( ( new Everypod\Tests\Harness\Runner() )->run( __DIR__, $everypod_only, defined( 'EVERYPOD_TESTS_IN_PART' ) ) ? 0 : 1 );
