<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Closure;
use Everypod\Change\Change;
use Everypod\Change\ChangeListener;
use Everypod\Change\Subject;
use Everypod\Change\Taken;
use Everypod\Clock;
use Everypod\Event\Evidence;
use Everypod\Limits;
use Everypod\Log;
use Everypod\Read\HashedTags;
use Everypod\Settings\Settings;
use Everypod\Target\Target;
use Everypod\Target\Targets;
use Throwable;

/**
 * Turns the changes of one request into one row of the outbox. The first is written as soon as something is known of it, so
 * that a save which is killed has left its event behind; of those that follow, what has come together is.
 */
final class Intake implements ChangeListener {

	/** @var array<int, array<string, Telling>> by site and subject */
	private array $told = array();

	/** @var array<int, array<string, true>> what is not written yet, by site and subject */
	private array $unwritten = array();

	/** How many changes of these, and since when. */
	private int $changes         = 0;
	private float $waiting_since = 0.0;

	/** @var array<int, Writing> by site */
	private array $writings = array();

	/** @var array<string, int> when a change was last kept back, by site and subject */
	private array $kept = array();

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox $outbox,
		private readonly Clock $clock
	) {}

	public function changed( Change $change, Targets|Closure $targets, ?Evidence $evidence = null, ?Targets $for_now = null ): Taken {
		if ( ! $this->settings->is_configured() ) {
			return Taken::NotSetUp;
		}
		if ( ! $this->should_send( $change ) ) {
			return $this->keep( $change );
		}
		$site    = get_current_blog_id();
		$key     = $change->subject->key();
		$telling = $this->told[ $site ][ $key ] ?? null;
		if ( $targets instanceof Closure && null !== $telling ) {
			$telling->add_late( $change, fn() => $this->filtered( $change, $targets() ) );
			return $this->is_due( $this->wait( $site, $key ) ) && ! $this->write() ? Taken::Lost : Taken::Waiting;
		}
		$targets   = $this->filtered( $change, $targets instanceof Closure ? $targets() : $targets );
		$is_first  = null === $telling;
		$telling ??= new Telling( $change );
		$telling->add( $change, $targets, $evidence, $for_now );
		if ( $telling->targets->is_empty() ) {
			return $this->keep( $change );
		}
		if ( $telling->targets->has_words_alone() && ! HashedTags::are_told( $this->settings ) ) {
			return Taken::KeptBack;
		}
		$this->told[ $site ][ $key ] = $telling;
		if ( ! $is_first && ! $telling->is_news( $this->clock->now() ) ) {
			return Taken::Waiting;
		}
		// Whether meta is all there is to it, the end of the request knows.
		$is_alone = 1 === count( $this->told ) && 1 === count( $this->told[ $site ] ) && array() === $telling->change->metas;
		return $this->is_due( $this->wait( $site, $key ) ) || $is_alone ? ( $this->write() ? Taken::Waiting : Taken::Lost ) : Taken::Waiting;
	}

	public function take_back( Subject $subject ): bool {
		$site    = get_current_blog_id();
		$key     = $subject->key();
		$telling = $this->told[ $site ][ $key ] ?? null;
		if ( 1 !== $telling?->times ) {
			return false;
		}
		$writing = $this->writings[ $site ] ?? null;
		// What is on its way is sent as it is.
		if ( 0 === $telling->written_at || $writing?->take_back( $key ) ) {
			unset( $this->told[ $site ][ $key ], $this->unwritten[ $site ][ $key ] );
		}
		return true;
	}

	/**
	 * Writes what this request has told so far.
	 *
	 * @return bool false where the outbox can't be written
	 */
	public function write(): bool {
		$unwritten       = $this->unwritten;
		$this->unwritten = array();
		$this->changes   = 0;
		$is_written      = true;
		foreach ( $unwritten as $site => $keys ) {
			$is_other = get_current_blog_id() !== $site;
			if ( $is_other ) {
				switch_to_blog( $site );
			}
			$is_written = $this->write_site( $site, array_map( strval( ... ), array_keys( $keys ) ) ) && $is_written;
			if ( $is_other ) {
				restore_current_blog();
			}
		}
		return $is_written;
	}

	/** @return list<OpenEvent> the events that this request has made on this site, to be sent at once; another's are sent by its own cron */
	public function events(): array {
		$here = $this->writings[ get_current_blog_id() ] ?? null;
		return $here ? $here->events() : array();
	}

	/** Whether something of what was told waits for more, and for its time. */
	public function holds_some(): bool {
		return array() !== array_filter( $this->writings, static fn( Writing $writing ) => $writing->holds_some() );
	}

	/** @param list<string> $keys */
	private function write_site( int $site, array $keys ): bool {
		$now  = $this->clock->now();
		$news = array();
		foreach ( $keys as $key ) {
			$telling = $this->told[ $site ][ $key ];
			$telling->look_up();
			if ( $telling->is_news( $now ) ) {
				$news[ $key ] = $telling->part();
			}
		}
		if ( array() === $news ) {
			return true;
		}
		$this->writings[ $site ] ??= new Writing( $this->settings, $this->outbox, $this->clock );
		if ( ! $this->writings[ $site ]->write( $news ) ) {
			return false;
		}
		foreach ( array_keys( $news ) as $key ) {
			$this->told[ $site ][ $key ]->wrote( $now );
		}
		return true;
	}

	/** @return int changes that are not written yet */
	private function wait( int $site, string $key ): int {
		if ( 0 === $this->changes ) {
			$this->waiting_since = $this->clock->elapsed();
		}
		$this->unwritten[ $site ][ $key ] = true;
		return ++$this->changes;
	}

	/** A request that runs on and is killed then has lost no more than that. */
	private function is_due( int $changes ): bool {
		return $changes >= Limits::UNWRITTEN_CHANGES || $this->clock->elapsed() - $this->waiting_since >= Limits::UNWRITTEN_SECONDS;
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
		$offered = $targets->spelled_out();
		$wanted  = self::asked( 'everypod_targets', static fn() => apply_filters( 'everypod_targets', $offered->to_array(), $change->to_array() ) );
		$parsed  = array();
		if ( ! is_array( $wanted ) || ( array() === $wanted && array() === $offered->keys() ) ) {
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
			default             => $targets->with( Targets::of( ...$parsed ) ),
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
