<?php

declare( strict_types=1 );

namespace Everypod\Read;

/**
 * The words for what an answer was made of, which are those that events carry as tags. Whatever is read and whatever is
 * sent takes them from here; docs/keys.md is their table.
 */
final class Key {

	/**
	 * Carried by the event of every public post, attachments aside: so it stands for each list that nothing narrower
	 * bounds, and for what is asked for by a name that nothing has yet.
	 */
	public const LISTS = 'wp:front-page';

	/** What is named as it is, and the words for places that no read is named by. All others are named by their hash. */
	private const NEVER_HASHED = '/^wp:(?:(?:post|term):\d+|front-page|posts-page|archive:.*|#.*)$/sD';

	public static function post( int $id ): string {
		return "wp:post:$id";
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
