<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Change\Change;
use Everypod\Limits;
use Everypod\Target\Target;
use Everypod\Target\Targets;

/** The message that carries a change and its targets. Mirrors contract/src/messages/event.ts. */
final class Event {

	/**
	 * @param string $id   under which it is kept and sent
	 * @param string $body the very bytes that are signed and sent
	 */
	private function __construct(
		public readonly string $id,
		public readonly Change $change,
		public readonly string $body
	) {}

	/**
	 * A change that is too wide to spell out goes as one coarse target.
	 *
	 * @param Targets $targets at least one
	 * @param int     $now     when the change happened
	 * @param ?string $id      of an event that is to say this from now on; null for a new one
	 */
	public static function of( Change $change, Targets $targets, int $now, ?Evidence $evidence = null, ?string $id = null ): self {
		$id ??= Signature::new_id( 'event' );
		$told = $evidence?->for_event( $id );
		$body = self::encode( $change, $targets, $now, $told );
		if ( $targets->count() > Limits::TARGETS_PER_EVENT || strlen( $body ) >= Limits::EVENT_BODY_BYTES ) {
			$whole = Targets::of( Target::whole_site() );
			$body  = self::encode( $change, $targets->some_vanish() ? $whole->vanishing() : $whole, $now, $told );
		}
		return new self( $id, $change, $body );
	}

	/** The same under whatever id: evidence can be read under that of its event only. */
	public static function without_evidence( string $body ): string {
		$message = json_decode( $body, true );
		if ( ! isset( $message['data']['evidence'] ) ) {
			return $body;
		}
		unset( $message['data']['evidence'] );
		return self::to_json( $message );
	}

	/** The same in the words of the first protocol. */
	public static function as_first( string $body ): string {
		$body    = self::without_evidence( $body );
		$message = json_decode( $body, true );
		$targets = $message['data']['targets'] ?? array();
		$plain   = array_map( static fn( array $target ) => array_diff_key( $target, array( 'vanishes' => true ) ), $targets );
		if ( $plain === $targets ) {
			return $body;
		}
		$message['data']['targets'] = array_values( array_unique( $plain, SORT_REGULAR ) );
		return self::to_json( $message );
	}

	/** @param array{words?: int, runs?: list<string>, version?: array{post: string, modified: string}}|null $evidence */
	private static function encode( Change $change, Targets $targets, int $now, ?array $evidence ): string {
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
		if ( null !== $evidence ) {
			$message['data']['evidence'] = $evidence;
		}
		return self::to_json( $message );
	}

	/** @param array<string, mixed> $message */
	private static function to_json( array $message ): string {
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
