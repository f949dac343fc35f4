<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

/** What can keep an event from getting on. The same names as in src/rest/shapes.ts. */
enum ProblemCode: string {

	case NotSetUp           = 'not-set-up';
	case SecretNotSetUp     = 'secret-not-set-up';
	case BadCaFile          = 'bad-ca-file';
	case BadDestination     = 'bad-destination';
	case NearAddress        = 'near-address';
	case Unreachable        = 'unreachable';
	case BlockedByWordPress = 'blocked-by-wordpress';
	case Certificate        = 'certificate';
	case AsksForLogin       = 'asks-for-login';
	case PathChanged        = 'path-changed';
	case RefusedSecret      = 'refused-secret';
	case BadAnswer          = 'bad-answer';
	case UntrustedAnswer    = 'untrusted-answer';
	case NoPods             = 'no-pods';
	case IdReused           = 'id-reused';
	case BridgeUnavailable  = 'bridge-unavailable';
	case TooLarge           = 'too-large';
	case RefusedEvent       = 'refused-event';
	case Malformed          = 'malformed';
	case Forgotten          = 'forgotten';
	case NoOutbox           = 'no-outbox';
}
