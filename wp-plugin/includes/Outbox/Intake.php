<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Closure;
use Everypod\Change\Change;
use Everypod\Change\ChangeListener;
use Everypod\Change\Subject;
use Everypod\Change\Taken;
use Everypod\Clock;
use Everypod\Delivery\BridgeProtocol;
use Everypod\Event\Event;
use Everypod\Event\Evidence;
use Everypod\Limits;
use Everypod\Log;
use Everypod\Read\HashedTags;
use Everypod\Read\SiteKey;
use Everypod\Settings\Connection;
use Everypod\Settings\Settings;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use Throwable;

/**
 * Turns the changes of one request into rows of the outbox: one for each subject, written as soon as something is
 * known of it, and widened when more becomes known.
 */
final class Intake implements ChangeListener {

	/** @var array<string, array{change: Change, targets: Targets, for_now: Targets, evidence: Evidence|null, event_id: string, told_at: int}> by site and subject */
	private array $taken = array();

	/** @var array<string, int> when a change was last kept back, by site and subject */
	private array $kept = array();

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox $outbox,
		private readonly Clock $clock
	) {}

	public function changed( Change $change, Targets $targets, ?Evidence $evidence = null, ?Targets $for_now = null ): Taken {
		if ( ! $this->settings->is_configured() ) {
			return Taken::NotSetUp;
		}
		if ( ! $this->should_send( $change ) ) {
			return $this->keep( $change );
		}
		$key     = get_current_blog_id() . ' ' . $change->subject->key();
		$known   = $this->taken[ $key ] ?? null;
		$change  = $known && $change->says_less_than( $known['change']->name ) ? $change->under_the_name( $known['change']->name ) : $change;
		$targets = $this->filtered( $change, $targets );
		if ( $known ) {
			// What is told last knows best which page is the subject's own.
			$targets = $targets->union( $known['targets'] );
			$change  = $change->with( $known['change'] );
		}
		$evidence ??= $known['evidence'] ?? null;
		$for_now  ??= $known['for_now'] ?? Targets::of();
		$now        = $this->clock->now();
		// The same words a moment later are news: what was sent before them may have been too early.
		$says_nothing_new = $known && $now === $known['told_at'] && $targets->count() === $known['targets']->count() && $for_now->count() === $known['for_now']->count() && $change->says_the_same_as( $known['change'] ) && $evidence === $known['evidence'];
		if ( $targets->is_empty() ) {
			return $this->keep( $change );
		}
		if ( $targets->has_words_alone() && ! $this->says_words() ) {
			return Taken::KeptBack;
		}
		if ( $says_nothing_new ) {
			return Taken::Waiting;
		}
		$event_id = $this->write( $change, $targets->union( $for_now ), $evidence, $known['event_id'] ?? null, $now );
		if ( null === $event_id ) {
			return Taken::Lost;
		}
		$this->taken[ $key ] = array(
			'change'   => $change,
			'targets'  => $targets,
			'for_now'  => $for_now,
			'evidence' => $evidence,
			'event_id' => $event_id,
			'told_at'  => $now,
		);
		return Taken::Waiting;
	}

	/** @return list<string> ids of the events that this request has made */
	public function event_ids(): array {
		return array_column( $this->taken, 'event_id' );
	}

	/** What a filter declined is written down, or the sweep would take it for a save that was killed. */
	private function keep( Change $change ): Taken {
		$now = $this->clock->now();
		$key = get_current_blog_id() . ' ' . $change->subject->key();
		if ( Subject::POST !== $change->subject->kind || ( $this->kept[ $key ] ?? 0 ) === $now ) {
			return Taken::KeptBack;
		}
		$this->kept[ $key ] = $now;
		return $this->outbox->keep( $change, $now ) ? Taken::KeptBack : Taken::Lost;
	}

	/** An event that is on its way stands for what it said: a wider one is an event of its own. */
	private function write( Change $change, Targets $targets, ?Evidence $evidence, ?string $known_id, int $now ): ?string {
		$is_second = $this->is_second();
		$targets   = $this->says_words() ? HashedTags::beside( $targets, $change->subject ) : $targets;
		$evidence  = $is_second && ! $change->vanishes ? $evidence : null;
		$targets   = match ( true ) {
			! $is_second      => $targets->plain(),
			$change->vanishes => $targets->vanishing(),
			default           => $targets,
		};
		if ( null !== $known_id && $this->outbox->revise( $known_id, Event::of( $change, $targets, $now, $evidence, $known_id ), $now ) ) {
			return $known_id;
		}
		$event_id = $this->outbox->add( Event::of( $change, $targets, $now, $evidence ), $now );
		if ( null === $event_id ) {
			// A save is never broken by it, but whoever reads the log must learn that the pods will not hear of it.
			Log::say( "the outbox can't be written, so {$change->name} of {$change->subject->key()} is not sent. Check the database and the table " . Schema::table() . '.' );
		}
		return $event_id;
	}

	private function says_words(): bool {
		return $this->settings->keys_are_on() && null !== SiteKey::of_this_site();
	}

	/** Whether the bridge takes evidence, and knows of what vanishes. */
	private function is_second(): bool {
		$connection = $this->settings->connection();
		return $connection instanceof Connection && BridgeProtocol::is_second( $connection );
	}

	private function should_send( Change $change ): bool {
		/**
		 * Whether a change is sent at all.
		 *
		 * @param bool  $send   true
		 * @param array $change { change: string, subject: { kind, id, title }, actor: { id, name } or null }
		 */
		$answer = self::asked( 'everypod_should_send', static fn() => apply_filters( 'everypod_should_send', true, $change->to_array() ) );
		return ! is_scalar( $answer ) || $answer;
	}

	private function filtered( Change $change, Targets $targets ): Targets {
		/**
		 * What a change invalidates, for a site's own paths and tags.
		 *
		 * @param array[] $targets each { path }, { path, scope: page or layout }, { tag } or { topic }, and all but the last
		 *                         with vanishes: true where pods must not show again what they showed; where that is so for
		 *                         the change, it is for all of them
		 * @param array   $change  as for everypod_should_send
		 */
		$wanted = self::asked( 'everypod_targets', static fn() => apply_filters( 'everypod_targets', $targets->to_array(), $change->to_array() ) );
		$parsed = array();
		if ( ! is_array( $wanted ) || ( array() === $wanted && $targets->has_words_alone() ) ) {
			return $targets;
		}
		foreach ( $wanted as $one ) {
			$target = Target::parse( $one );
			if ( null === $target ) {
				_doing_it_wrong(
					'everypod_targets',
					esc_html__( 'A target that the filter returned is none, and was left out: each is { path }, { path, scope }, { tag } or { topic }.', 'everypod' ),
					'0.1.0'
				);
				continue;
			}
			$parsed[] = $target;
			if ( count( $parsed ) > Limits::TARGETS_PER_EVENT ) {
				break;
			}
		}
		// A list of which nothing is a target is no answer either; an empty one is.
		return match ( true ) {
			array() === $wanted => Targets::of(),
			array() === $parsed => $targets,
			default             => Targets::of( ...$parsed )->union( $targets->words_alone() ),
		};
	}

	/**
	 * A site's own filter that breaks is one that has not answered.
	 *
	 * @param Closure(): mixed $ask
	 */
	private static function asked( string $filter, Closure $ask ): mixed {
		try {
			return $ask();
		} catch ( Throwable $thrown ) {
			Log::thrown( "A filter on $filter", $thrown );
			return null;
		}
	}
}
