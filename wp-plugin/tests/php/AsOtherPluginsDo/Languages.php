<?php

declare( strict_types=1 );

namespace Everypod\Tests\AsOtherPluginsDo;

use WP_Post;
use WP_Query;

/**
 * How plugins give a post another language: Polylang 3.9-dev by terms, WPML by a table that others may read (by what its makers say of
 * it), and TranslatePress 1.6.1 by tables of sentences that it puts in place of a post's own. All of them have addresses of their own.
 */
final class Languages {

	public const TABLES = array(
		'icl_translations'           => 'element_id bigint NOT NULL PRIMARY KEY, element_type varchar(60), trid bigint, language_code varchar(7)',
		'trp_dictionary_en_us_fr_fr' => 'original text, translated text',
	);

	public static function installs(): void {
		global $wpdb;
		register_taxonomy( 'language', 'post', array( 'public' => false ) );
		register_taxonomy( 'post_translations', 'post', array( 'public' => false ) );
		wp_insert_term( 'de', 'language' );
		wp_insert_term( 'fr', 'language' );
	}

	public static function are_removed(): void {
		unregister_taxonomy( 'language' );
		unregister_taxonomy( 'post_translations' );
	}

	public static function load(): void {
		add_filter( 'post_link', static fn( string $url, WP_Post $post ) => self::in_its_language( $url, self::of_terms( $post->ID ) ?? self::of_table( $post->ID ) ), 10, 2 );
		add_filter( 'rest_prepare_post', self::translated( ... ) );
	}

	/** As Polylang: a term for the language, and one for each group of translations, which keeps them in its description. */
	public static function speaks( int $post_id, string $language ): void {
		wp_set_object_terms( $post_id, $language, 'language' );
	}

	/** @param array<string, int> $posts by language */
	public static function are_translations( array $posts ): void {
		$group = get_the_terms( reset( $posts ), 'post_translations' );
		if ( is_array( $group ) ) {
			wp_update_term( $group[0]->term_id, 'post_translations', array( 'description' => maybe_serialize( $posts ) ) );
		} else {
			wp_insert_term( 'pll_1', 'post_translations', array( 'description' => maybe_serialize( $posts ) ) );
		}
		array_map( static fn( int $post ) => wp_set_object_terms( $post, 'pll_1', 'post_translations' ), array_values( $posts ) );
	}

	/** @return array<string, string> titles by language */
	public static function translations( int $post_id ): array {
		$group = get_the_terms( $post_id, 'post_translations' );
		return is_array( $group ) ? array_map( static fn( int $post ) => get_the_title( $post ), maybe_unserialize( $group[0]->description ) ) : array();
	}

	/** As WPML, in a post's editor or where translations are connected to each other. */
	public static function connects( int $post_id, string $language, int $group ): void {
		global $wpdb;
		$wpdb->replace( "{$wpdb->prefix}icl_translations", array( 'element_id' => $post_id, 'element_type' => 'post_post', 'trid' => $group, 'language_code' => $language ) );
		do_action( 'wpml_translation_update', array( 'type' => 'update', 'trid' => $group, 'element_id' => $post_id, 'element_type' => 'post_post', 'context' => 'post' ) );
	}

	/** @return array<string, string> titles by language, of which a post is found only once it is one of them */
	public static function connected( int $post_id ): array {
		global $wpdb;
		$group = $wpdb->get_results( $wpdb->prepare( "SELECT element_id, language_code FROM {$wpdb->prefix}icl_translations WHERE trid = ( SELECT trid FROM {$wpdb->prefix}icl_translations WHERE element_id = %d ) ORDER BY element_id", $post_id ) );
		return array( 'own' => get_the_title( $post_id ) ) + array_map( static fn( object $one ) => get_the_title( (int) $one->element_id ), array_column( $group, null, 'language_code' ) );
	}

	/** @return list<string> titles of what speaks a language, as WPML finds it */
	public static function in_language( string $language ): array {
		global $wpdb;
		$join  = static fn( array $clauses ) => array( 'join' => "$clauses[join] JOIN {$wpdb->prefix}icl_translations AS icl ON icl.element_id = {$wpdb->posts}.ID", 'where' => $clauses['where'] . $wpdb->prepare( ' AND icl.language_code = %s', $language ) ) + $clauses;
		add_filter( 'posts_clauses', $join );
		$found = new WP_Query( array( 'post_type' => 'post', 'posts_per_page' => 10, 'ignore_sticky_posts' => true ) );
		remove_filter( 'posts_clauses', $join );
		return array_map( get_the_title( ... ), $found->posts );
	}

	/** As TranslatePress, in its editor from 2.0 on; before, it told nobody. */
	public static function translates( string $original, string $translated, bool $says_so = true ): void {
		global $wpdb;
		$wpdb->insert( "{$wpdb->prefix}trp_dictionary_en_us_fr_fr", array( 'original' => $original, 'translated' => $translated ) );
		$says_so && do_action( 'trp_save_editor_translations_regular_strings', array( 'fr_FR' => array( array( 'original' => $original, 'translated' => $translated ) ) ), array() );
	}

	private static function translated( mixed $answer ): mixed {
		global $wpdb;
		if ( 'fr' !== ( $_GET['trp'] ?? '' ) ) {
			return $answer;
		}
		$title = $answer->data['title']['rendered'];

		$answer->data['title']['rendered'] = $wpdb->get_var( $wpdb->prepare( "SELECT translated FROM {$wpdb->prefix}trp_dictionary_en_us_fr_fr WHERE original = %s", $title ) ) ?? $title;
		do_action( 'trp_translateable_information', array(), array(), 'fr_FR' );
		return $answer;
	}

	private static function of_terms( int $post_id ): ?string {
		$terms = get_the_terms( $post_id, 'language' );
		return is_array( $terms ) ? $terms[0]->slug : null;
	}

	private static function of_table( int $post_id ): ?string {
		global $wpdb;
		return $wpdb->get_var( $wpdb->prepare( "SELECT language_code FROM {$wpdb->prefix}icl_translations WHERE element_id = %d", $post_id ) );
	}

	private static function in_its_language( string $url, ?string $language ): string {
		return null === $language ? $url : str_replace( home_url( '/' ), home_url( "/$language/" ), $url );
	}
}
