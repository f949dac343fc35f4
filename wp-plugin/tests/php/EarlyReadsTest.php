<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Read\Key;
use Everypod\Read\SiteKey;

/**
 * What plugins read as WordPress starts, and show from what they kept.
 *
 * @group every-php
 */
final class EarlyReadsTest extends AnswersTestCase {

	/** @return array<string, array{string, bool}> an option, and whether whoever reads it early may show it in any answer */
	private static function early(): array {
		return array(
			'of a SEO plugin'        => array( 'wpseo_titles', true ),
			'another one of it'      => array( 'rank-math-options-titles', true ),
			'of an options page'     => array( 'options_phone', true ),
			'a setting of WordPress' => array( 'date_format', true ),
			'one that no page shows' => array( 'users_can_register', false ),
			'a widget'               => array( 'widget_text', false ),
			'what core asks itself'  => array( 'blog_public', false ),
		);
	}

	public function test_what_plugins_read_as_they_start_is_part_of_each_answer(): void {
		foreach ( self::early() as $what => list( $option, $is_part ) ) {
			$kept = null;
			$this->own(
				'kept',
				static function () use ( &$kept ) {
					return $kept;
				}
			);
			$start = static function () use ( &$kept, $option ): void {
				$kept = get_option( $option );
			};
			update_option( $option, '1' );
			$said = explode( ',', (string) $this->answer( '/own/v1/kept', before: $start ) );
			self::assertSame( $is_part ? array( 'h' . SiteKey::of_this_site()?->hash( Key::option( $option ) ) ) : array( '-' ), $said, $what );
			$this->forget();
			update_option( $option, '0' );
			self::assertSame( $is_part, array() !== array_intersect( $said, $this->keys_of_events() ), $what );
		}
	}

	public function test_where_nobody_reads_as_they_start_nothing_is_said_of_it(): void {
		$this->own( 'kept', static fn() => 'nothing' );
		update_option( 'wpseo_titles', '1' );
		self::assertSame( '-', $this->answer( '/own/v1/kept' ) );
	}

	public function test_of_a_seo_plugin_that_is_loaded_before_what_it_may_have_read_counts_as_read(): void {
		$file = WP_CONTENT_DIR . '/plugins/all-in-one-seo-pack/all_in_one_seo_pack.php';
		is_dir( dirname( $file ) ) || mkdir( dirname( $file ) );
		file_put_contents( $file, '<?php' );
		require_once $file;
		update_option( 'aioseo_options', '1', true );
		update_option( 'aioseo_cache', '1', false );
		update_option( 'wpseo_titles', '1', true );
		$this->own( 'kept', static fn() => 'nothing' );
		self::assertSame( 'h' . SiteKey::of_this_site()?->hash( Key::option( 'aioseo_options' ) ), $this->answer( '/own/v1/kept' ) );
	}
}
