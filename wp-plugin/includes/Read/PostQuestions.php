<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Target\InnerTypes;
use WP_Query;
use WP_Tax_Query;

/**
 * What a query for posts asks for: posts by id, by slug, or a list. What a list shows of a post is known by that post, so a
 * list is new where a post comes, goes or moves; and where more than dates put it in order, or find it, by each change.
 */
final class PostQuestions {

	/** By what a list finds posts, or puts them in order, that is more than their place: what a post says, its meta, or how many comments it has. */
	private const BY_WORDS    = 'words';
	private const BY_META     = 'meta';
	private const BY_COMMENTS = 'comments';

	/** Where others have a say, nobody knows by what. */
	private const ANYTHING = array( self::BY_WORDS, self::BY_META, self::BY_COMMENTS );

	/** Of these, each says more than which posts there are. */
	private const FINDS_BY = array(
		's'              => self::BY_WORDS,
		'title'          => self::BY_WORDS,
		'menu_order'     => self::BY_WORDS,
		'comment_status' => self::BY_WORDS,
		'ping_status'    => self::BY_WORDS,
		'post_password'  => self::BY_WORDS,
		'meta_key'       => self::BY_META, // phpcs:ignore WordPress.DB.SlowDBQuery -- A name.
		'meta_value'     => self::BY_META, // phpcs:ignore WordPress.DB.SlowDBQuery -- A name.
		'comment_count'  => self::BY_COMMENTS,
	);

	/** What can be another only with that by which it is told that a post is anywhere, or with what the list is bounded by. */
	private const SORTS_BY_PLACE = array( '', 'none', 'date', 'post_date', 'id', 'type', 'post_type', 'post__in', 'post_name__in', 'post_parent__in', 'include' );

	/** What every post has that is in a list that is given whole, and so is known by it, where all of it is read. */
	private const SORTS_BY_WHAT_IS_READ = array( 'title', 'post_title', 'name', 'post_name', 'slug', 'author', 'post_author', 'parent', 'post_parent', 'modified', 'post_modified', 'menu_order', 'comment_count' );

	private const FILTERS = array( 'posts_where', 'posts_join', 'posts_where_paged', 'posts_join_paged', 'posts_orderby', 'posts_groupby', 'posts_clauses', 'posts_where_request', 'posts_join_request', 'posts_orderby_request', 'posts_clauses_request', 'posts_request', 'posts_search', 'posts_search_orderby' );

	private const GLOBAL_STYLES = 'wp_global_styles';

	public readonly StickyQuestions $stickies;

	public function __construct( private readonly Reads $reads ) {
		$this->stickies = new StickyQuestions( $reads );
	}

	/** @param bool $is_answered whether another plugin has answered it, by whatever it knows */
	public function asked( WP_Query $query, bool $is_answered ): void {
		$asked = $query->query_vars;
		$ids   = Given::ids( $asked['p'] ?? 0, $asked['attachment_id'] ?? 0 );
		if ( array() !== $ids ) {
			array_map( fn( int $id ) => $this->reads->asked_for_post( $id ), $ids );
			return;
		}
		$this->stickies->asked( $query );
		if ( ! empty( $asked['post__in'] ) ) {
			array_map( fn( int $id ) => $this->reads->asked_for_post( $id ), Given::ids( $asked['post__in'] ) );
			return;
		}
		$types = self::types( $query );
		if ( array() === $types ) {
			return;
		}
		$more           = $is_answered ? self::ANYTHING : $this->more_than_place( $query );
		$is_by_anything = array() !== $more;
		// The theme that they are of is said as they are made.
		if ( array( self::GLOBAL_STYLES ) === $types ) {
			$this->by_type( $types, $more );
			return;
		}
		$is_bound = $is_by_anything
			? ( self::are_told_by_their_terms( $types ) && $this->is_by_term( $query, true ) ) || $this->is_by_author( $asked, true )
			: $this->is_bound( $query, $types );
		if ( ! $is_bound ) {
			$this->by_type( $types, $more );
		} elseif ( in_array( self::BY_COMMENTS, $more, true ) ) {
			// Of comments neither terms nor authors are told.
			$this->by_comments( $types );
		}
	}

	/**
	 * By what a post comes into the list, or goes from it: the first thing that bounds it will do. All else that it is asked by,
	 * or leaves out, it is told of where a post moves in that alone.
	 *
	 * @param list<string>|null $types
	 */
	private function is_bound( WP_Query $query, ?array $types ): bool {
		$asked    = $query->query_vars;
		$is_bound = $this->is_by_slug( $asked, $types );
		$is_bound = $this->is_by_parent( $asked, $is_bound );
		$is_bound = $this->is_by_author( $asked, false, $is_bound );
		$is_bound = $this->is_by_term( $query, false, $is_bound );
		return $is_bound || $this->is_by_month( $query, $types );
	}

	/**
	 * @param list<string>|null     $types
	 * @param list<self::BY_*>      $more
	 */
	private function by_type( ?array $types, array $more ): void {
		if ( in_array( self::BY_COMMENTS, $more, true ) ) {
			$this->by_comments( $types );
		}
		if ( null === $types ) {
			array() === $more ? $this->reads->says( Key::LIST ) : $this->reads->any_list();
			return;
		}
		if ( array() === $more ) {
			$this->reads->says( ...array_map( Key::list_of_type( ... ), $types ) );
		}
		if ( in_array( self::BY_WORDS, $more, true ) ) {
			$this->reads->says( ...array_map( Key::any_of_type( ... ), $types ) );
		}
		if ( in_array( self::BY_META, $more, true ) ) {
			$this->reads->says( ...array_map( Key::any_meta_of_type( ... ), $types ) );
		}
	}

	/** @param list<string>|null $types */
	private function by_comments( ?array $types ): void {
		$this->reads->says( ...( null === $types ? array( Key::COMMENTS ) : array_map( Key::any_comments_of_type( ... ), $types ) ) );
	}

	/**
	 * @param array<string, mixed> $asked
	 * @param list<string>|null    $types
	 */
	private function is_by_slug( array $asked, ?array $types ): bool {
		$slugs = array( ...Given::texts( $asked['name'] ?? '' ), ...Given::texts( $asked['post_name__in'] ?? array() ) );
		if ( null === $types ) {
			$this->reads->says( ...( array() === $slugs ? array() : array( Key::LIST ) ) );
			return false;
		}
		foreach ( $types as $type ) {
			$this->reads->says( ...array_map( static fn( string $slug ) => Key::slug( $type, sanitize_title_for_query( $slug ) ), $slugs ) );
		}
		return array() !== $slugs;
	}

	/** @param array<string, mixed> $asked */
	private function is_by_parent( array $asked, bool $is_bound ): bool {
		$given   = is_numeric( $asked['post_parent'] ?? '' ) ? array( $asked['post_parent'] ) : (array) ( $asked['post_parent__in'] ?? array() );
		$parents = Given::ids( $given );
		$others  = array( ...$given, ...(array) ( $asked['post_parent__not_in'] ?? array() ) );
		if ( ! $is_bound && array() !== $parents && count( $given ) === count( $parents ) ) {
			$this->reads->says( ...array_map( Key::list_below( ... ), $parents ) );
			return true;
		}
		$this->reads->says( ...array_map( static fn( mixed $parent ) => Key::moves_below( (int) $parent ), array_filter( $others, is_numeric( ... ) ) ) );
		return $is_bound;
	}

	/** @param list<string>|null $types */
	private function is_by_month( WP_Query $query, ?array $types ): bool {
		$months = MonthBounds::of( $query );
		if ( null === $types || null === $months ) {
			return false;
		}
		foreach ( $types as $type ) {
			$this->reads->says( ...array_map( static fn( string $month ) => Key::list_of_month( $type, $month ), $months ) );
		}
		return true;
	}

	private function is_by_term( WP_Query $query, bool $is_by_anything, bool $is_bound = false ): bool {
		if ( $query->is_singular || ! $query->tax_query instanceof WP_Tax_Query ) {
			return $is_bound;
		}
		$bounds = $is_bound ? null : TermBounds::of( $query->tax_query->queries, $is_by_anything, $this->reads );
		$bounds?->read_into( $this->reads );
		if ( ! $is_by_anything ) {
			TermBounds::read_moves_into( $this->reads, $query->tax_query->queries, $bounds );
		}
		return $is_bound || null !== $bounds;
	}

	/**
	 * Whether each change of such posts tells of their terms: that of an attachment does not, nor of what has no page.
	 *
	 * @param list<string>|null $types
	 */
	private static function are_told_by_their_terms( ?array $types ): bool {
		return array() === array_filter( $types ?? array(), static fn( string $type ) => 'attachment' === $type || ! is_post_type_viewable( $type ) );
	}

	/** @param array<string, mixed> $asked */
	private function is_by_author( array $asked, bool $is_by_anything, bool $is_bound = false ): bool {
		$by_name = '' !== ( $asked['author_name'] ?? '' ) ? Given::ids( $asked['author'] ?? 0 ) : array();
		if ( '' !== ( $asked['author_name'] ?? '' ) && array() === $by_name ) {
			$this->reads->says( Key::USERS );
		}
		$without = Given::ids( $asked['author__not_in'] ?? array() );
		$authors = array() === $without ? Given::ids( $asked['author__in'] ?? array() ) : array();
		$authors = array() === $by_name ? $authors : $by_name;
		$bounds  = ! $is_bound && array() !== $authors;
		if ( $bounds ) {
			$this->reads->says( ...array_map( $is_by_anything ? Key::author( ... ) : Key::list_of_author( ... ), $authors ) );
		}
		if ( ! $is_by_anything ) {
			$this->reads->says( ...array_map( Key::moves_of_author( ... ), array( ...( $bounds ? array() : $authors ), ...$without ) ) );
		}
		return $is_bound || $bounds;
	}

	/** @return list<self::BY_*> none where dates alone, or what bounds it, decide about the list */
	private function more_than_place( WP_Query $query ): array {
		$asked = $query->query_vars;
		if ( empty( $asked['suppress_filters'] ) && array() !== array_filter( self::FILTERS, 'has_filter' ) ) {
			return self::ANYTHING;
		}
		$more = array();
		foreach ( self::FINDS_BY as $name => $by ) {
			if ( ! in_array( $asked[ $name ] ?? '', array( '', null, false, array() ), true ) ) {
				$more[] = $by;
			}
		}
		if ( ! empty( $query->meta_query->queries ) ) {
			$more[] = self::BY_META;
		}
		if ( isset( $asked['has_password'] ) || str_contains( (string) wp_json_encode( $asked['date_query'] ?? '' ), 'modified' ) ) {
			$more[] = self::BY_WORDS;
		}
		return array_values( array_unique( array( ...$more, ...$this->more_that_sorts( $asked ) ) ) );
	}

	/**
	 * @param array<string, mixed> $asked
	 * @return array<self::BY_*>
	 */
	private function more_that_sorts( array $asked ): array {
		$sorts    = $asked['orderby'] ?? '';
		$sorts    = is_array( $sorts ) ? array_keys( $sorts ) : explode( ' ', is_scalar( $sorts ) ? (string) $sorts : '' );
		$is_whole = ( ! empty( $asked['nopaging'] ) || -1 === (int) ( $asked['posts_per_page'] ?? 0 ) ) && in_array( $asked['fields'] ?? '', array( '', 'all' ), true );
		$known    = array( ...self::SORTS_BY_PLACE, ...( $is_whole && ! $this->reads->are_of_cards() ? self::SORTS_BY_WHAT_IS_READ : array() ) );
		$sorts    = array_diff( array_map( static fn( mixed $sort ) => strtolower( (string) $sort ), $sorts ), $known );
		return array_map( static fn( string $sort ): string => 'comment_count' === $sort ? self::BY_COMMENTS : self::BY_WORDS, $sorts );
	}

	/**
	 * Without those that machines write, of which nothing is sent: core asks for the revisions of each post.
	 *
	 * @return list<string>|null null where the query's terms say of which types
	 */
	private static function types( WP_Query $query ): ?array {
		$types = Given::texts( $query->query_vars['post_type'] ?? array() );
		if ( in_array( 'any', $types, true ) ) {
			$types = array_values( get_post_types( array( 'exclude_from_search' => false ) ) );
		}
		if ( array() === $types ) {
			if ( ! $query->is_singular && $query->tax_query instanceof WP_Tax_Query && array() !== $query->tax_query->queries ) {
				return null;
			}
			$types = array( $query->is_attachment ? 'attachment' : ( $query->is_page ? 'page' : 'post' ) );
		}
		return array_values( array_filter( $types, static fn( string $type ) => ! InnerTypes::is_written_by_machines( $type ) ) );
	}
}
