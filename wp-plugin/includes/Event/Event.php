<?php

declare( strict_types=1 );

namespace Everypod\Event;

use Everypod\Change\Change;
use Everypod\Change\Subject;
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
	 * One change, as every bridge takes it.
	 *
	 * @param Targets $targets at least one
	 * @param int     $now     when the change happened
	 */
	public static function of( Change $change, Targets $targets, int $now ): self {
		return self::about( array( new Part( $change, $targets ) ), Room::plain(), $now );
	}

	/**
	 * What is too wide to be spelled out loses what it says, the least needed first.
	 *
	 * @param non-empty-list<Part> $parts with at least one target each
	 * @param int                  $now   when it happened
	 * @param ?string              $id    of an event that is to say this from now on; null for a new one
	 */
	public static function about( array $parts, Room $room, int $now, ?string $id = null ): self {
		$id ??= Signature::new_id( 'event' );
		$lead = Part::lead( $parts );
		$body = '';
		foreach ( Narrowing::of( $parts, $room, $id ) as list( $targets, $evidence ) ) {
			$body = self::encode( $lead->change, $room->is_third ? $parts : array( $lead ), $targets, $now, $evidence );
			if ( $targets->count() <= $room->targets && strlen( $body ) < $room->bytes ) {
				break;
			}
		}
		return new self( $id, $lead->change, $body );
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

	/** The same in the words of the first protocol, and no wider than it takes. */
	public static function as_first( string $body ): string {
		$message = json_decode( $body, true );
		if ( ! isset( $message['data']['targets'] ) ) {
			return $body;
		}
		$first = $message;
		unset( $first['data']['evidence'], $first['data']['subjects'] );
		$targets                  = array_filter( array_map( Target::parse( ... ), $message['data']['targets'] ) );
		$first['data']['targets'] = Targets::of( ...$targets )->plain()->to_array();
		if ( $first === $message && strlen( $body ) < Limits::PLAIN_EVENT_BYTES ) {
			return $body;
		}
		$text = self::to_json( $first );
		if ( count( $first['data']['targets'] ) > Limits::PLAIN_EVENT_TARGETS || strlen( $text ) >= Limits::PLAIN_EVENT_BYTES ) {
			$first['data']['targets'] = array( Target::whole_site()->to_array() );
			$text                     = self::to_json( $first );
		}
		return $text;
	}

	/**
	 * @param non-empty-list<Part> $parts named where they are several
	 * @param array{words?: int, runs?: list<string>, version?: array{post: string, modified: string}}|null $evidence
	 */
	private static function encode( Change $change, array $parts, Targets $targets, int $now, ?array $evidence ): string {
		$actor = $change->actor;
		if ( null !== $actor ) {
			$actor['name'] = self::cut( $actor['name'], Limits::NAME_CHARACTERS );
		}
		$data = array(
			'site'    => home_url(),
			'change'  => $change->name,
			'subject' => self::subject( $change->subject ),
		);
		if ( count( $parts ) > 1 ) {
			$data['subjects'] = array_map( static fn( Part $part ) => self::subject( $part->change->subject ) + array( 'change' => $part->change->name ), $parts );
		}
		$data += array(
			'actor'   => $actor,
			'targets' => $targets->to_array(),
		);
		if ( null !== $evidence ) {
			$data['evidence'] = $evidence;
		}
		return self::to_json(
			array(
				'type'      => 'content.changed',
				'timestamp' => gmdate( 'Y-m-d\TH:i:s\Z', $now ),
				'data'      => $data,
			)
		);
	}

	/** @return array{kind: string, id: string, title: string} */
	private static function subject( Subject $subject ): array {
		return array(
			'kind'  => $subject->kind,
			'id'    => $subject->id,
			'title' => self::cut( $subject->title, Limits::TITLE_CHARACTERS ),
		);
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
