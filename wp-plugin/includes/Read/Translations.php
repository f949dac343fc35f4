<?php

declare( strict_types=1 );

namespace Everypod\Read;

/** What TranslatePress has put in place of a post's own words: it reads them past WordPress, and says when it has. */
final class Translations {

	public static function trp_translateable_information( mixed $strings, mixed $translated, string $language ): void {
		do_action( 'everypod_read', Key::translations( $language ) );
	}
}
