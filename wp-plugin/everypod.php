<?php
/**
 * Plugin Name:       Everypod
 * Description:       Publish once, every Next.js pod fresh, with a line per pod in the editor.
 * Version:           0.1.0
 * Requires at least: 6.6
 * Requires PHP:      8.1
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       everypod
 * Domain Path:       /languages
 *
 * @package Everypod
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/includes/Autoloader.php';

Everypod\Autoloader::register( __DIR__ . '/includes' );

( new Everypod\Hooks( new Everypod\Plugin( __FILE__ ) ) )->register();
