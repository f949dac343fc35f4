<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\PostWords;
use Everypod\Target\Targets;
use Everypod\Target\TermTargets;
use WP_Term;

/**
 * Sees what happens to menus, which are terms; their items are posts of their own. Each save is one change of the site, however
 * many items it has. Methods are named after the hooks that call them.
 */
final class MenuWatcher {

	private const TAXONOMY = 'nav_menu';

	/** @var array<int, WP_Term> menus before they are saved */
	private array $before = array();

	public function __construct( private readonly ChangeListener $listener ) {}

	public function wp_create_nav_menu( int $menu_id ): void {
		$this->tell( $menu_id );
	}

	/** Once for a menu that was saved with its items; of the menu alone, where its data are given, the term tells. */
	public function wp_update_nav_menu( int $menu_id, mixed $data = null ): void {
		null === $data && $this->tell( $menu_id );
	}

	public function edit_terms( int $term_id, string $taxonomy = '' ): void {
		$menu = self::menu( $term_id, $taxonomy );
		if ( $menu ) {
			$this->before[ $term_id ] = $menu;
		}
	}

	/** The REST API saves it as it is, to put it at another place. */
	public function edited_term( int $term_id, mixed $tt_id, string $taxonomy = '' ): void {
		$menu   = self::menu( $term_id, $taxonomy );
		$before = $this->before[ $term_id ] ?? null;
		unset( $this->before[ $term_id ] );
		if ( $menu && ( ! $before || $before->to_array() !== $menu->to_array() ) ) {
			$this->tell( $term_id, $before );
		}
	}

	public function pre_delete_term( int $term_id, string $taxonomy = '' ): void {
		self::menu( $term_id, $taxonomy ) && $this->tell( $term_id );
	}

	public function term_meta( mixed $meta_id, int $term_id ): void {
		$this->tell( $term_id );
	}

	private function tell( int $menu_id, ?WP_Term $before = null ): void {
		$menu = self::menu( $menu_id );
		if ( $menu ) {
			$this->listener->changed(
				Change::by_current_user( SiteWatcher::MENU_UPDATED, Subject::site() ),
				Targets::everything_without( ...PostWords::of_lists_by( $menu ) )->union( TermTargets::itself( $menu ), $before ? TermTargets::itself( $before ) : Targets::of() )
			);
		}
	}

	/** Where the taxonomy was left out, the id alone says which term it is. */
	private static function menu( int $id, string $taxonomy = '' ): ?WP_Term {
		$term = in_array( $taxonomy, array( '', self::TAXONOMY ), true ) ? get_term( $id ) : null;
		return $term instanceof WP_Term && self::TAXONOMY === $term->taxonomy ? $term : null;
	}
}
