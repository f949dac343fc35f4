<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Target\Target;

/**
 * What has been read for one answer, and what was asked for and not found. Holds rows that WordPress has in memory
 * anyway, and reads nothing itself.
 */
final class Reads {

	/** @var array<int, object|null> rows by id; null while a post was only asked for */
	private array $posts = array();

	/** @var array<int, object|null> */
	private array $terms = array();

	/** @var array<int, int> how many times each was read */
	private array $term_reads = array();

	/** @var array<int, true> whose posts were listed by more than their dates */
	private array $term_lists = array();

	/** @var array<int, true> */
	private array $users = array();

	/** @var array<int, bool> whether it was found, and with it the post that it stands below */
	private array $comments = array();

	/** @var array<string, true> whatever else has a word */
	private array $words = array();

	/** @var array<string, array{string, string, bool}> taxonomy, slug, and whether by more than dates */
	private array $lists_by_slug = array();

	private bool $has_list = false;

	private bool $is_closed = false;

	/** Whether something of another site of the network was read: an id means nothing there, and no event of this one speaks of it. */
	private bool $is_of_others = false;

	private readonly int $site;

	public function __construct() {
		$this->site = get_current_blog_id();
	}

	/** From here on, and until it is opened again, whatever is read is none of the answer. */
	public function close( bool $is_closed = true ): void {
		$this->is_closed = $is_closed;
	}

	public function post( int $id, ?object $row = null ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->posts[ $id ] = $row ?? $this->posts[ $id ] ?? null;
		}
	}

	public function term( int $id, ?object $row = null ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->terms[ $id ]      = $row ?? $this->terms[ $id ] ?? null;
			$this->term_reads[ $id ] = ( $this->term_reads[ $id ] ?? 0 ) + 1;
		}
	}

	/** A list of its posts that each change of one of them can change. */
	public function any_of_term( int $id ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->term_lists[ $id ] = true;
		}
	}

	public function user( int $id ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->users[ $id ] = true;
		}
	}

	/** Events speak of the post. */
	public function comment( int $id, ?object $row = null ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->comments[ $id ] = null !== $row || ( $this->comments[ $id ] ?? false );
			$this->post( (int) ( $row->comment_post_ID ?? 0 ) );
		}
	}

	/** What nothing narrower bounds. */
	public function any_list(): void {
		$this->has_list = $this->has_list || $this->counts();
	}

	public function says( string ...$words ): void {
		if ( array() !== $words && $this->counts() ) {
			$this->words += array_fill_keys( $words, true );
		}
	}

	/** Which term it is becomes known as that is read. */
	public function list_by_slug( string $taxonomy, string $slug, bool $is_by_anything ): void {
		$slug = sanitize_title( $slug );
		$this->says( Key::term_slug( $taxonomy, $slug ) );
		if ( $this->counts() ) {
			$this->lists_by_slug[ "$taxonomy $slug $is_by_anything" ] = array( $taxonomy, $slug, $is_by_anything );
		}
	}

	/**
	 * A word that somebody else says was read.
	 *
	 * @return bool false of one that no event could carry
	 */
	public function word( string $word ): bool {
		if ( null === Target::tag( $word ) ) {
			return false;
		}
		list( $kind, $id ) = Key::object_of( $word ) ?? array( '', 0 );
		match ( true ) {
			'post' === $kind     => $this->post( $id ),
			'term' === $kind     => $this->any_of_term( $id ),
			Key::LISTS === $word => $this->any_list(),
			default              => $this->says( $word ),
		};
		return true;
	}

	/** @return array<int, object|null> */
	public function posts(): array {
		return $this->posts;
	}

	/** @return array<int, object|null> */
	public function terms(): array {
		return $this->terms;
	}

	public function times_term_was_read( int $id ): int {
		return $this->term_reads[ $id ] ?? 0;
	}

	/** @return list<int> the terms whose posts were listed by more than their dates */
	public function term_lists(): array {
		$found = array();
		foreach ( $this->found_by_slug() as list( $id, $is_by_anything ) ) {
			if ( $is_by_anything ) {
				$found[ $id ] = true;
			}
		}
		return array_keys( $this->term_lists + $found );
	}

	/** @return list<string> what has a word, and is named by its hash */
	public function others(): array {
		$lists = array();
		foreach ( $this->found_by_slug() as list( $id, $is_by_anything ) ) {
			if ( ! $is_by_anything ) {
				$lists[] = Key::list_of_term( $id );
			}
		}
		return array(
			...array_map( Key::term_itself( ... ), array_keys( $this->terms ) ),
			...array_map( Key::user( ... ), array_keys( $this->users ) ),
			...array_map( strval( ... ), array_keys( $this->words + array_fill_keys( $lists, true ) ) ),
		);
	}

	/** Whether anything was asked for that nothing narrower bounds. */
	public function has_list(): bool {
		return $this->has_list;
	}

	/** Whether a comment was asked for by an id that none has, which leaves no post to name. */
	public function has_lost_comments(): bool {
		return in_array( false, $this->comments, true );
	}

	/** @return iterable<array{int, bool}> */
	private function found_by_slug(): iterable {
		foreach ( $this->lists_by_slug as list( $taxonomy, $slug, $is_by_anything ) ) {
			foreach ( $this->terms as $id => $row ) {
				if ( array( $taxonomy, $slug ) === array( $row->taxonomy ?? '', $row->slug ?? '' ) ) {
					yield array( $id, $is_by_anything );
				}
			}
		}
	}

	/** Of what was read elsewhere nothing can be said, and so nothing of the whole. */
	public function can_be_told(): bool {
		return ! $this->is_of_others;
	}

	/** Whether what is read now is part of the answer. */
	public function counts(): bool {
		$is_here            = get_current_blog_id() === $this->site;
		$this->is_of_others = $this->is_of_others || ( ! $is_here && ! $this->is_closed );
		return $is_here && ! $this->is_closed;
	}
}
