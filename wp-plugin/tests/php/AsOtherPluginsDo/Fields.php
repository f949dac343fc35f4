<?php

declare( strict_types=1 );

namespace Everypod\Tests\AsOtherPluginsDo;

/**
 * What Advanced Custom Fields 6.8.1 was seen to do, and what is known of ACF Pro's options pages: fields are meta, those of pages of
 * options are options, what a field is like is a post, and fields lead to other posts.
 */
final class Fields {

	public static function installs(): void {
		register_post_type( 'acf-field', array( 'public' => false ) );
	}

	public static function is_removed(): void {
		unregister_post_type( 'acf-field' );
	}

	public static function adds( string $name, string $default ): int {
		return (int) wp_insert_post( array( 'post_type' => 'acf-field', 'post_title' => $name, 'post_name' => "field_$name", 'post_excerpt' => $name, 'post_status' => 'publish', 'post_content' => maybe_serialize( array( 'default_value' => $default ) ) ) );
	}

	/** @return mixed of a post, or of a page of options by its name */
	public static function get( string $name, int|string $of ): mixed {
		$value = is_int( $of ) ? get_post_meta( $of, $name, true ) : get_option( "{$of}_$name" );
		if ( '' !== $value && false !== $value ) {
			return $value;
		}
		$field = get_posts( array( 'post_type' => 'acf-field', 'name' => "field_$name", 'post_status' => 'publish' ) )[0] ?? null;
		return null === $field ? null : maybe_unserialize( $field->post_content )['default_value'];
	}

	/** The value, the key of the field beside it, and then word to whoever listens. */
	public static function saves( string $name, mixed $value, int|string $of ): void {
		foreach ( array( $name => $value, "_$name" => "field_$name" ) as $key => $one ) {
			if ( is_int( $of ) ) {
				update_post_meta( $of, $key, $one );
			} else {
				update_option( str_starts_with( $key, '_' ) ? "_$of$key" : "{$of}_$key", $one );
			}
		}
		do_action( 'acf/save_post', $of ); // phpcs:ignore WordPress.NamingConventions.ValidHookName -- Theirs.
	}

	/** @return list<string> */
	public static function related( string $name, int $of ): array {
		return array_map( static fn( mixed $id ) => get_the_title( (int) $id ), array_values( (array) self::get( $name, $of ) ) );
	}
}
