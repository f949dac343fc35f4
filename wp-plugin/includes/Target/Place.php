<?php

declare( strict_types=1 );

namespace Everypod\Target;

use Everypod\Read\Key;
use WP_Post;
use WP_Term;

/** Where a post stands at one moment: in which lists, and by what about it. Of one that visitors can't see, nowhere. */
final class Place {

	/**
	 * @param list<string>                                            $basis by which it is anywhere at all, and in which order
	 * @param list<string|null>                                       $card  what lists say of it beside that
	 * @param array<int, array{lists: list<string>, moves: list<string>}> $terms the words of each, by its id
	 */
	private function __construct(
		private readonly array $basis,
		private readonly int $id = 0,
		private readonly array $card = array(),
		private readonly string $type = '',
		private readonly string $month = '',
		private readonly int $author = 0,
		private readonly int $parent = 0,
		private readonly string $slug = '',
		private readonly array $terms = array()
	) {}

	public static function nowhere(): self {
		return new self( array() );
	}

	/** @param list<WP_Term>|null $in the terms that it is in, where they are known */
	public static function of( WP_Post $post, ?array $in = null ): self {
		$terms = array();
		foreach ( $in ?? PostWords::terms( $post ) as $term ) {
			$terms[ $term->term_id ] = array(
				'lists' => PostWords::of_lists_by( $term ),
				'moves' => PostWords::of_moves_in( $term ),
			);
		}
		return new self(
			array( $post->post_type, $post->post_status, $post->post_date, $post->post_mime_type ),
			$post->ID,
			array( $post->post_title, $post->post_excerpt, $post->post_password, SitePath::of( get_permalink( $post ) )?->key() ),
			$post->post_type,
			substr( $post->post_date, 0, 7 ),
			(int) $post->post_author,
			$post->post_parent,
			$post->post_name,
			$terms
		);
	}

	/** For where it comes, goes, or is given another date: each list that it is in. */
	public function lists(): Targets {
		if ( array() === $this->basis ) {
			return Targets::of();
		}
		return Targets::of_words(
			Key::card( $this->id ),
			Key::LIST,
			Key::AUTHORS,
			Key::list_of_type( $this->type ),
			Key::list_of_month( $this->type, $this->month ),
			Key::list_of_author( $this->author ),
			Key::slug( $this->type, $this->slug ),
			...( $this->parent > 0 ? array( Key::list_below( $this->parent ) ) : array() ),
			...array_merge( array(), ...array_column( $this->terms, 'lists' ) )
		);
	}

	/** For where nobody knows what about it is another: these, and what else it may have moved in. */
	public function all(): Targets {
		if ( array() === $this->basis ) {
			return Targets::of();
		}
		$moves = array_merge( array(), ...array_column( $this->terms, 'moves' ) );
		return $this->lists()->union( Targets::of_words( Key::STICKY, Key::MOVES_IN_TERMS, Key::moves_of_author( $this->author ), Key::moves_below( $this->parent ), ...$moves ) );
	}

	/** The lists that are others, now that it stands here and stood there before. */
	public function since( self $before ): Targets {
		if ( $this->basis !== $before->basis ) {
			return $this->lists()->union( $before->lists() );
		}
		$words = $this->card === $before->card && $this->slug === $before->slug ? array() : array( Key::card( $this->id ) );
		if ( $this->author !== $before->author ) {
			$words[] = Key::AUTHORS;
			foreach ( array( $this->author, $before->author ) as $author ) {
				array_push( $words, Key::list_of_author( $author ), Key::moves_of_author( $author ) );
			}
		}
		if ( $this->parent !== $before->parent ) {
			$words[] = Key::LIST;
			foreach ( array( $this->parent, $before->parent ) as $parent ) {
				array_push( $words, ...PostWords::of_moves_below( $parent ) );
			}
		}
		if ( $this->slug !== $before->slug ) {
			array_push( $words, Key::LIST, Key::slug( $this->type, $this->slug ), Key::slug( $this->type, $before->slug ) );
		}
		$terms = array_diff_key( $this->terms, $before->terms ) + array_diff_key( $before->terms, $this->terms );
		return Targets::of_words( ...$words, ...array_merge( array(), ...array_column( $terms, 'moves' ) ) );
	}
}
