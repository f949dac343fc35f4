<?php
namespace Everypod\Demo;

/** Brings the site to where the demo begins. Does nothing that is done already, so it runs at every start. */
function answer_prepare(): void {
	if ( 'prepare' !== ( $_GET['everypod-demo'] ?? '' ) ) {
		return;
	}
	if ( ! is_ours( (string) ( $_SERVER['HTTP_X_EVERYPOD_DEMO'] ?? '' ) ) ) {
		wp_die( 'Only the demo itself prepares the site.', 403 );
	}
	set_permalinks();
	$plugin = activate_everypod();
	// What is there before the pods are built is no news to them.
	add_filter( 'everypod_should_send', '__return_false', 99 );
	$added = publish( json_decode( (string) file_get_contents( __DIR__ . '/publication.json' ), true ) );
	wp_send_json(
		array(
			'plugin' => $plugin,
			'added'  => $added,
		)
	);
}

function set_permalinks(): void {
	global $wp_rewrite;
	if ( '/%postname%/' !== get_option( 'permalink_structure' ) ) {
		$wp_rewrite->set_permalink_structure( '/%postname%/' );
		flush_rewrite_rules( false );
	}
}

function activate_everypod(): string {
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	if ( is_plugin_active( 'everypod/everypod.php' ) ) {
		return 'active';
	}
	$result = activate_plugin( 'everypod/everypod.php' );
	return is_wp_error( $result ) ? $result->get_error_message() : 'active';
}
