<?php

declare( strict_types=1 );

namespace Everypod\Tests;

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
}
