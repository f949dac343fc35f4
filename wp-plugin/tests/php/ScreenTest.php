<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Editor\EditorPanel;
use Everypod\Screen\Script;
use Everypod\Status\StatusPage;

/** The pages' own part in PHP: everything else is drawn by the scripts. */
final class ScreenTest extends TestCase {

	public function test_the_status_page_is_a_root_for_the_script_with_words_for_those_without(): void {
		ob_start();
		$this->plugin->status->render();
		$page = (string) ob_get_clean();
		self::assertStringContainsString( '<div id="everypod-status"></div>', $page );
		self::assertStringContainsString( '<noscript>', $page );
	}

	public function test_the_status_page_stands_under_settings_for_administrators(): void {
		global $submenu;
		$this->plugin->status->admin_menu();
		$entries = array_values( array_filter( $submenu['options-general.php'] ?? array(), static fn( array $entry ) => 'everypod' === $entry[2] ) );
		self::assertSame( array( 'Everypod', 'manage_options' ), array( $entries[0][0], $entries[0][1] ) );
	}

	public function test_the_panel_is_loaded_on_the_post_types_whose_changes_are_sent(): void {
		foreach ( array( 'post' => true, 'page' => true, 'wp_block' => false ) as $post_type => $is_loaded ) {
			$GLOBALS['wp_scripts'] = null;
			set_current_screen( "edit-$post_type" );
			get_current_screen()->base      = 'post';
			get_current_screen()->post_type = $post_type;
			( new EditorPanel( new Script( $this->built_plugin( 'editor' ) ) ) )->enqueue_block_editor_assets();
			self::assertSame( $is_loaded, wp_script_is( EditorPanel::HANDLE ), $post_type );
		}
	}

	public function test_the_panel_starts_with_what_it_must_know(): void {
		$GLOBALS['wp_scripts'] = null;
		set_current_screen( 'edit-post' );
		get_current_screen()->base = 'post';
		( new EditorPanel( new Script( $this->built_plugin( 'editor' ) ) ) )->enqueue_block_editor_assets();
		$data = $this->first_data( EditorPanel::HANDLE, 'everypodEditor' );
		self::assertContains( 'page', $data['postTypes'] );
		self::assertNotContains( 'nav_menu_item', $data['postTypes'] );
		self::assertSame( admin_url( 'options-general.php?page=everypod' ), $data['statusUrl'] );
		self::assertTrue( $data['canManage'] );
	}

	public function test_the_status_page_loads_its_script_and_no_other_page_does(): void {
		$GLOBALS['wp_scripts'] = null;
		$page                  = new StatusPage( new Script( $this->built_plugin( 'status' ) ), $this->settings() );
		$page->admin_enqueue_scripts( 'settings_page_other' );
		self::assertFalse( wp_script_is( StatusPage::HANDLE ) );
		$page->admin_enqueue_scripts( 'settings_page_everypod' );
		self::assertSame( array( 'canEdit' => true, 'isNetwork' => false ), $this->first_data( StatusPage::HANDLE, 'everypodStatus' ) );
	}

	public function test_translations_that_come_with_the_plugin_are_looked_for_in_every_version_of_wordpress(): void {
		$files = array();
		add_filter( 'locale', static fn() => 'de_DE' );
		add_filter(
			'load_textdomain_mofile',
			static function ( string $file ) use ( &$files ): string {
				$files[] = $file;
				return $file;
			}
		);
		$this->plugin->init();
		self::assertContains( dirname( __DIR__, 2 ) . '/languages/everypod-de_DE.mo', $files );
	}

	/** @return array<string, mixed> */
	private function first_data( string $handle, string $global ): array {
		$script = implode( '', wp_scripts()->get_data( $handle, 'before' ) );
		self::assertSame( 1, preg_match( "/window\\.$global = (.*);/", $script, $match ) );
		return json_decode( $match[1], true );
	}

	/** A folder as wp-scripts leaves it, so that these tests need no build. */
	private function built_plugin( string $script ): string {
		$folder = sys_get_temp_dir() . '/everypod-built-' . getmypid();
		wp_mkdir_p( "$folder/build" );
		file_put_contents( "$folder/build/$script.asset.php", "<?php return array( 'dependencies' => array( 'wp-element' ), 'version' => '1' );" );
		return "$folder/everypod.php";
	}
}
