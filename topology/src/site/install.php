<?php
/**
 * Installs WordPress, activates Everypod, publishes one post, and writes what an editor needs to sign in. Run by PHP's
 * command line, with the folder of the core.
 */

define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST']   = getenv( 'SITE_HOST' );
$_SERVER['REQUEST_URI'] = '/';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

// There is no mail here.
add_filter( 'pre_wp_mail', '__return_true' );
$installed = wp_install( 'The Tideline', 'editor', 'editor@example.org', true, '', wp_generate_password() );
wp_set_current_user( $installed['user_id'] );

global $wp_rewrite;
$wp_rewrite->set_permalink_structure( '/%postname%/' );
flush_rewrite_rules( false );

$activated = activate_plugin( 'everypod/everypod.php' );
if ( is_wp_error( $activated ) ) {
	fwrite( STDERR, $activated->get_error_message() . "\n" );
	exit( 1 );
}

list( $password ) = WP_Application_Passwords::create_new_application_password( $installed['user_id'], array( 'name' => 'topology' ) );
$post             = wp_insert_post(
	array(
		'post_title'  => 'My post',
		'post_name'   => 'my-post',
		'post_status' => 'publish',
	)
);
echo "\n", wp_json_encode(
	array(
		'user'     => 'editor',
		'password' => $password,
		'post'     => $post,
	)
);
