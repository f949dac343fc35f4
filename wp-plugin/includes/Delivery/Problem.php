<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

/** Something that keeps an event from getting on, in words for the person at the screen. */
final class Problem {

	/** @param string $detail what the other side or the transport said; may hold addresses */
	public function __construct(
		public readonly ProblemCode $code,
		public readonly string $detail = ''
	) {}

	public static function not_set_up( string $detail ): self {
		return new self( ProblemCode::NotSetUp, $detail );
	}

	/** Whether it lies with the event, so that others may well get through. */
	public function is_of_one_event(): bool {
		return in_array( $this->code, array( ProblemCode::IdReused, ProblemCode::TooLarge, ProblemCode::RefusedEvent, ProblemCode::Forgotten ), true );
	}

	/** What happened and why, one sentence. */
	public function message(): string {
		return match ( $this->code ) {
			ProblemCode::NotSetUp           => __( 'The connection to the bridge is not set up.', 'everypod' ),
			ProblemCode::Unreachable        => __( 'The bridge can\'t be reached.', 'everypod' ),
			ProblemCode::BlockedByWordPress => __( 'WordPress is told to make no requests to other servers, so the bridge was not called.', 'everypod' ),
			ProblemCode::RefusedSecret      => __( 'The bridge refuses the secret.', 'everypod' ),
			ProblemCode::BadAnswer          => __( 'Something answered at the address of the bridge, but not as a bridge does.', 'everypod' ),
			ProblemCode::UntrustedAnswer    => __( 'An answer came that is not the bridge\'s own, or was changed on the way, so it is not believed.', 'everypod' ),
			ProblemCode::NoPods             => __( 'The bridge has the change, but finds no pods to tell.', 'everypod' ),
			ProblemCode::IdReused           => __( 'The bridge knows another message with the same id, so this one is sent under a new id.', 'everypod' ),
			ProblemCode::BridgeUnavailable  => __( 'The bridge can\'t take messages just now.', 'everypod' ),
			ProblemCode::RefusedEvent       => __( 'The bridge, or something in front of it, refuses this change.', 'everypod' ),
			ProblemCode::Forgotten          => __( 'The bridge has accepted this change, but no longer knows it.', 'everypod' ),
			ProblemCode::NoOutbox           => __( 'The outbox can\'t be written, so no pod hears of changes made here.', 'everypod' ),
			ProblemCode::TooLarge           => __( 'The bridge finds the message too large.', 'everypod' ),
		};
	}

	/** What to do next, one sentence. */
	public function advice(): string {
		return match ( $this->code ) {
			ProblemCode::NotSetUp           => __( 'An administrator can set it up under Settings → Everypod.', 'everypod' ),
			ProblemCode::Unreachable        => __( 'The change is kept and sent again by itself; if this lasts, check that the bridge runs and that its address under Settings → Everypod is right.', 'everypod' ),
			ProblemCode::BlockedByWordPress => __( 'Add the bridge\'s host name to WP_ACCESSIBLE_HOSTS in wp-config.php.', 'everypod' ),
			ProblemCode::RefusedSecret      => __( 'Make the secret under Settings → Everypod the same as the bridge\'s EVERYPOD_SECRET, and check that both clocks are right.', 'everypod' ),
			ProblemCode::BadAnswer          => __( 'Check the address of the bridge under Settings → Everypod, and any proxy in front of it.', 'everypod' ),
			ProblemCode::UntrustedAnswer    => __( 'Let proxies, caches and firewalls in front of the bridge pass its answers on as they are, headers too; if the bridge went back to version 0.1, deactivate and activate this plugin.', 'everypod' ),
			ProblemCode::NoPods             => __( 'Check that pods are ready, and that the bridge\'s EVERYPOD_PODS names their headless Service.', 'everypod' ),
			ProblemCode::IdReused           => __( 'Nothing needs to be done.', 'everypod' ),
			ProblemCode::BridgeUnavailable  => __( 'The change is kept and sent again by itself; if this lasts, look at the bridge\'s log.', 'everypod' ),
			ProblemCode::RefusedEvent       => __( 'The change is kept and sent again by itself; check the address of the bridge under Settings → Everypod, and whether a firewall in front of it takes the change for an attack.', 'everypod' ),
			ProblemCode::Forgotten          => __( 'Choose "Revalidate now" in the post\'s editor if a page is still old.', 'everypod' ),
			ProblemCode::NoOutbox           => __( 'Check that the database has room and that its user may create tables, then deactivate and activate the plugin.', 'everypod' ),
			ProblemCode::TooLarge           => __( 'Shorten the list that the everypod_targets filter returns, or check the size limit of any proxy in front of the bridge.', 'everypod' ),
		};
	}

	/**
	 * @param bool $with_detail the detail can hold addresses, which only administrators see
	 * @return array{code: string, message: string, advice: string}
	 */
	public function to_array( bool $with_detail ): array {
		$message = $this->message();
		if ( $with_detail && '' !== $this->detail ) {
			$message .= ' ' . $this->detail;
		}
		return array(
			'code'    => $this->code->value,
			'message' => $message,
			'advice'  => $this->advice(),
		);
	}
}
