<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Target\Target;
use Everypod\Target\Targets;

/** Sees what changes every page at once. Methods are named after the hooks that call them. */
final class SiteWatcher {

	private const OPTIONS = array(
		'blogname',
		'blogdescription',
		'category_base',
		'date_format',
		'page_for_posts',
		'page_on_front',
		'permalink_structure',
		'posts_per_page',
		'show_on_front',
		'site_icon',
		'tag_base',
		'time_format',
		'timezone_string',
		'WPLANG',
	);

	public function __construct( private readonly ChangeListener $listener ) {}

	public function updated_option( string $option ): void {
		if ( in_array( $option, self::OPTIONS, true ) ) {
			$this->tell( 'site.updated' );
		}
	}

	public function switch_theme(): void {
		$this->tell( 'theme.switched' );
	}

	/** Once for a menu, whose items are saved as many posts. */
	public function wp_update_nav_menu(): void {
		$this->tell( 'menu.updated' );
	}

	private function tell( string $name ): void {
		$this->listener->changed(
			Change::by_current_user( $name, Subject::site() ),
			Targets::of( Target::whole_site() )
		);
	}
}
