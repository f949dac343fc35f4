<?php

declare( strict_types=1 );

namespace Everypod\Settings;

use Everypod\Event\Secret;

/** All that is needed to talk to the bridge, or to the pods behind a load balancer, checked. */
final class Connection {

	/**
	 * @param string         $bridge_url of a bridge without a slash at the end, of a load balancer with the whole route; scheme and
	 *                                   host in lower case
	 * @param list<Secret>   $secrets    the newest first
	 * @param string         $ca_file    empty for the certificates that WordPress brings
	 * @param BridgeUrl|null $address    to check at each delivery where the address leads; null where a constant gave it
	 */
	public function __construct(
		public readonly string $bridge_url,
		public readonly array $secrets,
		public readonly string $ca_file,
		public readonly ?BridgeUrl $address = null,
		public readonly Destination $to = Destination::Bridge
	) {}

	/** Whether there is a bridge that can be asked later on. */
	public function has_bridge(): bool {
		return Destination::Bridge === $this->to;
	}
}
