<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Everypod\Change\Change;
use Everypod\Change\ChangeListener;
use Everypod\Change\Subject;
use Everypod\Clock;
use Everypod\Limits;
use Everypod\Target\PostTargets;
use WP_Post;

/**
 * Finds saves that were killed after the post was written and before its event was: public posts that changed lately
 * and have no event since. Posts that were public before leave an event at the beginning of the save already.
 */
final class Sweep {

	public const DONE_OPTION = 'everypod_swept_until';

	public function __construct(
		private readonly ChangeListener $listener,
		private readonly Clock $clock
	) {}

	public function run(): void {
		if ( ! Schema::mend() ) {
			return;
		}
		// Saves that are still under way come next time.
		$until = $this->clock->now() - Limits::SWEEP_GRACE_SECONDS;
		$since = (int) get_option( self::DONE_OPTION, $until );
		foreach ( $this->without_event( $since, $until ) as $post ) {
			if ( ! $this->listener->changed( Change::by_current_user( 'post.updated', Subject::post( $post ) ), PostTargets::of( $post ) ) ) {
				return;
			}
		}
		update_option( self::DONE_OPTION, $until, false );
	}

	/** @return list<WP_Post> by either date: publishing by cron leaves the time of modification as it was */
	private function without_event( int $since, int $until ): array {
		global $wpdb;
		$types    = array_values( array_filter( get_post_types(), 'is_post_type_viewable' ) );
		$statuses = array_values( array_filter( get_post_stati(), 'is_post_status_viewable' ) );
		$from     = gmdate( 'Y-m-d H:i:s', $since );
		$to       = gmdate( 'Y-m-d H:i:s', $until );
		// phpcs:disable WordPress.DB.PreparedSQL.InterpolatedNotPrepared -- Placeholders, one for each value.
		$ids = $wpdb->get_col(
			$wpdb->prepare(
				"SELECT ID FROM %i AS post
				WHERE post_type IN ( {$this->placeholders( $types )} ) AND post_status IN ( {$this->placeholders( $statuses )} )
				AND ( ( post_modified_gmt > %s AND post_modified_gmt <= %s ) OR ( post_date_gmt > %s AND post_date_gmt <= %s ) )
				AND NOT EXISTS (
					SELECT 1 FROM %i AS event
					WHERE event.subject_kind = %s AND event.subject_id = CAST( post.ID AS CHAR ) AND event.created_at >= %d
				)
				ORDER BY ID LIMIT %d",
				array(
					$wpdb->posts,
					...$types,
					...$statuses,
					$from,
					$to,
					$from,
					$to,
					Schema::table(),
					Subject::POST,
					$since - Limits::SWEEP_GRACE_SECONDS,
					Limits::POSTS_PER_SWEEP,
				)
			)
		);
		// phpcs:enable
		$posts = array_map( static fn( string $id ) => get_post( (int) $id ), $ids );
		return array_values( array_filter( $posts, static fn( $post ) => $post instanceof WP_Post ) );
	}

	/** @param list<string> $values */
	private function placeholders( array $values ): string {
		return implode( ', ', array_fill( 0, count( $values ), '%s' ) );
	}
}
