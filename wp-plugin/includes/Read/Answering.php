<?php

declare( strict_types=1 );

namespace Everypod\Read;

use WP_REST_Request;
use WP_REST_Terms_Controller;
use WP_REST_Users_Controller;

/** Which of core's endpoints is answering, also on the way to another answer: what it shows of what it reads is known. */
final class Answering {

	/** @var list<array{request: WP_REST_Request, counts: bool|null, core: bool, cards: int|null}> the outermost first; counts is null where no terms are answered, cards where more of posts is than these */
	private array $under_way = array();

	private bool $has_begun = false;

	public function __construct( private readonly Reads $reads ) {}

	/** @param mixed $handler who answers */
	public function begins( WP_REST_Request $request, mixed $handler ): void {
		$callback = is_array( $handler ) ? $handler['callback'] ?? null : null;
		$who      = is_array( $callback ) ? $callback[0] ?? null : null;
		$ids      = Given::ids( $request->get_url_params()['id'] ?? 0 );
		$counts   = $who instanceof WP_REST_Terms_Controller ? in_array( 'count', $who->get_fields_for_response( $request ), true ) : null;
		$core     = is_object( $who ) && str_starts_with( $who::class, 'WP_REST_' );
		if ( true === $counts ) {
			$this->reads->says( ...array_map( Key::list_of_term( ... ), $ids ) );
		}
		// Who has written nothing may not be seen. Who is embedded has written what they are embedded in.
		if ( $who instanceof WP_REST_Users_Controller && ! $this->has_begun ) {
			$this->reads->says( ...array_map( Key::list_of_author( ... ), $ids ) );
		}
		// The hook by which this is told is one of those under way.
		$cards             = Cards::are_answered( $who, $request ) ? count( $GLOBALS['wp_current_filter'] ) - 1 : null;
		$this->has_begun   = true;
		$this->under_way[] = compact( 'request', 'counts', 'core', 'cards' );
		$this->reads->for_cards( $cards );
	}

	public function ends( WP_REST_Request $request ): void {
		$last = $this->last();
		if ( null !== $last && $last['request'] === $request ) {
			array_pop( $this->under_way );
			$this->reads->for_cards( $this->last()['cards'] ?? null );
		}
	}

	/** Whether it is shown how many posts a term has; null where nobody knows. */
	public function shows_counts(): ?bool {
		return $this->last()['counts'] ?? null;
	}

	/**
	 * Whether how much a user has written may be shown. Core counts it only to know whether they may be seen, also between two
	 * answers, when it says what a link leads to.
	 */
	public function may_show_what_users_have_written(): bool {
		return ! $this->has_begun || false === ( $this->last()['core'] ?? null );
	}

	/** @return array{request: WP_REST_Request, counts: bool|null, core: bool, cards: int|null}|null */
	private function last(): ?array {
		$last = end( $this->under_way );
		return false === $last ? null : $last;
	}
}
