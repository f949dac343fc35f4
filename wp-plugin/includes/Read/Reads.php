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

	/** @var array<int, true> whose posts were listed */
	private array $authors = array();

	/** @var array<int, true> */
	private array $users = array();

	/** @var array<int, bool> whether it was found, and with it the post that it stands below */
	private array $comments = array();

	/** @var array<string, true> */
	private array $own = array();

	/** @var array<string, array{string, string}> post type and slug */
	private array $post_slugs = array();

	/** @var array<string, array{list<string>, string}> taxonomies, none for any, and slug */
	private array $term_slugs = array();

	private bool $has_list = false;

	private bool $is_closed = false;

	/** An id means nothing on another site of the network, and no event of this one speaks of it. */
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
			$this->terms[ $id ] = $row ?? $this->terms[ $id ] ?? null;
		}
	}

	public function author( int $id ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->authors[ $id ] = true;
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

	/** What is found by its slug is an object that was read; what is not may be there later. */
	public function post_slug( string $type, string $slug ): void {
		if ( $this->counts() ) {
			$this->post_slugs[ "$type $slug" ] = array( $type, $slug );
		}
	}

	/** @param list<string> $taxonomies none for any */
	public function term_slug( array $taxonomies, string $slug ): void {
		if ( $this->counts() ) {
			$this->term_slugs[ implode( ' ', array( ...$taxonomies, $slug ) ) ] = array( $taxonomies, $slug );
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
			'term' === $kind     => $this->term( $id ),
			'author' === $kind   => $this->author( $id ),
			Key::LISTS === $word => $this->any_list(),
			$this->counts()      => $this->own[ $word ] = true,
			default              => null,
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

	/** @return list<string> */
	public function others(): array {
		return array(
			...array_map( Key::author( ... ), array_keys( $this->authors ) ),
			...array_map( Key::user( ... ), array_keys( $this->users ) ),
			...array_map( strval( ... ), array_keys( $this->own ) ),
		);
	}

	/** @return list<array{string, string}> */
	public function post_slugs(): array {
		return array_values( $this->post_slugs );
	}

	/** @return list<array{list<string>, string}> */
	public function term_slugs(): array {
		return array_values( $this->term_slugs );
	}

	/** Whether anything was asked for that an event of another object can change. */
	public function has_list(): bool {
		return $this->has_list || in_array( false, $this->comments, true );
	}

	private function counts(): bool {
		return ! $this->is_closed && get_current_blog_id() === $this->site;
	}
}
