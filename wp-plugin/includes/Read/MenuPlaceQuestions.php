<?php

declare( strict_types=1 );

namespace Everypod\Read;

/**
 * Which menu stands at which place. Core's own functions say of which place they ask. Whoever takes all of them and then reads one of
 * these menus has asked of where it stands. Whoever reads none may show where each does, and whoever has read one already, where that
 * does. That none stands at a place shows nowhere.
 */
final class MenuPlaceQuestions {

	/** @var array<int|string, array{menu: int, times: int}>|null what was given out last, by places, and how many times it had been read */
	private ?array $given = null;

	/** Whether a menu had been read by then. */
	private bool $is_of_a_known_menu = false;

	/** Of which place wp_nav_menu() is about to ask; empty where it asks of none. */
	private ?string $place = null;

	public function __construct( private readonly Reads $reads ) {}

	public function is_about_to_ask( string $place ): void {
		$this->place = $place;
	}

	/** @param mixed $places menus by their places */
	public function asked( mixed $places ): void {
		$place       = $this->place;
		$this->place = null;
		$this->settle();
		if ( null === $place ) {
			$this->given              = array();
			$this->is_of_a_known_menu = array() !== array_filter( $this->reads->terms(), static fn( ?object $term ) => 'nav_menu' === ( $term->taxonomy ?? '' ) );
			foreach ( is_array( $places ) ? $places : array() as $name => $menu ) {
				foreach ( Given::ids( $menu ) as $id ) {
					$this->given[ $name ] = array(
						'menu'  => $id,
						'times' => $this->reads->times_term_was_read( $id ),
					);
				}
			}
		} elseif ( '' !== $place ) {
			$this->reads->says( Key::menu_place( $place ) );
		}
	}

	/** Core has taken all places for this one. */
	public function has_asked_of( string $place ): void {
		if ( null !== $this->given && isset( get_registered_nav_menus()[ $place ] ) ) {
			$this->given = null;
			$this->reads->says( Key::menu_place( $place ) );
		}
	}

	public function settle(): void {
		if ( null === $this->given ) {
			return;
		}
		$asked       = array_filter( $this->given, fn( array $given ) => $this->reads->times_term_was_read( $given['menu'] ) > $given['times'] );
		$words       = array_map( Key::menu_place( ... ), array_map( strval( ... ), array_keys( $asked ) ) );
		$this->given = null;
		$this->reads->says( Key::theme_mod( ThemeModQuestions::PLACES ), ...$words, ...( array() === $words || $this->is_of_a_known_menu ? array( Key::MENU_PLACES ) : array() ) );
	}
}
