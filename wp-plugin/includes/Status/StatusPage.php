<?php

declare( strict_types=1 );

namespace Everypod\Status;

use Everypod\Screen\Script;
use Everypod\Settings\Settings;

/** Settings → Everypod: an empty root that the script fills. */
final class StatusPage {

	public const HANDLE = 'everypod-status';

	private const SLUG = 'everypod';

	public function __construct(
		private readonly Script $script,
		private readonly Settings $settings
	) {}

	public static function url(): string {
		return admin_url( 'options-general.php?page=' . self::SLUG );
	}

	public function admin_menu(): void {
		add_options_page( 'Everypod', 'Everypod', 'manage_options', self::SLUG, array( $this, 'render' ) );
	}

	public function admin_enqueue_scripts( string $hook_suffix ): void {
		if ( 'settings_page_' . self::SLUG !== $hook_suffix ) {
			return;
		}
		$this->script->enqueue(
			self::HANDLE,
			'status',
			'everypodStatus',
			array(
				'canEdit'   => $this->settings->can_edit(),
				'isNetwork' => is_multisite(),
			)
		);
	}

	public function render(): void {
		printf(
			'<div class="wrap"><h1>Everypod</h1><div id="%s"></div><noscript><p>%s</p></noscript></div>',
			esc_attr( self::HANDLE ),
			esc_html__( 'This page needs JavaScript. Without it, set the connection by the constants EVERYPOD_BRIDGE_URL and EVERYPOD_SECRET in wp-config.php.', 'everypod' )
		);
	}

	/**
	 * @param array<string> $links
	 * @return array<string>
	 */
	public function plugin_action_links( array $links ): array {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( self::url() ), esc_html__( 'Settings', 'everypod' ) );
		return array( $link, ...$links );
	}
}
