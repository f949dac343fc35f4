<?php

declare( strict_types=1 );

namespace Everypod;

use ReflectionMethod;
use ReflectionNamedType;
use Throwable;

/**
 * What WordPress calls on a hook. Other plugins call core's hooks too, with fewer or other arguments, and the filters
 * before ours give back anything. This is the border: the method gets what its parameters ask for or is not called,
 * and what it throws ends here.
 */
final class Callback {

	/** @param object|class-string $owner */
	public function __construct(
		private readonly object|string $owner,
		private readonly string $method
	) {}

	/** Such as "PostWatcher::post_meta". */
	public function name(): string {
		$class = is_object( $this->owner ) ? $this->owner::class : $this->owner;
		return substr( (string) strrchr( $class, '\\' ), 1 ) . "::$this->method";
	}

	public function action( mixed ...$given ): void {
		$this->call( array_values( $given ), null );
	}

	/** Gives back what was given, where nothing can be made of it. */
	public function filter( mixed $value = null, mixed ...$more ): mixed {
		return $this->call( array( $value, ...array_values( $more ) ), $value );
	}

	/** @param list<mixed> $given */
	private function call( array $given, mixed $otherwise ): mixed {
		try {
			$method    = new ReflectionMethod( $this->owner, $this->method );
			$arguments = self::wanted( $method, $given );
			return null === $arguments ? $otherwise : $method->invokeArgs( is_object( $this->owner ) ? $this->owner : null, $arguments );
		} catch ( Throwable $thrown ) {
			Log::thrown( $this->name(), $thrown );
			return $otherwise;
		}
	}

	/**
	 * What doesn't fit a parameter counts as left out.
	 *
	 * @param list<mixed> $given
	 * @return list<mixed>|null null when one is left out that the method can't do without
	 */
	private static function wanted( ReflectionMethod $method, array $given ): ?array {
		$wanted = array();
		foreach ( $method->getParameters() as $position => $parameter ) {
			$type  = $parameter->getType();
			$value = self::as_type( $type instanceof ReflectionNamedType ? $type->getName() : 'mixed', $given[ $position ] ?? null );
			if ( null === $value && ! $parameter->allowsNull() ) {
				if ( ! $parameter->isDefaultValueAvailable() ) {
					return null;
				}
				$value = $parameter->getDefaultValue();
			}
			$wanted[] = $value;
		}
		return $wanted;
	}

	/** @return mixed null when it is no such thing */
	private static function as_type( string $type, mixed $value ): mixed {
		return match ( $type ) {
			'mixed'  => $value,
			// Ids come as texts too.
			'int'    => is_int( $value ) || is_string( $value ) ? filter_var( $value, FILTER_VALIDATE_INT, FILTER_NULL_ON_FAILURE ) : null,
			'string' => is_string( $value ) ? $value : null,
			'bool'   => is_scalar( $value ) ? (bool) $value : null,
			'array'  => is_array( $value ) ? $value : null,
			default  => $value instanceof $type ? $value : null,
		};
	}
}
