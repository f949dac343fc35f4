<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Change\Change;
use Everypod\Change\Subject;
use Everypod\Target\Targets;

/** What an event says of one of its subjects. */
final class Part {

	public function __construct(
		public readonly Change $change,
		public readonly Targets $targets,
		public readonly ?Evidence $evidence = null
	) {}

	/** The address of the subject's own page; empty where it has none. */
	public function own_path(): string {
		return $this->targets->paths()->first()->to_array()[0]['path'] ?? '';
	}

	/**
	 * The one that says most, for bridges and lists that know of one only: what was more than updated before what was not,
	 * a post before all else, since people look for posts, and then what came first.
	 *
	 * @param non-empty-list<self> $parts
	 */
	public static function lead( array $parts ): self {
		$lead = $parts[0];
		foreach ( $parts as $part ) {
			$says_more = $lead->change->says_less_than( $part->change->name );
			$says_less = $part->change->says_less_than( $lead->change->name );
			if ( $says_more || ( ! $says_less && $part->is_of_a_post() && ! $lead->is_of_a_post() ) ) {
				$lead = $part;
			}
		}
		return $lead;
	}

	public function is_of_a_post(): bool {
		return Subject::POST === $this->change->subject->kind;
	}
}
