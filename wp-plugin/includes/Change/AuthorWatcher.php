<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Everypod\Read\Key;
use Everypod\Sites;
use Everypod\Target\AuthorTargets;
use Everypod\Target\HandedOverTargets;
use Everypod\Target\Targets;
use WP_User;

/**
 * Sees what happens to authors, and to users who have written nothing yet: of these nothing is told but words, since they have
 * no page. Methods are named after the hooks that call them.
 */
final class AuthorWatcher {

	/** The address stands for the portrait that is made from it. */
	private const SHOWN = array( 'user_nicename', 'display_name', 'user_url', 'user_email' );

	/** What WordPress and WooCommerce keep of how somebody works, and of customers. */
	private const UNSEEN_META = '/^(?:session_tokens|_application_passwords|_new_email|default_password_nag|community-events-location
		|dismissed_wp_pointers|show_welcome_panel|rich_editing|syntax_highlighting|comment_shortcuts|admin_color|use_ssl|show_admin_bar_front
		|locale|nav_menu_recently_edited|enable_custom_fields|last_update|paying_customer|last_activity|wp_last_login|primary_blog|source_domain|tablepress_user_options
		|.*(?:user-settings(?:-time)?|user_level|dashboard_quick_press_last_post_id|persisted_preferences|media_library_mode|_per_page)
		|(?:meta-box-order|closedpostboxes|metaboxhidden|screen_layout|manage).*|_?woocommerce_.*|wc_.*|(?:billing|shipping)_.*|_?yoast_.*)$/x';

	/** @var array<int, true> users whose fields this request has told of */
	private array $with_fields = array();

	/** @var array<int, true> users whom it saves: what else is written of them is saved with them */
	private array $saved = array();

	public function __construct( private readonly ChangeListener $listener ) {}

	public function user_register( int $user_id ): void {
		$this->tell( 'author.created', $user_id );
	}

	/**
	 * The editor saves its own preferences through here too, and no page shows those. Other plugins call this hook
	 * without the user from before: then the author's own pages may be old, and core has told of a new name itself.
	 */
	public function profile_update( int $user_id, ?WP_User $old_user = null ): void {
		$user = get_userdata( $user_id );

		$this->saved[ $user_id ] = true;
		if ( ! $user || ( $old_user && ! isset( $this->with_fields[ $user_id ] ) && ! $this->shows_otherwise( $old_user, $user ) ) ) {
			return;
		}
		// The name stands on every post, and the slug in every link to the archive.
		$is_renamed  = $old_user && ( $old_user->user_nicename !== $user->user_nicename || $old_user->display_name !== $user->display_name );
		$former_slug = $old_user->user_nicename ?? '';
		Sites::each_of_user( $user_id, fn() => $this->tell( 'author.updated', $user_id, $is_renamed ? Targets::everything_without() : null, former_slug: $former_slug ) );
	}

	/** What an author says of themself is kept apart from the profile, as is what a site's own fields say. */
	public function user_meta( mixed $meta_id, int $user_id, string $key ): void {
		if ( 1 !== preg_match( self::UNSEEN_META, $key ) ) {
			$this->with_fields[ $user_id ] = true;
			$tell                          = fn() => $this->tell( 'author.updated', $user_id, meta_key: isset( $this->saved[ $user_id ] ) ? null : $key );
			// What a user may do is said for each site.
			str_ends_with( $key, 'capabilities' ) ? $tell() : Sites::each_of_user( $user_id, $tell );
		}
	}

	/** Of posts that go to another author core tells nobody; those that go with this one are deleted one by one. */
	public function delete_user( int $user_id, ?int $reassign = null ): void {
		$this->tell( 'author.deleted', $user_id, null === $reassign ? Targets::everything_without() : HandedOverTargets::of( $user_id, $reassign ), true );
	}

	/** A network deletes no user of one site: it removes them, and gives their posts to another. */
	public function remove_user_from_blog( int $user_id, mixed $site_id, int $reassign = 0 ): void {
		if ( $reassign > 0 ) {
			$this->delete_user( $user_id, $reassign );
		}
	}

	/** @param Targets|null $everywhere of every page that may show it, of an author who has posts */
	private function tell( string $name, int $user_id, ?Targets $everywhere = null, bool $vanishes = false, ?string $meta_key = null, string $former_slug = '' ): void {
		$user = get_userdata( $user_id );
		if ( ! $user ) {
			return;
		}
		$slugs   = array_filter( array_unique( array( $user->user_nicename, $former_slug ) ) );
		$targets = Targets::of_words( Key::user( $user_id ), Key::USERS, ...array_map( Key::user_slug( ... ), $slugs ) );
		if ( $this->has_posts( $user_id ) ) {
			$targets = AuthorTargets::of( $user_id )->union( $targets, $everywhere ?? Targets::of() );
		}
		$change = Change::by_current_user( $name, Subject::author( $user ), $vanishes );
		$this->listener->changed( null === $meta_key ? $change : $change->of_meta( $meta_key ), $targets );
	}

	private function shows_otherwise( WP_User $before, WP_User $after ): bool {
		foreach ( self::SHOWN as $field ) {
			if ( $before->get( $field ) !== $after->get( $field ) ) {
				return true;
			}
		}
		return false;
	}

	private function has_posts( int $user_id ): bool {
		$types = array_values( array_filter( get_post_types(), 'is_post_type_viewable' ) );
		return (int) count_user_posts( $user_id, $types, true ) > 0;
	}
}
