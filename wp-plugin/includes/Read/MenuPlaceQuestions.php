<?php

declare( strict_types=1 );

namespace Everypod\Read;

/**
 * Which menu stands at which place. Core's own functions say of which place they ask. Whoever takes all of them and then reads one of
 * these menus is known by that menu, and by the places for those that are empty; whoever reads none may show where each stands.
 */
final class MenuPlaceQuestions {

	/** @var array{menus: list<int>, times: int}|null the menus that were given out last, and how many times they had been read */
	private ?array $given = null;

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
			$menus       = Given::ids( array_values( is_array( $places ) ? $places : array() ) );
			$this->given = array(
				'menus' => $menus,
				'times' => $this->reads->times_terms_were_read( ...$menus ),
			);
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
		if ( null !== $this->given ) {
			$was_for_a_menu = $this->reads->times_terms_were_read( ...$this->given['menus'] ) > $this->given['times'];
			$this->reads->says( Key::theme_mod( ThemeModQuestions::PLACES ), ...( $was_for_a_menu ? array() : array( Key::MENU_PLACES ) ) );
			$this->given = null;
		}
	}
}
