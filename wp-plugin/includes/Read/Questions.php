<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Change\ShownOptions;
use Everypod\Change\SiteSettings;
use Everypod\Target\PostWords;
use WP_Comment_Query;
use WP_Post;
use WP_Query;
use WP_REST_Request;
use WP_Term_Query;
use WP_User_Query;

/**
 * What WordPress is asked for by more than an id: its own query classes, which lists of every kind go through, and what has
 * queries of its own. A question counts whatever the answer to it is. Methods are named after the hooks that call them.
 */
final class Questions {

	public const HOOKS = array(
		'rest_request_before_callbacks',
		'rest_dispatch_request',
		'rest_request_after_callbacks',
		'posts_pre_query',
		'pre_get_terms',
		'pre_get_comments',
		'pre_get_users',
		'get_usernumposts',
		'get_previous_post_where',
		'get_next_post_where',
		'getarchives_where',
		'pre_option',
		'pre_option_sticky_posts',
		'sidebars_widgets',
		'pre_wp_nav_menu',
		'has_nav_menu',
	);

	/** @var array<string, true> options that were looked at once, and are none of those that have a word */
	private array $unnamed = array();

	/** Whether it is only being asked who may see what: whoever has written a post that is shown may be seen with it. */
	private bool $is_asking_for_permission = false;

	private readonly Answering $answering;
	private readonly PostQuestions $posts;
	private readonly TermQuestions $terms;
	private readonly ThemeModQuestions $theme_mods;
	private readonly MenuPlaceQuestions $menu_places;

	public function __construct( private readonly Reads $reads ) {
		$this->answering   = new Answering( $reads );
		$this->posts       = new PostQuestions( $reads );
		$this->terms       = new TermQuestions( $reads, $this->answering );
		$this->menu_places = new MenuPlaceQuestions( $reads );
		$this->theme_mods  = new ThemeModQuestions( $reads, $this->menu_places );
	}

	public function rest_request_before_callbacks( mixed $answer ): mixed {
		$this->is_asking_for_permission = true;
		return $answer;
	}

	public function rest_dispatch_request( mixed $answer, mixed $request = null, mixed $route = null, mixed $handler = null ): mixed {
		$this->is_asking_for_permission = false;
		if ( $request instanceof WP_REST_Request ) {
			$this->answering->begins( $request, $handler );
		}
		return $answer;
	}

	public function rest_request_after_callbacks( mixed $answer, mixed $handler = null, mixed $request = null ): mixed {
		$this->is_asking_for_permission = false;
		if ( $request instanceof WP_REST_Request ) {
			$this->answering->ends( $request );
		}
		return $answer;
	}

	/** Once the query is what it will be, and for those that are kept from filters, too. */
	public function posts_pre_query( mixed $posts, mixed $query = null ): mixed {
		if ( $query instanceof WP_Query ) {
			$this->posts->asked( $query, null !== $posts );
			FrontPageQuestions::decides( $query ) && $this->reads->says( Key::option( SiteSettings::FRONT_PAGE ) );
		}
		return $posts;
	}

	public function pre_get_terms( mixed $query ): void {
		if ( $query instanceof WP_Term_Query ) {
			$this->terms->asked( $query );
		}
	}

	/** Before core makes one of what the post says, for which it reads nothing. */
	public function get_the_excerpt( mixed $excerpt, mixed $post = null ): mixed {
		if ( $post instanceof WP_Post && '' === trim( is_scalar( $excerpt ) ? (string) $excerpt : '' ) ) {
			$this->reads->post( $post->ID );
		}
		return $excerpt;
	}

	public function pre_get_comments( mixed $query ): void {
		if ( ! $query instanceof WP_Comment_Query ) {
			return;
		}
		$asked    = $query->query_vars;
		$posts    = Given::ids( $asked['post_id'] ?? 0, $asked['post__in'] ?? array() );
		$comments = Given::ids( $asked['comment__in'] ?? array(), $asked['parent'] ?? 0, $asked['parent__in'] ?? array() );
		array_map( fn( int $id ) => $this->reads->post( $id ), $posts );
		// Of the same post as these.
		array_map( fn( int $id ) => $this->reads->comment( $id ), array() === $posts ? $comments : array() );
		if ( array() === array( ...$posts, ...$comments ) ) {
			$this->reads->says( Key::COMMENTS );
		}
	}

	public function pre_get_users( mixed $query ): void {
		if ( ! $query instanceof WP_User_Query ) {
			return;
		}
		$asked    = $query->query_vars;
		$users    = Given::ids( $asked['include'] ?? array() );
		$by_posts = ! empty( $asked['has_published_posts'] ) || str_contains( (string) wp_json_encode( $asked['orderby'] ?? '' ), 'post_count' );
		array_map( fn( int $id ) => $this->reads->user( $id ), $users );
		$slugs = Given::texts( array( $asked['nicename'] ?? '', ...(array) ( $asked['nicename__in'] ?? array() ) ) );
		if ( array() === $users && array() !== $slugs ) {
			array_map( fn( string $slug ) => $this->reads->users_by_slug( $slug, $by_posts ), $slugs );
		} elseif ( array() === $users ) {
			$this->reads->says( Key::USERS, ...( $by_posts ? array( Key::AUTHORS ) : array() ) );
		} elseif ( $by_posts ) {
			$this->reads->says( ...array_map( Key::list_of_author( ... ), $users ) );
		}
	}

	public function get_usernumposts( mixed $count, mixed $user = 0 ): mixed {
		if ( ! $this->is_asking_for_permission && $this->answering->may_show_what_users_have_written() ) {
			$this->reads->says( ...array_map( Key::list_of_author( ... ), Given::ids( $user ) ) );
		}
		return $count;
	}

	public function get_previous_post_where( mixed $sql, mixed $in_same_term = false, mixed $excluded = '', mixed $taxonomy = '', mixed $post = null ): mixed {
		$type = $post instanceof WP_Post ? $post->post_type : '';
		if ( self::is_asked_for_otherwise( 'get_previous_post', 'get_next_post' ) ) {
			$this->reads->says( ...PostWords::of_anything( ...( '' === $type ? array_values( get_post_types() ) : array( $type ) ) )->words() );
			return $sql;
		}
		$this->reads->says( '' === $type ? Key::LIST : Key::list_of_type( $type ), ...( $in_same_term || ! empty( $excluded ) ? array( is_string( $taxonomy ) && '' !== $taxonomy ? Key::moves_in_taxonomy( $taxonomy ) : Key::MOVES_IN_TERMS ) : array() ) );
		return $sql;
	}

	public function get_next_post_where( mixed $sql, mixed $in_same_term = false, mixed $excluded = '', mixed $taxonomy = '', mixed $post = null ): mixed {
		return $this->get_previous_post_where( $sql, $in_same_term, $excluded, $taxonomy, $post );
	}

	public function getarchives_where( mixed $sql, mixed $asked = array() ): mixed {
		$type  = is_array( $asked ) && is_string( $asked['post_type'] ?? null ) ? $asked['post_type'] : 'post';
		$shows = is_array( $asked ) && in_array( $asked['type'] ?? '', array( 'postbypost', 'alpha' ), true );
		$words = array( $shows ? Key::any_of_type( $type ) : Key::list_of_type( $type ) );
		$this->reads->says( ...( self::is_asked_for_otherwise( 'getarchives' ) ? PostWords::of_anything( $type )->words() : $words ) );
		return $sql;
	}

	/** WordPress keeps what it has read of this option before any answer is made. */
	public function sidebars_widgets( mixed $sidebars ): mixed {
		$this->reads->says( Key::option( 'sidebars_widgets' ) );
		return $sidebars;
	}

	/** A menu is about to be shown: that of a place, or any. */
	public function pre_wp_nav_menu( mixed $menu, mixed $asked = null ): mixed {
		if ( null === $menu && is_object( $asked ) ) {
			$place = $asked->theme_location ?? '';
			$this->menu_places->is_about_to_ask( is_scalar( $place ) ? (string) $place : '' );
		}
		return $menu;
	}

	public function has_nav_menu( mixed $has, mixed $place = '' ): mixed {
		if ( is_scalar( $place ) ) {
			$this->menu_places->has_asked_of( (string) $place );
		}
		return $has;
	}

	public function pre_option_sticky_posts( mixed $value ): mixed {
		$this->posts->stickies->option_is_read();
		return $value;
	}

	/** Asked some thousand times. */
	public function pre_option( mixed $value, mixed $name = '' ): mixed {
		$this->theme_mods->settle();
		if ( ! is_string( $name ) || isset( $this->unnamed[ $name ] ) ) {
			return $value;
		}
		if ( str_starts_with( $name, 'theme_mods_' ) && $this->theme_mods->asked( $name ) ) {
			return $value;
		}
		// Core writes these into scripts that it knows of from then on, of which an answer has none.
		if ( FrontPageQuestions::is_of_one_page( $name ) || doing_action( 'wp_default_scripts' ) ) {
			return $value;
		}
		$this->unnamed[ $name ] = true;
		$setting                = SiteSettings::name( $name );
		if ( null !== $setting || ShownOptions::has( $name ) ) {
			$this->reads->says( Key::option( $setting ?? $name ) );
		}
		return $value;
	}

	/** Says what was asked for and not said yet, since more might have followed. */
	public function settle(): void {
		$this->theme_mods->settle();
		$this->menu_places->settle();
	}

	public function end(): void {
		$this->theme_mods->end();
	}

	/** Whether somebody else has a say in what is asked of the database: then whatever a post says may decide. */
	private static function is_asked_for_otherwise( string ...$questions ): bool {
		foreach ( $questions as $question ) {
			$others = array_merge( array(), ...( $GLOBALS['wp_filter'][ "{$question}_where" ]->callbacks ?? array() ) );
			if ( count( $others ) > 1 || has_filter( "{$question}_join" ) || has_filter( "{$question}_sort" ) ) {
				return true;
			}
		}
		return false;
	}
}
