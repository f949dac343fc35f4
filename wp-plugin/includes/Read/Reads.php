<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Target\Target;

/**
 * What has been read for one answer, and what was asked for and not found. Holds rows that WordPress has in memory
 * anyway, and reads nothing itself.
 */
final class Reads {

	/** How posts were asked for by the slug of a term: which are in it, by more than their dates, or which move there. */
	public const BY_LIST     = 'list';
	public const BY_ANYTHING = 'anything';
	public const BY_MOVES    = 'moves';

	/** @var array<int, object|null> rows by id; null while a post was only asked for */
	private array $posts = array();

	/** @var array<int, true> posts of which no more is shown than what stands on their cards */
	private array $cards = array();

	/** How many filters are under way where a post is read for its card; null where nobody asks for cards. */
	private ?int $depth_of_cards = null;

	/** @var array<int, object|null> */
	private array $terms = array();

	/** @var array<int, int> how many times each was read */
	private array $term_reads = array();

	/** @var array{string, array<int, object|null>}|null what was read of terms before those of this post were */
	private ?array $terms_before = null;

	/** @var array<int, true> whose posts were listed by more than their dates */
	private array $term_lists = array();

	/** @var array<int, object|null> */
	private array $users = array();

	/** @var array<string, bool> whether it counts what they have written */
	private array $users_by_slug = array();

	/** @var array<int, bool> whether it was found, and with it the post that it stands below */
	private array $comments = array();

	/** @var array<string, true> whatever else has a word */
	private array $words = array();

	/** @var array<string, array{string, string, self::BY_*}> taxonomy, slug, and how */
	private array $posts_by_slug = array();

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

	/**
	 * From here on posts are read for their cards, or no longer. What is read in a filter then is read by somebody else, who may
	 * show anything of it.
	 *
	 * @param int|null $depth how many filters are under way where the one reads who shows cards
	 */
	public function for_cards( ?int $depth ): void {
		$this->depth_of_cards = $depth;
	}

	/** Whether whoever asks now shows cards of posts, and no more. */
	public function are_of_cards(): bool {
		return null !== $this->depth_of_cards;
	}

	public function post( int $id, ?object $row = null ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->is_for_cards( 0 ) ? $this->cards[ $id ] = true : $this->posts[ $id ] = $row ?? $this->posts[ $id ] ?? null;
		}
	}

	/** The same, told by the hook of a question. */
	public function asked_for_post( int $id ): void {
		if ( $id > 0 && $this->counts() && $this->is_for_cards( 1 ) ) {
			$this->cards[ $id ] = true;
		} else {
			$this->post( $id );
		}
	}

	public function term( int $id, ?object $row = null ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->terms[ $id ]      = $row ?? $this->terms[ $id ] ?? null;
			$this->term_reads[ $id ] = ( $this->term_reads[ $id ] ?? 0 ) + 1;
		}
	}

	/** Here the terms of a post begin to be read, of one taxonomy. */
	public function terms_of( int $post, string $taxonomy ): void {
		$this->terms_before = array( "$post $taxonomy", $this->terms );
	}

	/** @return array<int, object|null>|null what was read before these terms were, where they were read last */
	public function terms_before( string $post_and_taxonomy ): ?array {
		list( $whose, $before ) = $this->terms_before ?? array( '', array() );
		$this->terms_before     = null;
		return $whose === $post_and_taxonomy ? $before : null;
	}

	/** @param array<int, mixed> $known what stays read */
	public function forget_terms_but( array $known ): void {
		$this->terms = array_intersect_key( $this->terms, $known );
	}

	/** A list of its posts that each change of one of them can change. */
	public function any_of_term( int $id ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->term_lists[ $id ] = true;
		}
	}

	public function user( int $id, ?object $row = null ): void {
		if ( $id > 0 && $this->counts() ) {
			$this->users[ $id ] = $row ?? $this->users[ $id ] ?? null;
		}
	}

	public function has_user( int $id ): bool {
		return array_key_exists( $id, $this->users );
	}

	/** Who it is becomes known as they are read. */
	public function users_by_slug( string $slug, bool $by_posts ): void {
		$slug = sanitize_title( $slug );
		$this->says( Key::user_slug( $slug ) );
		if ( $this->counts() ) {
			$this->users_by_slug[ $slug ] = $by_posts || ( $this->users_by_slug[ $slug ] ?? false );
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

	/**
	 * Which term it is becomes known as that is read.
	 *
	 * @param self::BY_* $how
	 */
	public function posts_by_slug( string $taxonomy, string $slug, string $how ): void {
		$slug = sanitize_title( $slug );
		$this->says( Key::term_slug( $taxonomy, $slug ) );
		if ( $this->counts() ) {
			$this->posts_by_slug[ "$taxonomy $slug $how" ] = array( $taxonomy, $slug, $how );
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
		foreach ( $this->found_by_slug() as list( $id, $how ) ) {
			if ( self::BY_ANYTHING === $how ) {
				$found[ $id ] = true;
			}
		}
		return array_keys( $this->term_lists + $found );
	}

	/** @return list<string> what has a word, and is named by its hash */
	public function others(): array {
		$lists = array();
		foreach ( $this->found_by_slug() as list( $id, $how ) ) {
			if ( self::BY_ANYTHING !== $how ) {
				$lists[] = self::BY_LIST === $how ? Key::list_of_term( $id ) : Key::moves_in_term( $id );
			}
		}
		foreach ( array_keys( array_filter( $this->users_by_slug ) ) as $slug ) {
			$found   = array_keys( array_filter( $this->users, static fn( ?object $row ) => ( $row->user_nicename ?? null ) === (string) $slug ) );
			$lists[] = array() === $found ? Key::AUTHORS : Key::list_of_author( $found[0] );
		}
		return array(
			...array_map( Key::card( ... ), array_keys( array_diff_key( $this->cards, $this->posts ) ) ),
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

	/** @return iterable<array{int, self::BY_*}> */
	private function found_by_slug(): iterable {
		foreach ( $this->posts_by_slug as list( $taxonomy, $slug, $how ) ) {
			foreach ( $this->terms as $id => $row ) {
				if ( array( $taxonomy, $slug ) === array( $row->taxonomy ?? '', $row->slug ?? '' ) ) {
					yield array( $id, $how );
				}
			}
		}
	}

	/** Of what was read elsewhere nothing can be said, and so nothing of the whole. */
	public function can_be_told(): bool {
		return ! $this->is_of_others;
	}

	/** @param int $filters by how many this is told */
	private function is_for_cards( int $filters ): bool {
		return null !== $this->depth_of_cards && count( $GLOBALS['wp_current_filter'] ) === $this->depth_of_cards + $filters;
	}

	/** Whether what is read now is part of the answer. */
	public function counts(): bool {
		// As get_current_blog_id() says, without a call: asked with each object that is read.
		$is_here            = (int) ( $GLOBALS['blog_id'] ?? 0 ) === $this->site;
		$this->is_of_others = $this->is_of_others || ( ! $is_here && ! $this->is_closed );
		return $is_here && ! $this->is_closed;
	}
}
