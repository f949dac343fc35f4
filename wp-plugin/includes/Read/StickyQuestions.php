<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_Query;

/**
 * Which posts are sticky is an option, and every query for posts reads it, whatever becomes of that. So it counts where a query
 * puts them first, asks for them or leaves them out, and where anybody else has read it than core on its own account.
 */
final class StickyQuestions {

	private const OPTION = 'sticky_posts';

	/** From whoever wants the option up to this: the hook's method and its filter, and `get_option()`. */
	private const FRAMES = 8;

	public function __construct( private readonly Reads $reads ) {}

	public function asked( WP_Query $query ): void {
		$asked = $query->query_vars;
		$named = Given::ids( $asked['post__in'] ?? array(), $asked['post__not_in'] ?? array() );
		if ( ( $query->is_home && empty( $asked['ignore_sticky_posts'] ) ) || ( array() !== $named && array() !== array_intersect( $named, Given::ids( get_option( self::OPTION ) ) ) ) ) {
			$this->reads->says( Key::STICKY );
		}
	}

	/** Told by a filter on the option. Of a single post, that itself will do: the event is about it. */
	public function option_is_read(): void {
		list( $name, $asked ) = Caller::of( 'get_option', self::FRAMES, true );
		if ( 'is_sticky' === $name ) {
			$id = Given::ids( $asked[0] ?? 0 )[0] ?? (int) get_the_ID();
			$id > 0 ? $this->reads->asked_for_post( $id ) : $this->reads->says( Key::STICKY );
		} elseif ( ! in_array( $name, array( 'WP_Query::get_posts', self::class . '::asked' ), true ) ) {
			$this->reads->says( Key::STICKY );
		}
	}
}
