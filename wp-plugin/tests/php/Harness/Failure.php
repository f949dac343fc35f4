<?php

declare( strict_types=1 );

namespace Everypod\Tests\Harness;

use Exception;

final class Failure extends Exception {}
