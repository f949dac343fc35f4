<?php

declare( strict_types=1 );

namespace Everypod\Tests;

use Everypod\Rest\Shapes;

/**
 * The routes' schemas and src/rest/shapes.ts are held to the same answers: tests/rest-shapes.
 *
 * @group every-php
 */
final class RestShapesTest extends TestCase {

	/**
	 * @dataProvider shapes
	 * @param array<string, mixed> $schema
	 */
	public function test_every_answer_that_the_screens_read_fits_the_schema_of_its_route( string $file, array $schema ): void {
		$answers = json_decode( (string) file_get_contents( dirname( __DIR__ ) . "/rest-shapes/$file.json" ), true, 64, JSON_THROW_ON_ERROR );
		self::assertNotSame( array(), $answers );
		foreach ( $answers as $answer ) {
			self::assertTrue( rest_validate_value_from_schema( $answer, $schema, $file ) );
			self::assertNotSame( true, rest_validate_value_from_schema( array( 'more' => 1 ) + $answer, $schema, $file ) );
			array_shift( $answer );
			self::assertNotSame( true, rest_validate_value_from_schema( $answer, $schema, $file ) );
		}
	}

	/** @return array<string, array{string, array<string, mixed>}> */
	public static function shapes(): array {
		return array(
			'a post\'s delivery' => array( 'post-delivery', Shapes::post_delivery() ),
			'deliveries'         => array( 'deliveries', Shapes::deliveries() ),
			'settings'           => array( 'settings', Shapes::settings() ),
			'a connection test'  => array( 'connection-test', Shapes::connection_test() ),
			'pods'               => array( 'pods', Shapes::pods() ),
		);
	}
}
