<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

use Closure;
use Everypod\Change\Change;
use Everypod\Event\Evidence;
use Everypod\Event\Part;
use Everypod\Target\Targets;

/** What one request tells of one subject, as it adds up. */
final class Telling {

	public Change $change;
	public Targets $targets;
	public ?Evidence $evidence = null;

	/** Told beside them until it is known how the change has ended. */
	private Targets $for_now;

	/** How often it was told of. */
	public int $times = 0;

	/** When it was written, and what of it; 0 for not yet. */
	public int $written_at = 0;
	private ?Part $written = null;

	/** @var array<Closure(): Targets> what is looked up once, when it is written */
	private array $late = array();

	public function __construct( Change $change ) {
		$this->change  = $change;
		$this->targets = Targets::of();
		$this->for_now = Targets::of();
	}

	/** What is told last knows best which page is the subject's own. */
	public function add( Change $change, Targets $targets, ?Evidence $evidence, ?Targets $for_now ): void {
		$this->name( $change );
		$this->targets  = $targets->union( $this->targets );
		$this->evidence = $evidence ?? $this->evidence;
		$this->for_now  = $for_now ?? $this->for_now;
	}

	/** @param Closure(): Targets $targets */
	public function add_late( Change $change, Closure $targets ): void {
		$this->name( $change );
		$this->late = array( $targets );
	}

	public function look_up(): void {
		foreach ( $this->late as $targets ) {
			$this->targets = $targets()->union( $this->targets );
		}
		$this->late = array();
	}

	public function part(): Part {
		return new Part( $this->change, $this->targets->union( $this->for_now ), $this->evidence );
	}

	/** The same words a moment later are news: what was sent before them may have been too early. */
	public function is_news( int $now ): bool {
		$before = $this->written;
		return null === $before || $now !== $this->written_at || $this->targets->union( $this->for_now )->count() !== $before->targets->count()
			|| ( array() === $this->change->metas ) !== ( array() === $before->change->metas )
			|| ! $this->change->says_the_same_as( $before->change ) || $this->evidence !== $before->evidence;
	}

	public function wrote( int $now ): void {
		$this->written    = $this->part();
		$this->written_at = $now;
	}

	private function name( Change $change ): void {
		++$this->times;
		$known        = $this->change;
		$change       = $change->says_less_than( $known->name ) ? $change->under_the_name( $known->name ) : $change;
		$this->change = $change->with( $known );
	}
}
