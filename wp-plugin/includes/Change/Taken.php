<?php

declare( strict_types=1 );

namespace Everypod\Change;

/** What became of a change that was told. */
enum Taken {

	/** In the outbox, or it was there already. */
	case Waiting;

	/** A filter of this site wants nothing of it sent. */
	case KeptBack;

	/** There is no bridge to send it to. */
	case NotSetUp;

	/** It could not be written down, and is lost unless somebody tells of it again. */
	case Lost;
}
