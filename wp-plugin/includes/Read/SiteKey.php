<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Limits;

/**
 * By what a site hashes the words that not everybody is to read: whoever sees a header or an event can compare two of
 * them, and guess none. It never leaves WordPress.
 */
final class SiteKey {

	/** Kept in a list, since WordPress' page of all settings (options.php) shows whatever is a text. */
	public const OPTION = 'everypod_site_key';

	private const FIELD = 'base64';

	private function __construct( private readonly string $bytes ) {}

	/** Null where none could be stored, and before the first request. */
	public static function of_this_site(): ?self {
		$saved = get_option( self::OPTION );
		$text  = is_array( $saved ) ? $saved[ self::FIELD ] ?? null : null;
		$bytes = is_string( $text ) ? base64_decode( $text, true ) : false;
		return is_string( $bytes ) && Limits::SITE_KEY_BYTES === strlen( $bytes ) ? new self( $bytes ) : null;
	}

	/**
	 * Makes one, once. Of two first requests at the same time both end up with the same, which `add_option` does not see
	 * to: what the other has named already could be reached by no event.
	 */
	public static function ensure(): void {
		global $wpdb;
		if ( null !== self::of_this_site() ) {
			return;
		}
		// What stands there is none.
		delete_option( self::OPTION );
		$made  = maybe_serialize( array( self::FIELD => base64_encode( random_bytes( Limits::SITE_KEY_BYTES ) ) ) );
		$saved = $wpdb->query( $wpdb->prepare( 'INSERT IGNORE INTO %i ( option_name, option_value, autoload ) VALUES ( %s, %s, %s )', $wpdb->options, self::OPTION, $made, 'on' ) );
		if ( false !== $saved ) {
			array_map( static fn( string $key ) => wp_cache_delete( $key, 'options' ), array( 'alloptions', 'notoptions', self::OPTION ) );
		}
	}

	public static function forget(): void {
		delete_option( self::OPTION );
	}

	/** So many characters that no two words of a site have the same by chance. */
	public function hash( string $word ): string {
		$base64 = base64_encode( hash_hmac( 'sha256', $word, $this->bytes, true ) );
		return substr( strtr( $base64, '+/', '-_' ), 0, Limits::KEY_HASH_CHARACTERS );
	}

	/** @return array<string, string> what var_dump and error logs show */
	public function __debugInfo(): array {
		return array( 'bytes' => '(not shown)' );
	}
}
