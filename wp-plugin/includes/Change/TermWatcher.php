<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\Targets;
use Everypod\Target\TermTargets;
use WP_Term;

/** Sees what happens to terms. Methods are named after the hooks that call them. */
final class TermWatcher {

	/** @var array<int, Targets> */
	private array $before = array();

	public function __construct( private readonly ChangeListener $listener ) {}

	public function edit_terms( int $term_id, string $taxonomy = '' ): void {
		$term = $this->viewable( $term_id, $taxonomy );
		if ( $term ) {
			$this->before[ $term_id ] = TermTargets::everywhere( $term );
		}
	}

	public function edited_term( int $term_id, mixed $tt_id, string $taxonomy = '' ): void {
		$term = $this->viewable( $term_id, $taxonomy );
		if ( $term ) {
			$before = $this->before[ $term_id ] ?? Targets::of();
			unset( $this->before[ $term_id ] );
			$this->tell( 'term.updated', $term, $before->union( TermTargets::everywhere( $term ) ) );
		}
	}

	/** The front end may have kept a "not found" for the new archive. */
	public function created_term( int $term_id, mixed $tt_id, string $taxonomy = '' ): void {
		$term = $this->viewable( $term_id, $taxonomy );
		if ( $term ) {
			$this->tell( 'term.created', $term, TermTargets::with_ancestors( $term ) );
		}
	}

	public function pre_delete_term( int $term_id, string $taxonomy = '' ): void {
		$term = $this->viewable( $term_id, $taxonomy );
		if ( $term ) {
			$this->tell( 'term.deleted', $term, TermTargets::everywhere( $term ), true );
		}
	}

	/** Where the taxonomy was left out, the id alone says which term it is. */
	private function viewable( int $term_id, string $taxonomy ): ?WP_Term {
		$term = get_term( $term_id, $taxonomy );
		return $term instanceof WP_Term && is_taxonomy_viewable( $term->taxonomy ) ? $term : null;
	}

	private function tell( string $name, WP_Term $term, Targets $targets, bool $vanishes = false ): void {
		$this->listener->changed( Change::by_current_user( $name, Subject::term( $term ), $vanishes ), $targets );
	}
}
