<?php
namespace Everypod\Demo;

/** Whether Everypod is switched on, on the wall. The demo writes the switch beside WordPress's content. */
function is_everypod_on( bool $send, array $change ): bool {
	return $send && 'off' !== @file_get_contents( WP_CONTENT_DIR . '/everypod-switch' );
}
