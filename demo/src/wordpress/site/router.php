<?php
/**
 * Router of PHP's own server: files as they are, everything else to WordPress.
 */

$everypod_root = $_SERVER['DOCUMENT_ROOT'];
$everypod_path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );

// The database and WordPress's log lie below the root; a web server would keep them in as well.
if ( preg_match( '~/\.|^/wp-content/database/|\.log$~', $everypod_path ) ) {
	http_response_code( 404 );
	return true;
}

$everypod_file = $everypod_root . $everypod_path;
if ( is_dir( $everypod_file ) && is_file( rtrim( $everypod_file, '/' ) . '/index.php' ) && '/' !== $everypod_path ) {
	if ( ! str_ends_with( $everypod_path, '/' ) ) {
		header( 'Location: ' . $everypod_path . '/', true, 301 );
		return true;
	}
	return false;
}
if ( is_file( $everypod_file ) ) {
	return false;
}

$_SERVER['SCRIPT_NAME']     = '/index.php';
$_SERVER['PHP_SELF']        = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $everypod_root . '/index.php';
chdir( $everypod_root );
require $everypod_root . '/index.php';
