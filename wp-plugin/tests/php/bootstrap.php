<?php
/**
 * Starts a WordPress of its own for the tests: core from EVERYPOD_TESTS_CORE, an SQLite file in a temporary folder, or a
 * database of its own on the MySQL or MariaDB at EVERYPOD_TESTS_DATABASE, as DB_HOST names it. With
 * EVERYPOD_TESTS_NETWORK it is a network of two sites, whose tables a process of its own has to make first.
 *
 * @package Everypod
 */

declare( strict_types=1 );

( static function (): void {
	$plugin_folder = dirname( __DIR__, 2 );
	$unpacked      = dirname( $plugin_folder ) . '/.everypod';
	// Playground passes constants, not the environment.
	$setting = static fn( string $name ) => defined( $name ) ? constant( $name ) : getenv( $name );
	$core    = $setting( 'EVERYPOD_TESTS_CORE' ) ?: "$unpacked/wordpress-core/nightly";
	$sqlite  = $setting( 'EVERYPOD_TESTS_SQLITE' ) ?: "$unpacked/sqlite/plugin-sqlite-database-integration";
	if ( ! is_dir( $core ) || ! is_dir( $sqlite ) ) {
		echo "WordPress is not unpacked yet. This does it, and runs the tests: npm run test:php:native -w @everypod/wp-plugin\n";
		exit( 2 );
	}

	$network = $setting( 'EVERYPOD_TESTS_NETWORK' );
	$content = $setting( 'EVERYPOD_TESTS_CONTENT' ) ?: sys_get_temp_dir() . '/everypod-tests-' . getmypid();
	if ( is_dir( $content ) ) {
		define( 'EVERYPOD_TESTS_MAKE_NETWORK', true );
	} else {
		foreach ( array( '', '/database', '/plugins', '/themes' ) as $folder ) {
			mkdir( $content . $folder );
		}
	}
	$remove = static function ( string $path ) use ( &$remove ): void {
		foreach ( is_dir( $path ) ? array_diff( scandir( $path ), array( '.', '..' ) ) : array() as $name ) {
			$remove( "$path/$name" );
		}
		is_dir( $path ) ? rmdir( $path ) : unlink( $path );
	};
	if ( ! defined( 'EVERYPOD_TESTS_MAKE_NETWORK' ) ) {
		register_shutdown_function( $remove, $content );
	}
	$server   = (string) $setting( 'EVERYPOD_TESTS_DATABASE' );
	$database = 'everypod_' . md5( $content );
	if ( '' !== $server ) {
		$on_server = static function ( string $query ) use ( $server ): void {
			list( $host, $socket ) = array( ...explode( ':', $server, 2 ), null );
			// phpcs:ignore WordPress.DB -- Before there is a $wpdb, and after.
			( new mysqli( $host, 'root', '', null, null, $socket ) )->query( $query );
		};
		if ( ! defined( 'EVERYPOD_TESTS_MAKE_NETWORK' ) ) {
			$on_server( "CREATE DATABASE $database CHARACTER SET utf8mb4" );
			register_shutdown_function( $on_server, "DROP DATABASE $database" );
		}
	} else {
		file_put_contents(
			"$content/db.php",
			str_replace( '{SQLITE_IMPLEMENTATION_FOLDER_PATH}', $sqlite, file_get_contents( "$sqlite/db.copy" ) )
		);
	}

	define( 'ABSPATH', rtrim( $core, '/' ) . '/' );
	define( 'WP_CONTENT_DIR', $content );
	define( 'WP_PLUGIN_DIR', dirname( $plugin_folder ) );
	define( 'WP_CONTENT_URL', 'https://cms.example.com/wp-content' );
	define( 'DB_DIR', "$content/database/" );
	define( 'DB_FILE', 'tests.sqlite' );
	define( 'DB_NAME', $database );
	define( 'DB_USER', '' === $server ? '' : 'root' );
	define( 'DB_PASSWORD', '' );
	define( 'DB_HOST', $server );
	define( 'DB_CHARSET', 'utf8mb4' );
	define( 'DB_COLLATE', '' );
	define( 'WP_DEBUG', true );
	define( 'WP_DEBUG_DISPLAY', true );
	define( 'DISABLE_WP_CRON', true );
	define( 'WP_INSTALLING', true );
	foreach ( array( 'AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT' ) as $key ) {
		define( $key, 'only for tests' );
	}
	if ( $network && ! defined( 'EVERYPOD_TESTS_MAKE_NETWORK' ) ) {
		proc_close( proc_open( array( PHP_BINARY, __FILE__ ), array(), $pipes, null, array( 'EVERYPOD_TESTS_CONTENT' => $content ) + getenv() ) );
		define( 'MULTISITE', true );
		define( 'SUBDOMAIN_INSTALL', 'domains' === $network );
		define( 'DOMAIN_CURRENT_SITE', 'cms.example.com' );
		define( 'PATH_CURRENT_SITE', '/' );
		define( 'SITE_ID_CURRENT_SITE', 1 );
		define( 'BLOG_ID_CURRENT_SITE', 1 );
	}
	$_SERVER['HTTP_HOST']      = 'cms.example.com';
	$_SERVER['SERVER_NAME']    = 'cms.example.com';
	$_SERVER['REQUEST_URI']    = '/';
	$_SERVER['REQUEST_METHOD'] = 'GET';
	$_SERVER['REMOTE_ADDR']    = '127.0.0.1';
	$_SERVER['HTTPS']          = 'on';
} )();

// WordPress' own takes a tenth of a second for each of the many users that the tests make.
function wp_hash_password( string $password ): string {
	return md5( $password );
}

$table_prefix            = 'wp_';
$GLOBALS['table_prefix'] = $table_prefix;

require_once ABSPATH . 'wp-settings.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

( static function (): void {
	// What core itself deprecates under a newer PHP is none of these tests' business.
	error_reporting( E_ALL & ~E_DEPRECATED );
	add_filter( 'pre_wp_mail', '__return_true' );
	if ( ! is_multisite() ) {
		wp_install( 'Test site', 'admin', 'admin@example.com', true, '', 'password' );
	}
	if ( defined( 'EVERYPOD_TESTS_MAKE_NETWORK' ) ) {
		require_once ABSPATH . 'wp-admin/includes/network.php';
		foreach ( $GLOBALS['wpdb']->tables( 'ms_global' ) as $table => $name ) {
			$GLOBALS['wpdb']->$table = $name;
		}
		install_network();
		populate_network( 1, 'cms.example.com', 'admin@example.com', 'Test network', '/', 'domains' === getenv( 'EVERYPOD_TESTS_NETWORK' ) );
		exit( 0 );
	}
	wp_installing( false );

	$GLOBALS['wp_rewrite']->set_permalink_structure( '/%postname%/' );
	$GLOBALS['wp_rewrite']->init();
	create_initial_post_types();
	create_initial_taxonomies();

	spl_autoload_register(
		static function ( string $name ): void {
			if ( str_starts_with( $name, 'Everypod\\Tests\\' ) ) {
				$file = __DIR__ . '/' . str_replace( '\\', '/', substr( $name, strlen( 'Everypod\\Tests\\' ) ) ) . '.php';
				if ( is_file( $file ) ) {
					require_once $file;
				}
			}
		}
	);
	class_alias(
		class_exists( PHPUnit\Framework\TestCase::class ) ? PHPUnit\Framework\TestCase::class : Everypod\Tests\Harness\SmallTestCase::class,
		'Everypod\Tests\Harness\BaseTestCase'
	);

	Everypod\Tests\Harness\Hooked::remember( static fn() => require dirname( __DIR__, 2 ) . '/everypod.php' );
	Everypod\Outbox\Schema::ensure();
	if ( is_multisite() ) {
		// Before the tests, since each of them is a transaction, and no table is made in one.
		$by_domain = is_subdomain_install();
		$two       = wp_insert_site( array( 'domain' => $by_domain ? 'two.example.com' : 'cms.example.com', 'path' => $by_domain ? '/' : '/two/', 'title' => 'Two', 'user_id' => 1, 'network_id' => 1 ) );
		switch_to_blog( $two );
		update_option( 'permalink_structure', '/%postname%/' );
		Everypod\Outbox\Schema::ensure();
		restore_current_blog();
	}
} )();
