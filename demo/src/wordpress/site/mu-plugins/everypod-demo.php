<?php
/**
 * Plugin Name: Everypod demo
 * Description: Fills the demo's WordPress, signs its visitor in, and stands in for the webhook of old.
 * License: GPL-2.0-or-later
 */

namespace Everypod\Demo;

if ( ! defined( 'EVERYPOD_DEMO_TOKEN' ) ) {
	return;
}

require __DIR__ . '/everypod-demo/request.php';
require __DIR__ . '/everypod-demo/publication.php';
require __DIR__ . '/everypod-demo/prepare.php';
require __DIR__ . '/everypod-demo/sign-in.php';
require __DIR__ . '/everypod-demo/old-webhook.php';

// There is no mail here, and looking for it would hold up every save.
add_filter( 'pre_wp_mail', '__return_true' );
// wordpress.org can't be asked from here, and every attempt would leave warnings in the log.
remove_action( 'init', 'wp_schedule_update_checks' );
remove_action( 'admin_init', '_maybe_update_core' );
remove_action( 'admin_init', '_maybe_update_plugins' );
remove_action( 'admin_init', '_maybe_update_themes' );
add_action( 'init', __NAMESPACE__ . '\answer_prepare', 99 );
add_action( 'init', __NAMESPACE__ . '\answer_sign_in', 99 );
add_filter( 'everypod_targets', __NAMESPACE__ . '\divert_targets', 999 );
