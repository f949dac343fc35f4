<?php

declare( strict_types=1 );

namespace Everypod\Read;

use Everypod\Callback;

/** Hooks that are heard during one answer alone, by the methods of whoever hears them, which are named after these. */
final class Hearing {

	/** @var list<array{string, array{Callback, string}, int}> */
	private array $heard = array();

	public function __construct( private readonly object $owner ) {}

	public function hear( string $hook, int $priority ): void {
		$callback      = array( new Callback( $this->owner, $hook ), 'filter' );
		$this->heard[] = array( $hook, $callback, $priority );
		add_filter( $hook, $callback, $priority, 3 );
	}

	public function end(): void {
		foreach ( $this->heard as list( $hook, $callback, $priority ) ) {
			remove_filter( $hook, $callback, $priority );
		}
		$this->heard = array();
	}
}
