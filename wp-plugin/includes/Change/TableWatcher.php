<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Limits;
use Everypod\Read\Key;
use Everypod\Target\InnerTypes;
use Everypod\Target\PostTargets;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use WP_Post;

/**
 * Sees what other plugins write into tables of their own, where they say so: WooCommerce's taxes, TranslatePress's translations, and
 * which posts are each other's translations by WPML. Methods are named after the hooks that call them.
 */
final class TableWatcher {

	/** Whoever shows a price with tax has asked whether there are any. */
	private const HAS_TAXES = 'woocommerce_calc_taxes';

	public function __construct( private readonly ChangeListener $listener ) {}

	public function woocommerce_tax_rate_updated(): void {
		$this->tell( Targets::of_words( Key::option( self::HAS_TAXES ) ) );
	}

	/** @param array<mixed> $saved by language, what was translated into it */
	public function trp_save_editor_translations_regular_strings( array $saved ): void {
		$this->tell( Targets::of_words( ...array_map( static fn( int|string $language ) => Key::translations( (string) $language ), array_keys( $saved ) ) ) );
	}

	/**
	 * Of a post's language, and of what it is a translation of: so each of these may show another one now.
	 *
	 * @param array<mixed> $update
	 */
	public function wpml_translation_update( array $update ): void {
		$id = is_numeric( $update['element_id'] ?? null ) ? (int) $update['element_id'] : 0;
		if ( ! is_string( $update['type'] ?? null ) ) {
			return;
		}
		if ( $id <= 0 ) {
			// Many at once, and nobody says which.
			$this->tell( Targets::of( Target::whole_site() ) );
		} elseif ( 'tax' !== ( $update['context'] ?? '' ) ) {
			$this->tell_of_posts( $id, ...self::translations_of( $id ) );
		}
	}

	private function tell_of_posts( int ...$ids ): void {
		foreach ( array_unique( $ids ) as $id ) {
			$post = PostTargets::post( $id );
			if ( $post instanceof WP_Post && InnerTypes::is_read( $post ) ) {
				$this->listener->changed( Change::by_current_user( 'post.updated', Subject::post( $post ) ), PostTargets::of( $post ) );
			}
		}
	}

	/** @return list<int> */
	private static function translations_of( int $post_id ): array {
		global $wpdb;
		$table = $wpdb->prefix . 'icl_translations';
		$group = "SELECT trid FROM %i WHERE element_id = %d AND element_type LIKE 'post\\_%%'";
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- With placeholders of its own.
		$ids = $wpdb->get_col( $wpdb->prepare( "SELECT element_id FROM %i WHERE trid IN ( $group ) LIMIT %d", $table, $table, $post_id, Limits::RELATED_POSTS ) );
		return array_values( array_map( intval( ... ), $ids ) );
	}

	private function tell( Targets $targets ): void {
		if ( ! $targets->is_empty() ) {
			$this->listener->changed( Change::by_current_user( 'options.updated', Subject::options() ), $targets );
		}
	}
}
