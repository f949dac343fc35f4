<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

/** The part of PHPUnit's TestCase that these tests use, for machines where Node is all there is. */
abstract class SmallTestCase {

	public static int $assertions = 0;

	protected function setUp(): void {}

	protected function tearDown(): void {}

	/** @param array<mixed> $arguments */
	public function run_one( string $method, array $arguments ): void {
		$this->setUp();
		try {
			$this->$method( ...$arguments );
		} finally {
			$this->tearDown();
		}
	}

	public static function assertSame( mixed $expected, mixed $actual, string $message = '' ): void {
		self::check( $expected === $actual, $message, 'is not the same', $expected, $actual );
	}

	public static function assertNotSame( mixed $expected, mixed $actual, string $message = '' ): void {
		self::check( $expected !== $actual, $message, 'is the same', $expected, $actual );
	}

	public static function assertTrue( mixed $actual, string $message = '' ): void {
		self::check( true === $actual, $message, 'is not true', true, $actual );
	}

	public static function assertFalse( mixed $actual, string $message = '' ): void {
		self::check( false === $actual, $message, 'is not false', false, $actual );
	}

	public static function assertNull( mixed $actual, string $message = '' ): void {
		self::check( null === $actual, $message, 'is not null', null, $actual );
	}

	public static function assertNotNull( mixed $actual, string $message = '' ): void {
		self::check( null !== $actual, $message, 'is null', 'something', $actual );
	}

	/** @param array<mixed>|\Countable $actual */
	public static function assertCount( int $expected, $actual, string $message = '' ): void {
		self::check( count( $actual ) === $expected, $message, 'has another count', $expected, $actual );
	}

	/** @param iterable<mixed> $haystack */
	public static function assertContains( mixed $needle, $haystack, string $message = '' ): void {
		self::check( in_array( $needle, (array) $haystack, true ), $message, 'is not contained', $needle, $haystack );
	}

	/** @param iterable<mixed> $haystack */
	public static function assertNotContains( mixed $needle, $haystack, string $message = '' ): void {
		self::check( ! in_array( $needle, (array) $haystack, true ), $message, 'is contained', $needle, $haystack );
	}

	/** @param array<mixed> $actual */
	public static function assertArrayHasKey( int|string $key, $actual, string $message = '' ): void {
		self::check( array_key_exists( $key, $actual ), $message, 'is no key', $key, $actual );
	}

	/** @param array<mixed> $actual */
	public static function assertArrayNotHasKey( int|string $key, $actual, string $message = '' ): void {
		self::check( ! array_key_exists( $key, $actual ), $message, 'is a key', $key, $actual );
	}

	public static function assertStringContainsString( string $needle, string $haystack, string $message = '' ): void {
		self::check( str_contains( $haystack, $needle ), $message, 'is not contained', $needle, $haystack );
	}

	public static function assertStringNotContainsString( string $needle, string $haystack, string $message = '' ): void {
		self::check( ! str_contains( $haystack, $needle ), $message, 'is contained', $needle, $haystack );
	}

	public static function assertMatchesRegularExpression( string $pattern, string $actual, string $message = '' ): void {
		self::check( 1 === preg_match( $pattern, $actual ), $message, 'does not match', $pattern, $actual );
	}

	public static function assertLessThan( mixed $limit, mixed $actual, string $message = '' ): void {
		self::check( $actual < $limit, $message, 'is not less', $limit, $actual );
	}

	public static function assertGreaterThan( mixed $limit, mixed $actual, string $message = '' ): void {
		self::check( $actual > $limit, $message, 'is not greater', $limit, $actual );
	}

	private static function check( bool $holds, string $message, string $what, mixed $expected, mixed $actual ): void {
		++self::$assertions;
		if ( ! $holds ) {
			throw new Failure( trim( "$message\n" . var_export( $actual, true ) . "\n$what; expected:\n" . var_export( $expected, true ) ) );
		}
	}
}
