<?php

declare( strict_types=1 );

namespace Everypod\Read;

/**
 * The words for what an answer was made of, which are those that events carry as tags. Whatever is read and whatever is
 * sent takes them from here; docs/keys.md is their table.
 */
final class Key {

	/**
	 * Carried by the event of every public post, attachments aside, whatever has changed: so it stands for what nothing
	 * narrower bounds.
	 */
	public const LISTS = 'wp:front-page';

	/** Which posts there are, of whatever type. */
	public const LIST = 'wp:list';

	/** Which users there are, and how each of them is. */
	public const USERS = 'wp:users';

	/** Who has written how much. */
	public const AUTHORS = 'wp:authors';

	/** Which posts are sticky. */
	public const STICKY = 'wp:sticky';

	/** Which terms posts are in, of whatever type and taxonomy. */
	public const MOVES_IN_TERMS = 'wp:moves:terms';

	/** Which comments visitors can see, of whatever post. */
	public const COMMENTS = 'wp:comments';

	/** Which menu stands at which place, of someone who may show that without reading the menu. */
	public const MENU_PLACES = 'wp:menu-places';

	/** What is named as it is, and the words for places that no read is named by. All others are named by their hash. */
	private const NEVER_HASHED = '/^wp:(?:(?:post|term):\d+|front-page|posts-page|archive:.*|#.*)$/sD';

	public static function post( int $id ): string {
		return "wp:post:$id";
	}

	/**
	 * What core's lists say of a post to whoever asks for that alone: its slug, address, title, excerpt and date, and whether it
	 * is sticky. Known by its hash only.
	 */
	public static function card( int $id ): string {
		return "wp:card:$id";
	}

	public static function term( int $id ): string {
		return "wp:term:$id";
	}

	/** What is listed by this author: every post of theirs carries it. */
	public static function author( int $id ): string {
		return "wp:author:$id";
	}

	/**
	 * The user alone, without what they have written: core reads the author of each post that it prepares, and a page
	 * is not to go with every other post of that author. Known by its hash only.
	 */
	public static function user( int $id ): string {
		return "wp:user:$id";
	}

	/** Which user has this slug. */
	public static function user_slug( string $slug ): string {
		return "wp:user-slug:$slug";
	}

	/** Which posts of this type there are, where and since when: what each of them says is known by itself. */
	public static function list_of_type( string $type ): string {
		return "wp:list:type:$type";
	}

	/** Those of one month, such as 2026-11. */
	public static function list_of_month( string $type, string $month ): string {
		return "wp:list:month:$type:$month";
	}

	/** Which posts are in this term, or in one below. */
	public static function list_of_term( int $id ): string {
		return "wp:list:term:$id";
	}

	public static function list_of_author( int $id ): string {
		return "wp:list:author:$id";
	}

	/** Which posts stand right below this one. */
	public static function list_below( int $id ): string {
		return "wp:list:parent:$id";
	}

	/**
	 * Which posts are put into this term, or one below, or taken out, and stay where they are else: for lists that are bounded by
	 * something else, or that leave these posts out.
	 */
	public static function moves_in_term( int $id ): string {
		return "wp:moves:term:$id";
	}

	/** The same of any term of a taxonomy. */
	public static function moves_in_taxonomy( string $taxonomy ): string {
		return "wp:moves:taxonomy:$taxonomy";
	}

	/** Which posts are given to this author, or taken from them. */
	public static function moves_of_author( int $id ): string {
		return "wp:moves:author:$id";
	}

	/** Which posts are put right below this one, or taken away from there; below 0 are those on top. */
	public static function moves_below( int $id ): string {
		return "wp:moves:parent:$id";
	}

	/** Whatever changes a post of this type: what is searched or sorted by more than a date can have it at another place. */
	public static function any_of_type( string $type ): string {
		return "wp:any:type:$type";
	}

	/** The same where meta of a post decides: of a change of meta alone, only this is told. */
	public static function any_meta_of_type( string $type ): string {
		return "wp:any-meta:type:$type";
	}

	/** The same where how many comments a post has decides: of comments, only this is told. */
	public static function any_comments_of_type( string $type ): string {
		return "wp:any-comments:type:$type";
	}

	/** Which post of this type has this slug. */
	public static function slug( string $type, string $slug ): string {
		return "wp:slug:$type:$slug";
	}

	/** The term alone, without the posts that it lists: the name of a category stands on pages that list nothing of it. */
	public static function term_itself( int $id ): string {
		return "wp:term-itself:$id";
	}

	/** Which terms there are, and how each of them is. */
	public static function terms( string $taxonomy ): string {
		return "wp:terms:$taxonomy";
	}

	/** The same of those right below a term; below 0 are those on top. */
	public static function terms_below( string $taxonomy, int $id ): string {
		return "wp:terms-below:$taxonomy:$id";
	}

	/** How many posts each term has, and whether any. */
	public static function term_counts( string $taxonomy ): string {
		return "wp:term-counts:$taxonomy";
	}

	/** Which term has this slug. */
	public static function term_slug( string $taxonomy, string $slug ): string {
		return "wp:term-slug:$taxonomy:$slug";
	}

	public static function option( string $name ): string {
		return "wp:option:$name";
	}

	/** One of the theme's settings. */
	public static function theme_mod( string $name ): string {
		return "wp:theme-mod:$name";
	}

	/** Which menu stands at this place, if any. */
	public static function menu_place( string $place ): string {
		return "wp:menu-place:$place";
	}

	/** What TranslatePress has translated into a language, of whatever page. */
	public static function translations( string $language ): string {
		return "wp:translations:$language";
	}

	/** What an event carries for those who know the hash alone. */
	public static function of_hash( string $hash ): string {
		return "wp:#$hash";
	}

	/** Whether whatever reads what this word says is told of it by its hash, each time. */
	public static function is_hashed( string $word ): bool {
		return 1 !== preg_match( self::NEVER_HASHED, $word );
	}

	/** @return array{'post'|'term'|'author', int}|null null of a word that names no object of WordPress */
	public static function object_of( string $word ): ?array {
		if ( 1 !== preg_match( '/^wp:(post|term|author):([1-9]\d{0,17})$/D', $word, $match ) ) {
			return null;
		}
		return array( $match[1], (int) $match[2] );
	}
}
