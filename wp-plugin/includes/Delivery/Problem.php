<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Settings\Destination;
use Everypod\Settings\Settings;

/** Something that keeps an event from getting on, in words for the person at the screen. */
final class Problem {

	/** @param string $detail what the other side or the transport said; may hold addresses */
	public function __construct(
		public readonly ProblemCode $code,
		public readonly string $detail = ''
	) {}

	/** Whether it lies with the event, so that others may well get through. */
	public function is_of_one_event(): bool {
		return in_array( $this->code, array( ProblemCode::IdReused, ProblemCode::TooLarge, ProblemCode::RefusedEvent, ProblemCode::Malformed, ProblemCode::Forgotten ), true );
	}

	/** What happened and why, one sentence. */
	public function message( Destination $to = Destination::Bridge ): string {
		$own = Destination::LoadBalancer === $to ? LoadBalancerWords::message( $this->code ) : null;
		return $own ?? match ( $this->code ) {
			ProblemCode::NotSetUp,
			ProblemCode::SecretNotSetUp,
			ProblemCode::BadCaFile          => __( 'The connection to the bridge is not set up.', 'everypod' ),
			ProblemCode::BadDestination     => __( 'The constant EVERYPOD_DESTINATION in wp-config.php names no destination.', 'everypod' ),
			ProblemCode::NearAddress        => __( 'The address of the bridge leads to the machine of WordPress itself or to its own link, so nothing was sent there.', 'everypod' ),
			ProblemCode::Unreachable        => __( 'The bridge can\'t be reached.', 'everypod' ),
			ProblemCode::BlockedByWordPress => __( 'WordPress is told to make no requests to other servers, so the bridge was not called.', 'everypod' ),
			ProblemCode::Certificate        => __( 'The certificate of the bridge is not accepted, so nothing was sent.', 'everypod' ),
			ProblemCode::AsksForLogin       => __( 'Something in front of the bridge asks for a login and lets no message through.', 'everypod' ),
			ProblemCode::PathChanged        => __( 'The bridge is reached, but something in front of it changes the path that WordPress asks for.', 'everypod' ),
			ProblemCode::RefusedSecret      => __( 'The bridge refuses the secret.', 'everypod' ),
			ProblemCode::BadAnswer          => __( 'Something answered at the address of the bridge, but not as a bridge does.', 'everypod' ),
			ProblemCode::UntrustedAnswer    => __( 'An answer came that is not the bridge\'s own, or was changed on the way, so it is not believed.', 'everypod' ),
			ProblemCode::NoPods             => __( 'The bridge has the change, but finds no pods to tell.', 'everypod' ),
			ProblemCode::IdReused           => __( 'The bridge knows another message with the same id, so this one is sent under a new id.', 'everypod' ),
			ProblemCode::BridgeUnavailable  => __( 'The bridge can\'t take messages just now.', 'everypod' ),
			ProblemCode::RefusedEvent       => __( 'The bridge, or something in front of it, refuses this change.', 'everypod' ),
			ProblemCode::Malformed          => __( 'The bridge can\'t read this change.', 'everypod' ),
			ProblemCode::Forgotten          => __( 'The bridge has accepted this change, but no longer knows it.', 'everypod' ),
			ProblemCode::NoOutbox           => __( 'The outbox can\'t be written, so no pod hears of changes made here.', 'everypod' ),
			ProblemCode::TooLarge           => __( 'The bridge finds the message too large.', 'everypod' ),
		};
	}

	/** What to do next, one sentence. It sends nobody to a form for what a constant sets. */
	public function advice( Settings $settings ): string {
		$own = Destination::LoadBalancer === $settings->leads_to() ? LoadBalancerWords::advice( $this->code, $settings ) : null;
		return $own ?? match ( $this->code ) {
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::NotSetUp           => sprintf( __( 'An administrator can set the address of the bridge: see %s.', 'everypod' ), $settings->place_of_url() ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::SecretNotSetUp     => sprintf( __( 'An administrator can set the secret: see %s.', 'everypod' ), $settings->place_of_secret() ),
			ProblemCode::BadCaFile          => __( 'Check the path in the constant EVERYPOD_CA_FILE in wp-config.php, and that the web server may read the file.', 'everypod' ),
			ProblemCode::BadDestination     => __( 'Set it to \'bridge\' or to \'load-balancer\', or remove it.', 'everypod' ),
			ProblemCode::NearAddress        => __( 'Use an address by which other machines reach the bridge, too; only the constant EVERYPOD_BRIDGE_URL in wp-config.php can name one of this machine.', 'everypod' ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::Unreachable        => sprintf( __( 'The change is kept and sent again by itself; if this lasts, check that the bridge runs and that its address is right: see %s.', 'everypod' ), $settings->place_of_url() ),
			ProblemCode::BlockedByWordPress => __( 'Add the bridge\'s host name to WP_ACCESSIBLE_HOSTS in wp-config.php.', 'everypod' ),
			ProblemCode::Certificate        => $settings->ca_file()->is_set()
				? __( 'It has to be valid today, for the host name in the address of the bridge, and issued by an authority in the file that the constant EVERYPOD_CA_FILE in wp-config.php names.', 'everypod' )
				: __( 'It has to be valid today and for the host name in the address of the bridge; if an authority of your own issued it, name that authority\'s file by the constant EVERYPOD_CA_FILE in wp-config.php.', 'everypod' ),
			ProblemCode::AsksForLogin       => __( 'Let it pass what begins with /v1/ at the address of the bridge without a login, since every message is signed.', 'everypod' ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::PathChanged        => sprintf( __( 'The bridge has to see /v1/… just as WordPress asks for it: let the proxy take off no more than what the address of the bridge has as its path, and add nothing; for the address, see %s.', 'everypod' ), $settings->place_of_url() ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::RefusedSecret      => sprintf( __( 'Make the secret the same as the bridge\'s EVERYPOD_SECRET, and check that both clocks are right; for the secret, see %s.', 'everypod' ), $settings->place_of_secret() ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::BadAnswer          => sprintf( __( 'Check any proxy in front of the bridge, and the address of the bridge: see %s.', 'everypod' ), $settings->place_of_url() ),
			ProblemCode::UntrustedAnswer    => __( 'Let proxies, caches and firewalls in front of the bridge pass its answers on as they are, headers too; if the bridge went back to version 0.1, deactivate and activate this plugin.', 'everypod' ),
			ProblemCode::NoPods             => __( 'Check that pods are ready, and that the bridge\'s EVERYPOD_PODS names their headless Service.', 'everypod' ),
			ProblemCode::IdReused           => __( 'Nothing needs to be done.', 'everypod' ),
			ProblemCode::BridgeUnavailable  => __( 'The change is kept and sent again by itself; if this lasts, look at the bridge\'s log.', 'everypod' ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::RefusedEvent       => sprintf( __( 'The change is kept and sent again by itself; check whether a firewall in front of the bridge takes the change for an attack, and the address of the bridge: see %s.', 'everypod' ), $settings->place_of_url() ),
			ProblemCode::Malformed          => __( 'Bring the bridge and this plugin to the same version; the change is kept and sent again by itself.', 'everypod' ),
			ProblemCode::Forgotten          => __( 'Choose "Revalidate now" in the post\'s editor if a page is still old.', 'everypod' ),
			ProblemCode::NoOutbox           => __( 'Check that the database has room and that its user may create tables, then deactivate and activate the plugin.', 'everypod' ),
			ProblemCode::TooLarge           => __( 'Shorten the list that the everypod_targets filter returns, or check the size limit of any proxy in front of the bridge.', 'everypod' ),
		};
	}

	/**
	 * @param bool $with_detail the detail can hold addresses, which only administrators see
	 * @return array{code: string, message: string, advice: string}
	 */
	public function to_array( bool $with_detail, Settings $settings ): array {
		$message = $this->message( $settings->leads_to() );
		if ( $with_detail && '' !== $this->detail ) {
			$message .= ' ' . $this->detail;
		}
		return array(
			'code'    => $this->code->value,
			'message' => $message,
			'advice'  => $this->advice( $settings ),
		);
	}
}
