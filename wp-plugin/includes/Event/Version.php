<?php

declare( strict_types=1 );

namespace Everypod\Event;

use DateTimeImmutable;
use DateTimeZone;

/** Of a post, by when it was last modified. Held to contract/fixtures/versions.json, as the pod is. */
final class Version {

	private function __construct(
		private readonly string $post,
		private readonly string $modified
	) {}

	/**
	 * @param string $modified_gmt as the database has it
	 * @return self|null null where that is no moment
	 */
	public static function of( int $post_id, string $modified_gmt ): ?self {
		$moment = DateTimeImmutable::createFromFormat( '!Y-m-d H:i:s', $modified_gmt, new DateTimeZone( 'UTC' ) );
		// PHP takes the 30th of February for the 2nd of March.
		if ( $post_id < 1 || false === $moment || $moment->format( 'Y-m-d H:i:s' ) !== $modified_gmt ) {
			return null;
		}
		return new self( (string) $post_id, $moment->format( 'Y-m-d\TH:i:s\Z' ) );
	}

	/** Whether a page that shows this one can't be of before the other: filters may leave a post's time as it was. */
	public function is_newer_than( ?self $other ): bool {
		return null === $other || $this->modified > $other->modified;
	}

	/** @return array{post: string, modified: string} */
	public function to_array(): array {
		return array(
			'post'     => $this->post,
			'modified' => $this->modified,
		);
	}
}
