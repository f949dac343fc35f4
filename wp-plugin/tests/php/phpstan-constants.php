<?php
/**
 * Constants that WordPress defines at run time, for PHPStan.
 *
 * @package Everypod
 */

define( 'ABSPATH', '/' );
define( 'WPINC', 'wp-includes' );
define( 'ARRAY_A', 'ARRAY_A' );
