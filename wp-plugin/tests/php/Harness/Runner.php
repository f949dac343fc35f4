<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use ReflectionClass;
use ReflectionMethod;
use Throwable;

/**
 * Runs the tests without PHPUnit, data providers included, and counts. In part, it runs those that may come out otherwise
 * in another PHP or WordPress: what is said in which words, and what core does on the way there.
 */
final class Runner {

	private int $passed = 0;

	/** @var list<string> */
	private array $failures = array();

	private const IN_PART = '@group every-php';

	public function run( string $folder, string $only = '', bool $in_part = false ): bool {
		foreach ( glob( "$folder/*Test.php" ) as $file ) {
			require_once $file;
			$class = new ReflectionClass( 'Everypod\\Tests\\' . basename( $file, '.php' ) );
			if ( $in_part && ! str_contains( (string) $class->getDocComment(), self::IN_PART ) ) {
				continue;
			}
			foreach ( $class->getMethods( ReflectionMethod::IS_PUBLIC ) as $method ) {
				if ( str_starts_with( $method->name, 'test' ) && ( '' === $only || str_contains( "$class->name::$method->name", $only ) ) ) {
					$this->run_method( $class, $method );
				}
			}
		}
		foreach ( $this->failures as $number => $failure ) {
			printf( "\n%d) %s\n", $number + 1, $failure );
		}
		$failed = count( $this->failures );
		$tests  = $this->passed + $failed;
		// The last line reads as PHPUnit's, so that whoever counts needs to know one form only.
		printf( "\nPHP %s, WordPress %s\n", PHP_VERSION, get_bloginfo( 'version' ) );
		0 === $failed
			? printf( "OK (%d tests, %d assertions)\n", $tests, SmallTestCase::$assertions )
			: printf( "Tests: %d, Assertions: %d, Failures: %d.\n", $tests, SmallTestCase::$assertions, $failed );
		return $this->passed > 0 && array() === $this->failures;
	}

	/** @param ReflectionClass<object> $class */
	private function run_method( ReflectionClass $class, ReflectionMethod $method ): void {
		foreach ( self::data( $class, $method ) as $name => $arguments ) {
			try {
				$class->newInstance()->run_one( $method->name, $arguments );
				++$this->passed;
			} catch ( Throwable $thrown ) {
				$where            = basename( $thrown->getFile() ) . ':' . $thrown->getLine();
				$this->failures[] = "{$class->getShortName()}::$method->name ($name)\n" . get_class( $thrown ) . " at $where\n" . $thrown->getMessage();
			}
		}
	}

	/**
	 * @param ReflectionClass<object> $class
	 * @return array<mixed>
	 */
	private static function data( ReflectionClass $class, ReflectionMethod $method ): array {
		$has_provider = preg_match( '/@dataProvider\s+(\w+)/', (string) $method->getDocComment(), $match );
		if ( ! $has_provider ) {
			return array( 'once' => array() );
		}
		// As PHPUnit takes them: some are asked of a test.
		$provider = $class->getMethod( $match[1] );
		return $provider->invoke( $provider->isStatic() ? null : $class->newInstance() );
	}
}
