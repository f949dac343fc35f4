<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Log;
use Everypod\Settings\Settings;
use Everypod\Target\Target;
use Everypod\Target\Targets;

/**
 * The short name of a WordPress beside another one in the same app: both have a post 8, and a page of the one is not to go with
 * the other's. Hashes are each site's own anyway.
 */
final class SiteName {

	private const FORM = '/^[a-z0-9][a-z0-9-]{0,15}$/D';

	private function __construct( private readonly string $name ) {}

	/** Null of the only one, or the first. */
	public static function of( Settings $settings ): ?self {
		/**
		 * By what name this site's keys are told from another's, for networks: their sites share wp-config.php.
		 *
		 * @param string $name what EVERYPOD_SITE_NAME says; none by default
		 */
		$name = apply_filters( 'everypod_site_name', $settings->site_name() );
		if ( '' === $name ) {
			return null;
		}
		if ( ! is_string( $name ) || 1 !== preg_match( self::FORM, $name ) ) {
			Log::once( 'EVERYPOD_SITE_NAME is not 1 to 16 of a-z, 0-9 and -, beginning with no dash, so this site goes without a name.' );
			return null;
		}
		return new self( $name );
	}

	/** What stands before the keys of an answer. */
	public function in_header(): string {
		return "@$this->name";
	}

	/**
	 * What an event of this site says. Its addresses are left out: in an app that is made of several sites they may be another's.
	 * The whole site is what was made from it.
	 */
	public function told( Targets $targets ): Targets {
		return Targets::of( ...array_map( $this->named( ... ), $targets->to_array() ) );
	}

	/** @param array{path?: string, scope?: string, tag?: string, topic?: string, vanishes?: true} $target */
	private function named( array $target ): ?Target {
		if ( isset( $target['topic'] ) ) {
			return Target::parse( $target );
		}
		$is_everything = '/' === ( $target['path'] ?? '' ) && isset( $target['scope'] );
		$word          = $is_everything ? 'wp:site' : $target['tag'] ?? null;
		$named         = null === $word ? null : Target::tag( $this->word( $word ) );
		return isset( $target['vanishes'] ) ? $named?->vanishing() : $named;
	}

	private function word( string $word ): string {
		return str_starts_with( $word, 'wp:' ) && ! str_starts_with( $word, 'wp:#' ) ? "wp@$this->name:" . substr( $word, strlen( 'wp:' ) ) : $word;
	}
}
