<?php

declare( strict_types=1 );

namespace Everypod\Editor;

use Everypod\Screen\Script;
use Everypod\Status\StatusPage;

/** Puts the panel's script into the block editor, on the post types whose changes are sent. */
final class EditorPanel {

	public const HANDLE = 'everypod-editor';

	public function __construct( private readonly Script $script ) {}

	public function enqueue_block_editor_assets(): void {
		$post_types = self::post_types();
		$screen     = get_current_screen();
		if ( ! $screen || 'post' !== $screen->base || ! in_array( $screen->post_type, $post_types, true ) ) {
			return;
		}
		$this->script->enqueue(
			self::HANDLE,
			'editor',
			'everypodEditor',
			array(
				'postTypes' => $post_types,
				'statusUrl' => StatusPage::url(),
				'canManage' => current_user_can( 'manage_options' ),
			)
		);
	}

	/** @return list<string> */
	private static function post_types(): array {
		return array_values( array_filter( get_post_types(), 'is_post_type_viewable' ) );
	}
}
