<?php

declare( strict_types=1 );

namespace Everypod\Change;

/** What was done, to what, and by whom. */
final class Change {

	/**
	 * @param string                                $name  dotted: `post.published`, `term.updated`
	 * @param array{id: string, name: string}|null $actor null for cron and other processes without a user
	 * @param bool                                  $vanishes whether something that visitors could see is to be seen no more
	 * @param array<string, true>                  $metas the keys of what changed, where that is nothing but meta
	 */
	public function __construct(
		public readonly string $name,
		public readonly Subject $subject,
		public readonly ?array $actor,
		public readonly bool $vanishes = false,
		public readonly array $metas = array()
	) {}

	public static function by_current_user( string $name, Subject $subject, bool $vanishes = false ): self {
		$user  = wp_get_current_user();
		$actor = $user->exists()
			? array(
				'id'   => (string) $user->ID,
				'name' => $user->display_name,
			)
			: null;
		return new self( $name, $subject, $actor, $vanishes );
	}

	/**
	 * "Updated" says least: it never takes the place of "published" or "trashed" in the same request. A post that is deleted
	 * loses its comments, too.
	 */
	public function says_less_than( string $other_name ): bool {
		return self::weight( $this->name ) < self::weight( $other_name );
	}

	/** Of nothing but one piece of meta. */
	public function of_meta( string $key ): self {
		return new self( $this->name, $this->subject, $this->actor, $this->vanishes, array( $key => true ) );
	}

	/** The same subject and actor, as they are now, with the name that says more. */
	public function under_the_name( string $name ): self {
		return new self( $name, $this->subject, $this->actor, $this->vanishes, $this->metas );
	}

	/** What has vanished once has, whatever else is told in the same request; and more than meta is more. */
	public function with( self $before ): self {
		$metas = array() === $this->metas || array() === $before->metas ? array() : $before->metas + $this->metas;
		return new self( $this->name, $this->subject, $this->actor, $this->vanishes || $before->vanishes, $metas );
	}

	/** A new title counts as news: whoever reads the report looks for the post by it. */
	public function says_the_same_as( self $other ): bool {
		return $this->name === $other->name && $this->subject->title === $other->subject->title && $this->vanishes === $other->vanishes;
	}

	private static function weight( string $name ): int {
		return match ( true ) {
			str_ends_with( $name, '.updated' )    => 0,
			str_starts_with( $name, 'comment.' )  => 1,
			default                               => 2,
		};
	}

	/**
	 * What filters get to see.
	 *
	 * @return array{change: string, subject: array{kind: string, id: string, title: string}, actor: array{id: string, name: string}|null}
	 */
	public function to_array(): array {
		return array(
			'change'  => $this->name,
			'subject' => array(
				'kind'  => $this->subject->kind,
				'id'    => $this->subject->id,
				'title' => $this->subject->title,
			),
			'actor'   => $this->actor,
		);
	}
}
