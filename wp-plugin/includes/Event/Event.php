<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Change\Change;
use Everypod\Limits;
use Everypod\Target\Target;
use Everypod\Target\Targets;

/** The message that carries a change and its targets. Mirrors contract/src/messages/event.ts. */
final class Event {

	/** @param string $body the very bytes that are signed and sent */
	private function __construct(
		public readonly Change $change,
		public readonly string $body
	) {}

	/**
	 * A change that is too wide to spell out goes as one coarse target.
	 *
	 * @param Targets $targets at least one
	 * @param int     $now     when the change happened
	 */
	public static function of( Change $change, Targets $targets, int $now ): self {
		$body = self::encode( $change, $targets, $now );
		if ( $targets->count() > Limits::TARGETS_PER_EVENT || strlen( $body ) >= Limits::EVENT_BODY_BYTES ) {
			$body = self::encode( $change, Targets::of( Target::whole_site() ), $now );
		}
		return new self( $change, $body );
	}

	private static function encode( Change $change, Targets $targets, int $now ): string {
		$subject = array(
			'kind'  => $change->subject->kind,
			'id'    => $change->subject->id,
			'title' => self::cut( $change->subject->title, Limits::TITLE_CHARACTERS ),
		);
		$actor   = $change->actor;
		if ( null !== $actor ) {
			$actor['name'] = self::cut( $actor['name'], Limits::NAME_CHARACTERS );
		}
		$message = array(
			'type'      => 'content.changed',
			'timestamp' => gmdate( 'Y-m-d\TH:i:s\Z', $now ),
			'data'      => array(
				'site'    => home_url(),
				'change'  => $change->name,
				'subject' => $subject,
				'actor'   => $actor,
				'targets' => $targets->to_array(),
			),
		);
		// Not wp_json_encode, which can return false: a title with broken bytes must not cost the event.
		return json_encode(
			$message,
			JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR
		);
	}

	private static function cut( string $text, int $characters ): string {
		return mb_substr( $text, 0, $characters, 'UTF-8' );
	}
}
