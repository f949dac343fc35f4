<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Limits;
use WP_Post;

/**
 * What was read, in the words of the header: `p8` a post and `t2` whatever changes a post of a term, `h` and a hash whatever else
 * has a word, `f` a list; in place of more than fits, `*` for a kind as a whole; `-` where nothing was read.
 */
final class KeysHeader {

	private const NOTHING = '-';

	/** @var array<int, bool> asked once for each */
	private array $public_posts = array();

	public function __construct(
		private readonly Reads $reads,
		private readonly ?SiteName $name = null
	) {}

	/** None where it would not be all. */
	public function value(): ?string {
		if ( ! $this->reads->can_be_told() ) {
			return null;
		}
		$site = SiteKey::of_this_site();
		if ( null === $site ) {
			// Nearly everything has a hash alone: whatever may be meant.
			return $this->named( 'p*,t*,h*,f' );
		}
		$kinds  = array(
			'p' => array(),
			't' => array(),
			'h' => array(),
			'f' => $this->reads->has_list() ? array( 'f' ) : array(),
		);
		$hashed = $this->reads->others();
		if ( $this->reads->has_lost_comments() ) {
			$hashed[] = Key::COMMENTS;
		}
		foreach ( array_keys( $this->reads->posts() ) as $id ) {
			if ( $this->is_public_post( $id ) ) {
				$kinds['p'][] = "p$id";
			} else {
				$hashed[] = Key::post( $id );
			}
		}
		foreach ( $this->reads->term_lists() as $id ) {
			$kinds['t'][] = "t$id";
		}
		$kinds['h'] = array_map( static fn( string $word ) => 'h' . $site->hash( $word ), array_values( array_unique( $hashed ) ) );
		return $this->named( self::within( $kinds, Limits::KEYS_HEADER_BYTES - strlen( $this->named( '' ) ) ) );
	}

	/** Of nothing there is nothing to tell apart. */
	private function named( string $keys ): string {
		return null === $this->name || self::NOTHING === $keys ? $keys : $this->name->in_header() . ",$keys";
	}

	/**
	 * Sorted, so that it is the same for the same answer. Where it is too long, the longest kind gives way first, and
	 * nothing is left out.
	 *
	 * @param array<string, list<string>> $kinds
	 */
	private static function within( array $kinds, int $bytes ): string {
		foreach ( array_keys( $kinds ) as $kind ) {
			sort( $kinds[ $kind ], SORT_NATURAL );
		}
		$value = implode( ',', array_merge( ...array_values( $kinds ) ) );
		if ( strlen( $value ) > $bytes ) {
			$lengths = array_map( static fn( array $keys ) => strlen( implode( ',', $keys ) ), $kinds );
			arsort( $lengths );
			$longest = (string) array_key_first( $lengths );
			return self::within( array_merge( $kinds, array( $longest => array( "$longest*" ) ) ), $bytes );
		}
		return '' === $value ? self::NOTHING : $value;
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
}
