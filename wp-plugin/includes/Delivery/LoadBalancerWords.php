<?php

declare( strict_types=1 );

namespace Everypod\Delivery;

use Everypod\Settings\Settings;

/** What Problem says of a bridge, in words for pods behind a load balancer. Null where its own words fit. */
final class LoadBalancerWords {

	public static function message( ProblemCode $code ): ?string {
		return match ( $code ) {
			ProblemCode::NotSetUp,
			ProblemCode::SecretNotSetUp,
			ProblemCode::BadCaFile          => __( 'The connection to the pods is not set up.', 'everypod' ),
			ProblemCode::NearAddress        => __( 'The address of the load balancer leads to the machine of WordPress itself or to its own link, so nothing was sent there.', 'everypod' ),
			ProblemCode::Unreachable        => __( 'No pod can be reached through the load balancer, or none answered in time.', 'everypod' ),
			ProblemCode::BlockedByWordPress => __( 'WordPress is told to make no requests to other servers, so the load balancer was not called.', 'everypod' ),
			ProblemCode::Certificate        => __( 'The certificate of the load balancer is not accepted, so nothing was sent.', 'everypod' ),
			ProblemCode::AsksForLogin       => __( 'The load balancer, or something in front of the pods, asks for a login and lets no message through.', 'everypod' ),
			ProblemCode::RefusedSecret      => __( 'The pods refuse the secret.', 'everypod' ),
			ProblemCode::BadAnswer          => __( 'Something answered at the address of the load balancer, but not as a pod does.', 'everypod' ),
			ProblemCode::UntrustedAnswer    => __( 'An answer came that is not a pod\'s own, or was changed on the way, so it is not believed.', 'everypod' ),
			ProblemCode::NoPods             => __( 'The change got through the load balancer, but no pods were found to tell.', 'everypod' ),
			ProblemCode::IdReused           => __( 'The other side knows another message with the same id, so this one is sent under a new id.', 'everypod' ),
			ProblemCode::BridgeUnavailable  => __( 'The load balancer, or the pod behind it, can\'t take messages just now.', 'everypod' ),
			ProblemCode::RefusedEvent       => __( 'A pod, or something in front of it, refuses this change.', 'everypod' ),
			ProblemCode::Malformed          => __( 'The pods can\'t read this change.', 'everypod' ),
			ProblemCode::TooLarge           => __( 'The load balancer, or a pod behind it, finds the message too large.', 'everypod' ),
			default                         => null,
		};
	}

	public static function advice( ProblemCode $code, Settings $settings ): ?string {
		return match ( $code ) {
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::NotSetUp           => sprintf( __( 'An administrator can set the address of the pods\' route: see %s.', 'everypod' ), $settings->place_of_url() ),
			ProblemCode::NearAddress        => __( 'Use an address by which other machines reach the load balancer, too; only the constant EVERYPOD_BRIDGE_URL in wp-config.php can name one of this machine.', 'everypod' ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::Unreachable        => sprintf( __( 'The change is kept and sent again by itself; if this lasts, check that pods run, that none of them hangs, and that the address of their route is right: see %s.', 'everypod' ), $settings->place_of_url() ),
			ProblemCode::BlockedByWordPress => __( 'Add the load balancer\'s host name to WP_ACCESSIBLE_HOSTS in wp-config.php.', 'everypod' ),
			ProblemCode::Certificate        => $settings->ca_file()->is_set()
				? __( 'It has to be valid today, for the host name in the address of the load balancer, and issued by an authority in the file that the constant EVERYPOD_CA_FILE in wp-config.php names.', 'everypod' )
				: __( 'It has to be valid today and for the host name in the address of the load balancer; if an authority of your own issued it, name that authority\'s file by the constant EVERYPOD_CA_FILE in wp-config.php.', 'everypod' ),
			ProblemCode::AsksForLogin       => __( 'Let it pass a POST to the pods\' route without a login, since every message is signed.', 'everypod' ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::RefusedSecret      => sprintf( __( 'Make the secret the same as EVERYPOD_SECRET of the pods, and check that the clocks are right; for the secret, see %s.', 'everypod' ), $settings->place_of_secret() ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::BadAnswer          => sprintf( __( 'Check that the address is that of the pods\' route in the form that the app does not redirect, that the pods have EVERYPOD_SECRET, and that the destination is not a bridge: see %s.', 'everypod' ), $settings->place_of_url() ),
			ProblemCode::UntrustedAnswer    => __( 'Let the load balancer, and proxies, caches and firewalls beside it, pass the pods\' answers on as they are, headers too.', 'everypod' ),
			ProblemCode::NoPods             => __( 'Check that pods are ready, and that EVERYPOD_PODS on the pods names their headless Service.', 'everypod' ),
			ProblemCode::BridgeUnavailable  => __( 'The change is kept and sent again by itself; if this lasts, look at the logs of the load balancer and of the pods.', 'everypod' ),
			/* translators: %s: where it is set: "Settings → Everypod", or "the constant … in wp-config.php" */
			ProblemCode::RefusedEvent       => sprintf( __( 'The change is kept and sent again by itself; check whether a firewall in front of the pods takes the change for an attack, and the address of their route: see %s.', 'everypod' ), $settings->place_of_url() ),
			ProblemCode::Malformed          => __( 'Bring the app\'s everypod package and this plugin to the same version; the change is kept and sent again by itself.', 'everypod' ),
			ProblemCode::TooLarge           => __( 'Shorten the list that the everypod_targets filter returns, or check the size limit of the load balancer.', 'everypod' ),
			default                         => null,
		};
	}
}
