<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Read\Key;
use Everypod\Target\Targets;
use Everypod\Target\TermTargets;
use WP_Term;

/** Sees what happens to terms. Methods are named after the hooks that call them. */
final class TermWatcher {

	/** A menu is a term, too; what happens to it is told by hooks of its own, and is of the whole site. */
	private const OF_MENUS = 'nav_menu';

	/** Counted by WooCommerce with each change of a product, which names the terms by itself. */
	private const UNSEEN_META = '/^product_count_/';

	/** @var array<int, array{targets: Targets, around: Targets, address: array{string, int}, fields: array<string, mixed>}> */
	private array $before = array();

	/** @var array<int, list<int>> terms below one that is being deleted */
	private array $below = array();

	public function __construct( private readonly ChangeListener $listener ) {}

	public function edit_terms( int $term_id, string $taxonomy = '' ): void {
		$term = $this->term( $term_id, $taxonomy );
		if ( $term ) {
			$this->before[ $term_id ] = array(
				'targets' => TermTargets::everywhere( $term ),
				'around'  => TermTargets::around( $term ),
				'address' => array( $term->slug, $term->parent ),
				'fields'  => self::fields( $term ),
			);
		}
	}

	public function edited_term( int $term_id, mixed $tt_id, string $taxonomy = '' ): void {
		$term = $this->term( $term_id, $taxonomy );
		if ( ! $term ) {
			return;
		}
		$before = $this->before[ $term_id ] ?? null;
		unset( $this->before[ $term_id ] );
		if ( self::fields( $term ) === ( $before['fields'] ?? null ) && DoneBy::a_program() ) {
			return;
		}
		$targets = TermTargets::everywhere( $term )->union( $before['targets'] ?? Targets::of() );
		if ( array( $term->slug, $term->parent ) !== ( $before['address'] ?? null ) ) {
			$targets = $targets->union( TermTargets::around( $term ), $before['around'] ?? Targets::of() );
		}
		$this->tell( 'term.updated', $term, $targets );
	}

	/** The front end may have kept a "not found" for the new archive. */
	public function created_term( int $term_id, mixed $tt_id, string $taxonomy = '' ): void {
		$term = $this->term( $term_id, $taxonomy );
		if ( $term ) {
			$this->tell( 'term.created', $term, TermTargets::itself( $term )->union( TermTargets::slug( $term ), is_taxonomy_viewable( $term->taxonomy ) ? TermTargets::with_ancestors( $term ) : Targets::of() ) );
		}
	}

	public function pre_delete_term( int $term_id, string $taxonomy = '' ): void {
		$term = $this->term( $term_id, $taxonomy );
		if ( $term ) {
			$this->below[ $term_id ] = is_taxonomy_viewable( $term->taxonomy ) ? TermTargets::below( $term ) : array();
			$this->tell( 'term.deleted', $term, TermTargets::everywhere( $term )->union( TermTargets::around( $term ), Targets::of_words( Key::terms_below( $term->taxonomy, $term_id ) ) ), true );
		}
	}

	/** What stood below it stands elsewhere now. */
	public function delete_term( int $term_id, mixed $tt_id, string $taxonomy, ?WP_Term $term = null ): void {
		$below = $this->below[ $term_id ] ?? array();
		unset( $this->below[ $term_id ] );
		if ( $term && array() !== $below ) {
			$this->tell( 'term.deleted', $term, TermTargets::moved( $taxonomy, ...$below ), true );
		}
	}

	/** Meta fires nothing else: an image of a category, what a SEO plugin says of it. */
	public function term_meta( mixed $meta_id, int $term_id, string $key ): void {
		$term = 1 === preg_match( self::UNSEEN_META, $key ) ? null : $this->term( $term_id, '' );
		if ( $term ) {
			$this->listener->changed( Change::by_current_user( 'term.updated', Subject::term( $term ) )->of_meta( $key ), TermTargets::itself( $term )->union( is_taxonomy_viewable( $term->taxonomy ) ? TermTargets::own( $term ) : Targets::of() ) );
		}
	}

	/** @return array<string, mixed> all that a save of it writes */
	private static function fields( WP_Term $term ): array {
		return array_diff_key( get_object_vars( $term ), array_flip( array( 'count', 'filter' ) ) );
	}

	/** Where the taxonomy was left out, the id alone says which term it is. */
	private function term( int $term_id, string $taxonomy ): ?WP_Term {
		$term = get_term( $term_id, $taxonomy );
		return $term instanceof WP_Term && self::OF_MENUS !== $term->taxonomy ? $term : null;
	}

	private function tell( string $name, WP_Term $term, Targets $targets, bool $vanishes = false ): void {
		$this->listener->changed( Change::by_current_user( $name, Subject::term( $term ), $vanishes ), $targets );
	}
}
