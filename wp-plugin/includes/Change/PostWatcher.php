<?php

declare( strict_types=1 );

namespace Everypod\Change;

use Closure;
use Everypod\Event\Evidence;
use Everypod\Limits;
use Everypod\Read\Key;
use Everypod\Target\DescendantTargets;
use Everypod\Target\InnerTypes;
use Everypod\Target\MediaTargets;
use Everypod\Target\Place;
use Everypod\Target\PostTargets;
use Everypod\Target\PostWords;
use Everypod\Target\SitePath;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use Everypod\Target\TermTargets;
use WP_Post;
use WP_Term;

/** Sees what happens to posts. Methods are named after the hooks that call them. */
final class PostWatcher {

	/** WordPress's own bookkeeping, which no page shows. */
	private const UNSEEN_META = array(
		'_edit_lock',
		'_edit_last',
		'_encloseme',
		'_pingme',
		'_trackbackme',
		'_wp_desired_post_slug',
		'_wp_old_date',
		'_wp_old_slug',
		'_wp_trash_meta_comments_status',
		'_wp_trash_meta_status',
		'_wp_trash_meta_time',
	);

	/** Posts that any page may be made from, for whoever goes by no words; many of them are saved at once. */
	private const OF_THE_SITE = array(
		'nav_menu_item'    => SiteWatcher::MENU_UPDATED,
		'wp_template'      => SiteWatcher::THEME_UPDATED,
		'wp_template_part' => SiteWatcher::THEME_UPDATED,
		'wp_global_styles' => SiteWatcher::THEME_UPDATED,
		'custom_css'       => SiteWatcher::THEME_UPDATED,
	);

	/** The editor makes an empty one of these where it is opened, and that it is there changes no page. */
	private const MADE_BY_LOOKING = array( 'wp_global_styles' );

	/** @var array<int, PostState> posts before the save that is under way */
	private array $before = array();

	/** @var array<int, array<string, mixed>> their rows at that time */
	private array $rows = array();

	/** @var array<int, string> what the addresses of the pages below it began with */
	private array $bases = array();

	/** @var array<int, string> paths of posts whose terms are being changed, which may be part of them */
	private array $paths = array();

	/** @var array<int, true> posts whose terms were changed since */
	private array $moved = array();

	/** @var array<int, Targets> where images are shown, looked up once */
	private array $media = array();

	/** How many new posts are being saved, of which nobody knows the end yet. */
	private int $new = 0;

	/** @var array<int, list<int>> posts that lose a meta value, by the first of its ids */
	private array $losing = array();

	public function __construct( private readonly ChangeListener $listener ) {}

	/** Trashing renames the slug before `pre_post_update`, so the address is taken down here. */
	public function wp_trash_post( int $post_id ): void {
		$this->remember( $post_id );
	}

	public function pre_post_update( int $post_id ): void {
		$this->remember( $post_id );
	}

	/** Before the row of a post is written. */
	public function wp_insert_post_data( mixed $data, mixed $given = null, mixed $unsanitized = null, bool $update = false ): mixed {
		$this->new += $update ? 0 : 1;
		return $data;
	}

	/**
	 * The end of every save, with terms, meta and featured image in place. The metabox pass of the
	 * classic screens comes here as a second request of its own. Where nothing is known of how an updated post was
	 * before, it was as it is now.
	 */
	public function wp_after_insert_post( int $post_id, mixed $given, bool $update = true, ?WP_Post $post_before = null ): void {
		$post      = PostTargets::post( $post_id );
		$this->new = max( 0, $this->new - ( $update ? 0 : 1 ) );
		if ( ! $post ) {
			return;
		}
		$seen    = isset( $this->before[ $post_id ] );
		$before  = $this->before[ $post_id ] ?? PostState::nothing();
		$rows    = $this->rows[ $post_id ] ?? null;
		$after   = PostState::of( $post, $this->terms_as_before( $post ) );
		$knows   = ! $update || $seen || $post_before?->ID === $post_id;
		$earlier = match ( true ) {
			$post_before && get_object_vars( $post_before ) === $rows => $before,
			$post_before?->ID === $post_id => PostState::of( $post_before ),
			$update && ! $seen             => $after,
			default                        => PostState::nothing(),
		};
		$bases        = array( $this->bases[ $post_id ] ?? '', $post_before?->ID === $post_id ? DescendantTargets::base( $post_before ) : '' );
		$bases        = array_values( array_unique( array_diff( $bases, array( '', DescendantTargets::base( $post ) ) ) ) );
		$below        = array() === $bases ? Targets::of() : DescendantTargets::of( $post, ...$bases );
		$is_as_it_was = $update && $seen && get_object_vars( $post ) === $rows;
		unset( $this->before[ $post_id ], $this->rows[ $post_id ], $this->bases[ $post_id ], $this->moved[ $post_id ] );

		if ( $is_as_it_was && DoneBy::a_program() && $this->listener->take_back( Subject::post( $post ) ) ) {
			return;
		}
		$was_public = $before->is_public || $earlier->is_public;
		$is_unseen  = ! $was_public && ( ! $after->is_public || in_array( $post->post_type, self::MADE_BY_LOOKING, true ) );
		if ( $is_unseen ) {
			if ( ! $below->is_empty() ) {
				$this->tell( 'post.updated', $post, $below );
			}
			return;
		}
		// Its present address first: it is looked at before all others.
		$targets = $after->targets->union( $before->targets, $earlier->targets );
		$moves   = $after->place->since( $earlier->place )->union( $seen ? $after->place->since( $before->place ) : Targets::of() );
		$targets = $targets->union( $knows ? $moves : $after->place->all() );
		$targets = $targets->union( $below, $this->of_media( $post ), $update && $was_public !== $after->is_public ? PostWords::of_media_below( $post ) : Targets::of() );
		$name    = match ( true ) {
			! $was_public                    => 'post.published',
			$after->is_public                => 'post.updated',
			'trash' === $post->post_status   => 'post.trashed',
			default                          => 'post.unpublished',
		};
		$was_for_everybody = $before->is_for_everybody || $earlier->is_for_everybody;
		$vanishes          = ! $after->is_public || ( $was_for_everybody && ! $after->is_for_everybody );
		$evidence          = Evidence::of( $earlier === $before ? $before->texts : array( ...$before->texts, ...$earlier->texts ), $after->texts, $after->new_version( $before, $earlier ) );
		$this->tell( $name, $post, $targets, $evidence, $vanishes, Targets::of() );
	}

	/** Attachments have end hooks of their own. */
	public function attachment_updated( int $post_id, mixed $given = null, ?WP_Post $post_before = null ): void {
		$this->wp_after_insert_post( $post_id, $given, true, $post_before );
	}

	public function add_attachment( int $post_id ): void {
		$this->wp_after_insert_post( $post_id, null, false );
	}

	/** A deletion for good has no end hook that still knows the address. */
	public function before_delete_post( int $post_id ): void {
		$post  = PostTargets::post( $post_id );
		$state = $post ? PostState::of( $post ) : PostState::nothing();
		$below = $post ? DescendantTargets::that_move_up( $post ) : Targets::of();
		if ( $post && $state->is_public ) {
			$this->tell( 'post.deleted', $post, $state->targets->union( $state->place->lists(), $below, $this->of_media( $post ), PostWords::of_media_below( $post ) ), Evidence::withheld(), true );
		} elseif ( $post && ! $below->is_empty() ) {
			// It was in the trash, and those below it were not.
			$this->tell( 'post.updated', $post, $below );
		}
	}

	/** Before the first of the changes of terms. */
	public function add_term_relationship( int $object_id ): void {
		$post = isset( $this->paths[ $object_id ] ) ? null : PostTargets::visible( $object_id );
		if ( $post ) {
			$this->paths[ $object_id ] = self::path_of( $post );
		}
	}

	public function delete_term_relationships( int $object_id ): void {
		$this->add_term_relationship( $object_id );
	}

	/**
	 * Terms that are set by the API fire nothing else.
	 *
	 * @param array<mixed> $tt_ids
	 * @param array<mixed> $old_tt_ids
	 */
	public function set_object_terms( int $object_id, mixed $terms, array $tt_ids, string $taxonomy, bool $append = false, array $old_tt_ids = array() ): void {
		$before = self::ids( $old_tt_ids );
		$now    = $append ? array_merge( $before, self::ids( $tt_ids ) ) : self::ids( $tt_ids );
		if ( ! array_diff( $now, $before ) && ! array_diff( $before, $now ) ) {
			return;
		}
		$this->terms_changed( $object_id, array_diff( $now, $before ), array_diff( $before, $now ) );
	}

	/** @param array<mixed> $tt_ids */
	public function deleted_term_relationships( int $object_id, array $tt_ids ): void {
		$this->terms_changed( $object_id, array(), self::ids( $tt_ids ) );
	}

	/** Meta that is set by the API fires nothing else either; during a save this only comes early. */
	public function post_meta( mixed $meta_id, int $post_id, string $key ): void {
		if ( self::is_seen( $key ) ) {
			$this->touched( $post_id, meta_key: $key );
		}
	}

	/** WooCommerce counts by SQL, so that no order is lost to another one, and says of whom. */
	public function woocommerce_updated_product_stock( int $product_id ): void {
		$this->post_meta( 0, $product_id, '_stock' );
	}

	public function woocommerce_updated_product_sales( int $product_id ): void {
		$this->post_meta( 0, $product_id, 'total_sales' );
	}

	/** By what attributes products are found is written into a table of its own, minutes after they were saved. */
	public function woocommerce_run_product_attribute_lookup_update_callback( int $product_id ): void {
		$this->post_meta( 0, $product_id, '_product_attributes' );
	}

	/**
	 * A key can be deleted from every post at once, as core does with the image that was a featured one. Then no post is
	 * named, or one that may have nothing to do with it: who had it is known only from the values that still are there.
	 *
	 * @param array<mixed> $meta_ids
	 */
	public function delete_post_meta( array $meta_ids, mixed $post_id, string $key ): void {
		$ids = array_values( self::ids( $meta_ids ) );
		if ( array() !== $ids && self::is_seen( $key ) ) {
			$this->losing[ $ids[0] ] = self::posts_with( $ids );
		}
	}

	/** @param array<mixed> $meta_ids */
	public function deleted_post_meta( array $meta_ids, int $post_id, string $key ): void {
		$id    = array_values( self::ids( $meta_ids ) )[0] ?? 0;
		$posts = $this->losing[ $id ] ?? array( $post_id );
		unset( $this->losing[ $id ] );
		if ( count( $posts ) > Limits::RELATED_POSTS ) {
			$this->listener->changed( Change::by_current_user( 'site.updated', Subject::site() ), Targets::of( Target::whole_site() ) );
			return;
		}
		foreach ( $posts as $post ) {
			$this->post_meta( $id, $post, $key );
		}
	}

	/** Bulk edit and Quick Edit set stickiness after the save. */
	public function post_stuck( int $post_id ): void {
		$post = PostTargets::post( $post_id );
		if ( $post ) {
			$this->touched( $post_id, Targets::of_words( Key::STICKY, Key::card( $post_id ) ) );
		}
	}

	public function post_unstuck( int $post_id ): void {
		$this->post_stuck( $post_id );
	}

	/** Whoever writes the option fires nothing else. */
	public function update_option_sticky_posts( mixed $before, mixed $now ): void {
		$before = is_array( $before ) ? self::ids( $before ) : array();
		$now    = is_array( $now ) ? self::ids( $now ) : array();
		array_map( $this->post_stuck( ... ), array_values( array( ...array_diff( $before, $now ), ...array_diff( $now, $before ) ) ) );
	}

	public function add_option_sticky_posts( mixed $name, mixed $now ): void {
		$this->update_option_sticky_posts( array(), $now );
	}

	/**
	 * @param array<int> $added   term_taxonomy ids
	 * @param array<int> $removed likewise
	 */
	private function terms_changed( int $post_id, array $added, array $removed ): void {
		$post = PostTargets::post( $post_id );
		if ( ! $post ) {
			return;
		}
		$has   = array_column( PostWords::terms( $post ), null, 'term_taxonomy_id' );
		$path  = $this->paths[ $post_id ] ?? '';
		$moves = Targets::of( '' === $path ? null : Target::path( $path ) );
		$moves = self::path_of( $post ) === $path ? $moves : $moves->union( Targets::of_words( Key::card( $post_id ) ) );
		unset( $this->paths[ $post_id ] );
		$this->moved[ $post_id ] = true;
		foreach ( array( ...$added, ...$removed ) as $tt_id ) {
			$term = $has[ $tt_id ] ?? get_term_by( 'term_taxonomy_id', $tt_id );
			if ( $term instanceof WP_Term ) {
				$moves = $moves->union( Targets::of_words( ...PostWords::of_moves_in( $term ) ), is_taxonomy_viewable( $term->taxonomy ) ? TermTargets::with_ancestors( $term ) : Targets::of() );
			}
		}
		// A save that is killed before its end must not be taken for one that has told of all.
		$this->touched( $post_id, $moves, for_now: $this->new > 0 ? Place::of( $post )->all() : null );
	}

	/**
	 * A save has WordPress forget which these are, be they the same.
	 *
	 * @return list<WP_Term>|null null where they may be others than before the save
	 */
	private function terms_as_before( WP_Post $post ): ?array {
		$before = $this->before[ $post->ID ] ?? null;
		$had    = $this->rows[ $post->ID ]['post_type'] ?? '';
		return $before?->is_public && ! isset( $this->moved[ $post->ID ] ) && $had === $post->post_type ? $before->terms : null;
	}

	/** An image is shown on other pages than its own. */
	private function of_media( WP_Post $post ): Targets {
		return 'attachment' === $post->post_type ? $this->media[ $post->ID ] ??= MediaTargets::of( $post->ID ) : Targets::of();
	}

	private function touched( int $post_id, ?Targets $more = null, ?string $meta_key = null, ?Targets $for_now = null ): void {
		$post = PostTargets::post( $post_id );
		if ( $post && InnerTypes::is_read( $post ) && ! in_array( $post->post_type, self::MADE_BY_LOOKING, true ) ) {
			$words   = null === $meta_key ? null : PostWords::of_meta( $post );
			$targets = fn() => PostTargets::where_it_stays( $post, $words )->union( $more ?? Targets::of(), $this->of_media( $post ) );
			$this->tell( 'post.updated', $post, null === $meta_key ? $targets() : $targets, for_now: $for_now, meta_key: $meta_key );
		}
	}

	/**
	 * Takes down how a post was, and tells of it at once when visitors could see it: a save that is killed on its way
	 * has then left its event behind.
	 */
	private function remember( int $post_id ): void {
		$post = PostTargets::post( $post_id );
		if ( ! $post || isset( $this->before[ $post_id ] ) ) {
			return;
		}
		$this->before[ $post_id ] = PostState::of( $post );
		$this->rows[ $post_id ]   = get_object_vars( $post );
		$this->bases[ $post_id ]  = DescendantTargets::base( $post );
		if ( $this->before[ $post_id ]->is_public ) {
			$this->tell( 'post.updated', $post, $this->before[ $post_id ]->targets, for_now: $this->before[ $post_id ]->place->all() );
		}
	}

	/**
	 * A menu says itself whether it has items. And global styles come by being looked for, of which nothing is told.
	 *
	 * @return list<string>
	 */
	private static function found_by_more( WP_Post $post ): array {
		return match ( $post->post_type ) {
			'nav_menu_item'    => array_map( static fn( WP_Term $menu ) => Key::term_itself( $menu->term_id ), PostWords::terms( $post ) ),
			'wp_global_styles' => array( Key::list_of_type( $post->post_type ) ),
			default            => array(),
		};
	}

	private static function path_of( WP_Post $post ): string {
		return SitePath::of( get_permalink( $post ) )?->to_array()['path'] ?? '';
	}

	private static function is_seen( string $meta_key ): bool {
		return ! in_array( $meta_key, self::UNSEEN_META, true ) && ! str_starts_with( $meta_key, '_oembed_' );
	}

	/**
	 * @param list<int> $meta_ids
	 * @return list<int> one more than are told of one by one, at most
	 */
	private static function posts_with( array $meta_ids ): array {
		global $wpdb;
		$ids = implode( ', ', $meta_ids );
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Whole numbers.
		$posts = $wpdb->get_col( $wpdb->prepare( "SELECT DISTINCT post_id FROM %i WHERE meta_id IN ( $ids ) ORDER BY post_id LIMIT %d", $wpdb->postmeta, Limits::RELATED_POSTS + 1 ) );
		return array_values( array_map( intval( ... ), $posts ) );
	}

	/**
	 * @param array<mixed> $given
	 * @return array<int>
	 */
	private static function ids( array $given ): array {
		return array_map( intval( ... ), array_filter( $given, is_numeric( ... ) ) );
	}

	/** @param Targets|Closure(): Targets $targets */
	private function tell( string $name, WP_Post $post, Targets|Closure $targets, ?Evidence $evidence = null, bool $vanishes = false, ?Targets $for_now = null, ?string $meta_key = null ): void {
		$of_the_site = self::OF_THE_SITE[ $post->post_type ] ?? null;
		if ( null !== $of_the_site ) {
			$words = Targets::everything_without( ...self::found_by_more( $post ) )->union( $targets instanceof Closure ? $targets() : $targets );
			$this->listener->changed( Change::by_current_user( $of_the_site, Subject::site() ), $words, for_now: $for_now );
			return;
		}
		$change = Change::by_current_user( $name, Subject::post( $post ), $vanishes );
		$this->listener->changed( null === $meta_key ? $change : $change->of_meta( $meta_key ), $targets, $evidence, $for_now );
	}
}
