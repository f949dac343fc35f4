<?php

declare( strict_types=1 );

namespace Everypod\Settings;

use Everypod\Event\Secret;

/** All that is needed to talk to the bridge, checked. */
final class Connection {

	/**
	 * @param string       $bridge_url without a slash at the end
	 * @param list<Secret> $secrets    the newest first
	 * @param string       $ca_file    empty for the certificates that WordPress brings
	 */
	public function __construct(
		public readonly string $bridge_url,
		public readonly array $secrets,
		public readonly string $ca_file
	) {}
}
