<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Settings\Settings;

/** Who is told what an answer was made of: everybody, nobody, or who asks for it by a header of the request, as pods do. */
final class Audience {

	private const ASKING = 'HTTP_X_EVERYPOD_KEYS';

	/** Of an answer that is about to be made. Says to whatever keeps answers on the way that there are two of each, where that is so. */
	public static function is_told( Settings $settings ): bool {
		if ( ! $settings->keys_are_on() || ! $settings->keys_are_for_who_asks() ) {
			return $settings->keys_are_on();
		}
		if ( ! headers_sent() ) {
			header( 'Vary: ' . AnswerKeys::HEADER, false );
		}
		return isset( $_SERVER[ self::ASKING ] );
	}
}
