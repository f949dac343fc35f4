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

	public function __construct( private readonly ChangeListener $listener ) {}

	public function wp_create_nav_menu( int $menu_id ): void {
		$this->tell( $menu_id );
	}

	/** Once for a menu, whose items are saved as many posts. */
	public function wp_update_nav_menu( int $menu_id ): void {
		$this->tell( $menu_id );
	}

	/** By the name that it had. */
	public function edit_terms( int $term_id, string $taxonomy = '' ): void {
		self::TAXONOMY === $taxonomy && $this->tell( $term_id );
	}

	public function edited_term( int $term_id, mixed $tt_id, string $taxonomy = '' ): void {
		$this->edit_terms( $term_id, $taxonomy );
	}

	public function pre_delete_term( int $term_id, string $taxonomy = '' ): void {
		$this->edit_terms( $term_id, $taxonomy );
	}

	public function term_meta( mixed $meta_id, int $term_id ): void {
		$this->tell( $term_id );
	}

	private function tell( int $menu_id ): void {
		$menu = get_term( $menu_id, self::TAXONOMY );
		if ( $menu instanceof WP_Term && self::TAXONOMY === $menu->taxonomy ) {
			$this->listener->changed(
				Change::by_current_user( SiteWatcher::MENU_UPDATED, Subject::site() ),
				Targets::everything_without( ...PostWords::of_lists_by( $menu ) )->union( TermTargets::itself( $menu ) )
			);
		}
	}
}
