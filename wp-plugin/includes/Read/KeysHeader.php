<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Limits;
use WP_Post;

/**
 * What was read, in the words of the header: `p8` a post and `t2` a term that anyone may see, `h` and a hash whatever else
 * has a word, `f` a list; in place of more than fits, `*` for a kind as a whole; `-` where nothing was read.
 */
final class KeysHeader {

	private const NOTHING = '-';

	/** @var array<int, bool> asked once for each */
	private array $public_posts = array();

	public function __construct( private readonly Reads $reads ) {}

	public function value(): string {
		$kinds  = array(
			'p' => array(),
			't' => array(),
			'h' => array(),
			'f' => $this->has_list() ? array( 'f' ) : array(),
		);
		$hashed = $this->reads->others();
		foreach ( array_keys( $this->reads->posts() ) as $id ) {
			if ( $this->is_public_post( $id ) ) {
				$kinds['p'][] = "p$id";
			} else {
				$hashed[] = Key::post( $id );
			}
		}
		foreach ( $this->reads->terms() as $id => $row ) {
			if ( self::is_public_term( $row ) ) {
				$kinds['t'][] = "t$id";
			} else {
				$hashed[] = Key::term( $id );
			}
		}
		$kinds['h'] = self::hashes( $hashed );
		return self::within( $kinds );
	}

	/**
	 * Where the site has no key, whatever may be meant.
	 *
	 * @param list<string> $words
	 * @return list<string>
	 */
	private static function hashes( array $words ): array {
		$site = SiteKey::of_this_site();
		if ( null === $site && array() !== $words ) {
			return array( 'h*' );
		}
		return array_map( static fn( string $word ) => 'h' . $site?->hash( $word ), $words );
	}

	/**
	 * Sorted, so that it is the same for the same answer. Where it is too long, the longest kind gives way first, and
	 * nothing is left out.
	 *
	 * @param array<string, list<string>> $kinds
	 */
	private static function within( array $kinds ): string {
		foreach ( array_keys( $kinds ) as $kind ) {
			sort( $kinds[ $kind ], SORT_NATURAL );
		}
		$value = implode( ',', array_merge( ...array_values( $kinds ) ) );
		if ( strlen( $value ) > Limits::KEYS_HEADER_BYTES ) {
			$lengths = array_map( static fn( array $keys ) => strlen( implode( ',', $keys ) ), $kinds );
			arsort( $lengths );
			$longest = (string) array_key_first( $lengths );
			return self::within( array_merge( $kinds, array( $longest => array( "$longest*" ) ) ) );
		}
		return '' === $value ? self::NOTHING : $value;
	}

	/** Lists, and whatever was asked for by a name or an id that nothing has yet which an event would name as it is. */
	private function has_list(): bool {
		if ( $this->reads->has_list() || in_array( null, $this->reads->terms(), true ) ) {
			return true;
		}
		foreach ( $this->reads->post_slugs() as list( $type, $slug ) ) {
			if ( ! $this->has_post( $type, $slug ) ) {
				return true;
			}
		}
		foreach ( $this->reads->term_slugs() as list( $taxonomies, $slug ) ) {
			if ( ! $this->has_term( $taxonomies, $slug ) ) {
				return true;
			}
		}
		return false;
	}

	private function has_post( string $type, string $slug ): bool {
		$slug = sanitize_title_for_query( $slug );
		foreach ( $this->reads->posts() as $id => $row ) {
			$is_it = array( $type, $slug ) === array( $row->post_type ?? '', $row->post_name ?? '' );
			if ( $is_it && $this->is_public_post( $id ) ) {
				return true;
			}
		}
		return false;
	}

	/** @param list<string> $taxonomies */
	private function has_term( array $taxonomies, string $slug ): bool {
		$slug = sanitize_title( $slug );
		foreach ( $this->reads->terms() as $row ) {
			$found       = $row->slug ?? '';
			$is_of_these = array() === $taxonomies || in_array( $row->taxonomy ?? '', $taxonomies, true );
			if ( $is_of_these && $slug === $found ) {
				return true;
			}
		}
		return false;
	}

	private function is_public_post( int $id ): bool {
		$row = $this->reads->posts()[ $id ] ?? null;
		if ( null === $row ) {
			return false;
		}
		return $this->public_posts[ $id ] ??= $this->find_public( $row );
	}

	/**
	 * As events decide it, without a query: what would need one is not known to be public. So it is with an attachment
	 * whose parent is not there.
	 */
	private function find_public( object $row ): bool {
		if ( ! isset( $row->ID, $row->post_type, $row->post_status ) ) {
			return false;
		}
		$parent = 'attachment' === $row->post_type ? (int) ( $row->post_parent ?? 0 ) : 0;
		$above  = $this->reads->posts()[ $parent ] ?? null;
		if ( $parent > 0 && ( ! isset( $above->post_type, $above->post_status ) || 'attachment' === $above->post_type || 'trash' === $above->post_status ) ) {
			return false;
		}
		$copy = (object) get_object_vars( $row );

		// Or WordPress reads it once more.
		$copy->filter = 'raw';
		return is_post_publicly_viewable( new WP_Post( $copy ) );
	}

	private static function is_public_term( ?object $row ): bool {
		$taxonomy = $row->taxonomy ?? null;
		return is_string( $taxonomy ) && is_taxonomy_viewable( $taxonomy );
	}
}
