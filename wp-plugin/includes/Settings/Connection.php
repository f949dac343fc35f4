<?php

declare( strict_types=1 );

namespace Everypod\Settings;

use Everypod\Event\Secret;

/** All that is needed to talk to the bridge, checked. */
final class Connection {

	/**
	 * @param string         $bridge_url without a slash at the end, scheme and host in lower case
	 * @param list<Secret>   $secrets    the newest first
	 * @param string         $ca_file    empty for the certificates that WordPress brings
	 * @param BridgeUrl|null $address    to check at each delivery where the address leads; null where a constant gave it
	 */
	public function __construct(
		public readonly string $bridge_url,
		public readonly array $secrets,
		public readonly string $ca_file,
		public readonly ?BridgeUrl $address = null
	) {}
}
