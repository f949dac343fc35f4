<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

/** What came of an attempt that met no problem. */
enum Handover {

	case Accepted;

	/** Another process is at it, or was first. Nothing is known of the bridge. */
	case LeftToAnother;
}
