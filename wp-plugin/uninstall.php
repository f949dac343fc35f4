<?php
/**
 * Removes everything that Everypod has stored, on every site of the network.
 *
 * @package Everypod
 */

declare( strict_types=1 );

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/Autoloader.php';

Everypod\Autoloader::register( __DIR__ . '/includes' );

Everypod\Uninstall::run();
