<?php

declare( strict_types=1 );

namespace Everypod\Rest;

use Everypod\Change\Change;
use Everypod\Change\Subject;
use Everypod\Change\Taken;
use Everypod\Clock;
use Everypod\Delivery\Courier;
use Everypod\Delivery\Problem;
use Everypod\Delivery\ProblemCode;
use Everypod\Delivery\Retry;
use Everypod\Limits;
use Everypod\Outbox\Intake;
use Everypod\Outbox\Row;
use Everypod\Outbox\Rows;
use Everypod\Settings\Settings;
use Everypod\Target\PostTargets;
use WP_Error;
use WP_Post;
use WP_REST_Request;
use WP_REST_Response;

/** What the editor's panel reads and does: a post's last delivery, "Revalidate now" and "Take down now". */
final class PostDeliveryController extends Controller {

	private const REVALIDATED = 'post.revalidated';
	private const TAKEN_DOWN  = 'post.taken_down';

	public function __construct(
		private readonly Settings $settings,
		private readonly Rows $rows,
		private readonly Intake $intake,
		private readonly Retry $retry,
		private readonly Courier $courier,
		private readonly Clock $clock
	) {}

	public function register_routes(): void {
		$id = array(
			'id' => array(
				'type'     => 'integer',
				'minimum'  => 1,
				'required' => true,
			),
		);
		register_rest_route(
			self::NAMESPACE,
			'/posts/(?P<id>\d+)/delivery',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'get_delivery' ),
					'permission_callback' => array( $this, 'may_edit' ),
					'args'                => $id,
				),
				'schema' => array( Shapes::class, 'post_delivery' ),
			)
		);
		register_rest_route(
			self::NAMESPACE,
			'/posts/(?P<id>\d+)/revalidate',
			array(
				array(
					'methods'             => 'POST',
					'callback'            => array( $this, 'revalidate' ),
					'permission_callback' => array( $this, 'may_edit' ),
					'args'                => $id,
				),
				'schema' => array( Shapes::class, 'post_delivery' ),
			)
		);
		register_rest_route(
			self::NAMESPACE,
			'/posts/(?P<id>\d+)/take-down',
			array(
				array(
					'methods'             => 'POST',
					'callback'            => array( $this, 'take_down' ),
					'permission_callback' => array( $this, 'may_edit' ),
					'args'                => $id,
				),
				'schema' => array( Shapes::class, 'post_delivery' ),
			)
		);
	}

	/** @return true|WP_Error */
	public function may_edit( WP_REST_Request $request ): bool|WP_Error {
		return self::allow(
			current_user_can( 'edit_post', (int) $request['id'] ),
			__( 'This needs someone who may edit this post.', 'everypod' )
		);
	}

	/** Every look of a panel is also a turn of the retry, so that nothing waits for cron while someone watches. */
	public function get_delivery( WP_REST_Request $request ): WP_REST_Response {
		$row = $this->rows->latest_of( Subject::POST, (string) $request['id'] );
		if ( $row?->is_unresolved() ) {
			$this->courier->look( $row );
		}
		$this->retry->by_poll();
		return $this->post_delivery( (int) $request['id'] );
	}

	public function revalidate( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$post = PostTargets::visible( (int) $request['id'] );
		return $post
			? $this->tell( Change::by_current_user( self::REVALIDATED, Subject::post( $post ) ), $post )
			: self::not_public( __( 'Visitors can\'t see this post, so there is nothing to revalidate. Publish it first.', 'everypod' ) );
	}

	/** The same targets, of which no pod gives an old copy to anyone from then on. */
	public function take_down( WP_REST_Request $request ): WP_REST_Response|WP_Error {
		$post = PostTargets::visible( (int) $request['id'] );
		return $post
			? $this->tell( Change::by_current_user( self::TAKEN_DOWN, Subject::post( $post ), true ), $post )
			: self::not_public( __( 'WordPress already shows this post to no visitor, and the pods were told so. There is nothing to take down.', 'everypod' ) );
	}

	private static function not_public( string $words ): WP_Error {
		return new WP_Error( 'everypod_not_public', $words, array( 'status' => 409 ) );
	}

	/** The event is delivered at the end of this request, as after a save. */
	private function tell( Change $change, WP_Post $post ): WP_REST_Response|WP_Error {
		$last    = $this->rows->last_made( Subject::POST, (string) $post->ID, $change->name );
		$seconds = $last + Limits::REVALIDATE_SECONDS - $this->clock->now();
		if ( $seconds > 0 ) {
			return new WP_Error(
				'everypod_too_soon',
				/* translators: %d: seconds */
				sprintf( _n( 'This was used for this post just now. Try again in %d second.', 'This was used for this post just now. Try again in %d seconds.', $seconds, 'everypod' ), $seconds ),
				array(
					'status'            => 429,
					'retryAfterSeconds' => $seconds,
				)
			);
		}
		$taken = $this->intake->changed( $change, PostTargets::of( $post ) );
		return match ( $this->intake->write() ? $taken : Taken::Lost ) {
			Taken::Waiting  => $this->post_delivery( $post->ID ),
			Taken::KeptBack => self::nothing_sent( 'everypod_kept_back', __( 'A rule of this site keeps this post from the pods: a filter on everypod_should_send or everypod_targets.', 'everypod' ), 409 ),
			Taken::NotSetUp => self::nothing_sent( 'everypod_not_set_up', $this->words( ProblemCode::NotSetUp ), 409 ),
			Taken::Lost     => self::nothing_sent( 'everypod_no_outbox', $this->words( ProblemCode::NoOutbox ), 503 ),
		};
	}

	/** What stands on the screen is then the report of something else, and must not pass for that of this. */
	private static function nothing_sent( string $code, string $why, int $status ): WP_Error {
		/* translators: %s: one or two sentences that say why. */
		return new WP_Error( $code, sprintf( __( 'Nothing was sent. %s', 'everypod' ), $why ), array( 'status' => $status ) );
	}

	private function words( ProblemCode $code ): string {
		$problem = new Problem( $code );
		return $problem->message( $this->settings->leads_to() ) . ' ' . $problem->advice( $this->settings );
	}

	private function post_delivery( int $post_id ): WP_REST_Response {
		$row  = $this->rows->latest_of( Subject::POST, (string) $post_id );
		$post = PostTargets::visible( $post_id );
		return self::answer(
			array(
				'configured' => $this->settings->is_configured(),
				'visible'    => null !== $post,
				'unsent'     => $row && $post && $this->was_changed_since( $row, $post ),
				'delivery'   => $row ? DeliveryPresenter::present_to( $row, Subject::POST, (string) $post_id, $this->settings ) : null,
			)
		);
	}

	/**
	 * A row carries the time at which its post's last save ended. Where a public post is newer than that, a filter kept the
	 * change back, or nothing was set up: the report is then not that of what the editor sees.
	 */
	private function was_changed_since( Row $row, WP_Post $post ): bool {
		// Not get_post_timestamp(), which reads the local time in today's time zone.
		$changed_at = (int) strtotime( $post->post_modified_gmt . ' UTC' );
		// A post that is dated in the future carries that date, which tells nothing of when it was saved.
		return $changed_at <= $this->clock->now() && $changed_at > $row->created_at;
	}
}
