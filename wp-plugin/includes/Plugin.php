<?php

declare( strict_types=1 );

namespace Everypod;

use Everypod\Change\AuthorWatcher;
use Everypod\Change\CommentWatcher;
use Everypod\Change\MenuWatcher;
use Everypod\Change\PostWatcher;
use Everypod\Change\QuietWatcher;
use Everypod\Change\SiteWatcher;
use Everypod\Change\TableWatcher;
use Everypod\Change\TermWatcher;
use Everypod\Delivery\BridgeClient;
use Everypod\Delivery\ConnectionTest;
use Everypod\Delivery\Courier;
use Everypod\Delivery\RequestEnd;
use Everypod\Delivery\Retry;
use Everypod\Delivery\RetrySchedule;
use Everypod\Editor\EditorPanel;
use Everypod\Outbox\Intake;
use Everypod\Outbox\Outbox;
use Everypod\Outbox\Rows;
use Everypod\Outbox\Schema;
use Everypod\Outbox\Sweep;
use Everypod\Outbox\UnsentPosts;
use Everypod\Read\AnswerKeys;
use Everypod\Read\EarlyReads;
use Everypod\Read\GraphqlKeys;
use Everypod\Read\SiteKey;
use Everypod\Rest\ConnectionTestController;
use Everypod\Rest\Controller;
use Everypod\Rest\DeliveriesController;
use Everypod\Rest\OutboxController;
use Everypod\Rest\PodsController;
use Everypod\Rest\PostDeliveryController;
use Everypod\Rest\SettingsController;
use Everypod\Screen\Script;
use Everypod\Settings\Settings;
use Everypod\Status\StatusPage;

/** The parts of the plugin, put together. Making one touches nothing in WordPress. */
final class Plugin {

	public readonly PostWatcher $posts;
	public readonly TermWatcher $terms;
	public readonly CommentWatcher $comments;
	public readonly AuthorWatcher $authors;
	public readonly SiteWatcher $site;
	public readonly MenuWatcher $menus;
	public readonly TableWatcher $tables;
	public readonly QuietWatcher $quiet;
	public readonly Intake $intake;
	public readonly RequestEnd $request_end;
	public readonly Retry $retry;
	public readonly RetrySchedule $schedule;
	public readonly EditorPanel $editor;
	public readonly StatusPage $status;
	public readonly EarlyReads $early;
	public readonly AnswerKeys $keys;
	public readonly GraphqlKeys $graphql_keys;

	/** @var list<Controller> */
	public readonly array $controllers;

	private readonly Settings $settings;

	public function __construct(
		public readonly string $file,
		?Settings $settings = null,
		Clock $clock = new SystemClock()
	) {
		$settings ??= Settings::of_this_site();
		$outbox     = new Outbox();
		$rows       = new Rows();
		$intake     = new Intake( $settings, $outbox, $clock );
		$bridge     = new BridgeClient( $clock );
		$courier    = new Courier( $settings, $outbox, $bridge, $clock );
		$sweep      = new Sweep( $intake, $settings, new UnsentPosts(), $clock );
		$script     = new Script( $file );

		$this->intake       = $intake;
		$this->settings     = $settings;
		$this->quiet        = new QuietWatcher( $intake );
		$this->posts        = new PostWatcher( $this->quiet );
		$this->terms        = new TermWatcher( $intake );
		$this->comments     = new CommentWatcher( $this->quiet );
		$this->authors      = new AuthorWatcher( $intake );
		$this->site         = new SiteWatcher( $intake );
		$this->menus        = new MenuWatcher( $intake );
		$this->tables       = new TableWatcher( $this->quiet );
		$this->schedule     = new RetrySchedule( $rows );
		$this->request_end  = new RequestEnd( $intake, $rows, $courier, $this->schedule, $clock );
		$this->retry        = new Retry( $outbox, $rows, $courier, $this->schedule, $sweep, $settings, $clock );
		$this->editor       = new EditorPanel( $script );
		$this->status       = new StatusPage( $script, $settings );
		$this->early        = new EarlyReads( $settings );
		$this->keys         = new AnswerKeys( $settings, $this->early );
		$this->graphql_keys = new GraphqlKeys( $settings, $this->early );
		$this->controllers  = array(
			new PostDeliveryController( $settings, $rows, $intake, $this->retry, $courier, $clock ),
			new DeliveriesController( $settings, $outbox, $rows, $this->retry, $courier, $clock ),
			new SettingsController( $settings ),
			new ConnectionTestController( new ConnectionTest( $settings, $outbox, $rows, $courier, $bridge, $clock ) ),
			new OutboxController( $settings, $outbox, $rows, $this->retry, $clock ),
			new PodsController( $settings, $bridge, $rows ),
		);
	}

	public function init(): void {
		// WordPress looks into languages/ by itself from 6.8 on.
		load_plugin_textdomain( 'everypod', false, dirname( plugin_basename( $this->file ) ) . '/languages' );
		if ( Schema::ensure() ) {
			$this->settings->move_former_options();
			$this->settings->load_with_all_others();
		}
		if ( $this->settings->keys_are_on() ) {
			SiteKey::ensure();
		}
		$this->schedule->ensure();
	}

	public function rest_api_init(): void {
		foreach ( $this->controllers as $controller ) {
			$controller->register_routes();
		}
	}
}
