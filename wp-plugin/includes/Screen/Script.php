<?php

declare( strict_types=1 );

namespace Everypod\Screen;

/** Enqueues what `@wordpress/scripts` has built: a script, its translations, its first data and its styles. */
final class Script {

	public function __construct( private readonly string $plugin_file ) {}

	/**
	 * @param non-empty-string     $handle
	 * @param string               $name   of the files in build/
	 * @param string               $global window property that the script reads its first data from
	 * @param array<string, mixed> $data
	 */
	public function enqueue( string $handle, string $name, string $global, array $data ): void {
		$folder = plugin_dir_path( $this->plugin_file );
		$file   = $folder . "build/$name.asset.php";
		if ( ! is_readable( $file ) ) {
			_doing_it_wrong( __METHOD__, 'The scripts of Everypod are not built: run npm run build:plugin.', '0.1.0' );
			return;
		}
		$asset = require $file;
		wp_enqueue_script(
			$handle,
			plugins_url( "build/$name.js", $this->plugin_file ),
			$asset['dependencies'],
			$asset['version'],
			array( 'in_footer' => true )
		);
		wp_set_script_translations( $handle, 'everypod', $folder . 'languages' );
		wp_add_inline_script( $handle, "window.$global = " . wp_json_encode( $data, JSON_HEX_TAG ) . ';', 'before' );
		if ( is_readable( $folder . "build/$name.css" ) ) {
			wp_enqueue_style( $handle, plugins_url( "build/$name.css", $this->plugin_file ), array( 'wp-components' ), $asset['version'] );
			wp_style_add_data( $handle, 'rtl', 'replace' );
		} else {
			wp_enqueue_style( 'wp-components' );
		}
	}
}
