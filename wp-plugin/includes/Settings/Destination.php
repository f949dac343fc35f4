<?php

declare( strict_types=1 );

namespace Everypod\Settings;

/** Who takes events from WordPress. The same names as in src/rest/shapes.ts. */
enum Destination: string {

	/** Keeps them in a journal, and follows each until every pod has it. */
	case Bridge = 'bridge';

	/** Leads to one of the pods, which tells the others. There is no bridge, so nobody catches up. */
	case LoadBalancer = 'load-balancer';

	/** @return list<string> */
	public static function names(): array {
		return array_column( self::cases(), 'value' );
	}
}
