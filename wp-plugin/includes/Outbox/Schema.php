<?php

declare( strict_types=1 );

namespace Everypod\Outbox;

/**
 * The outbox's table, and that of the subjects of events that are about several: made when they are missing or older than
 * this code, removed with the plugin.
 */
final class Schema {

	/** In place of a version: saves, cron and the status page go on trying, and visitors don't pay for it. */
	private const MISSING = 'missing';

	private const VERSION        = '3';
	private const VERSION_OPTION = 'everypod_schema';
	private const NAME           = 'everypod_outbox';
	private const SUBJECTS       = 'everypod_subjects';

	public static function table(): string {
		global $wpdb;
		return $wpdb->prefix . self::NAME;
	}

	/** Whom an event is about beside the one that stands in its row, or by which meta keys. */
	public static function subjects(): string {
		global $wpdb;
		return $wpdb->prefix . self::SUBJECTS;
	}

	/** @return list<string> */
	public static function tables_of( int $site_id ): array {
		global $wpdb;
		$prefix = $wpdb->get_blog_prefix( $site_id );
		return array( $prefix . self::NAME, $prefix . self::SUBJECTS );
	}

	/**
	 * Cheap when there is nothing to do, so that every request can ask: new sites of a network get theirs too.
	 *
	 * @return bool whether the table was looked at: at the first request after an update, for one
	 */
	public static function ensure(): bool {
		if ( in_array( get_option( self::VERSION_OPTION ), array( self::VERSION, self::MISSING ), true ) ) {
			return false;
		}
		self::make();
		// dbDelta says what it wanted, not what it got.
		update_option( self::VERSION_OPTION, self::exists() ? self::VERSION : self::MISSING, true );
		return true;
	}

	/** Makes what is missing, and says nothing of it. */
	public static function make(): void {
		require_once ABSPATH . 'wp-admin/includes/upgrade.php'; // @phpstan-ignore requireOnce.fileNotFound
		dbDelta( self::sql() );
	}

	/**
	 * WordPress reads the columns of a table once in each request, before it writes there. These are as they were made: in the
	 * character set that WordPress speaks. Heard without a Callback, since each column takes this way.
	 */
	public static function hear(): void {
		foreach ( array( 'pre_get_table_charset', 'pre_get_col_charset' ) as $hook ) {
			add_filter( $hook, self::charset( ... ), 10, 2 );
		}
	}

	private static function charset( mixed $charset, mixed $table = '' ): mixed {
		global $wpdb;
		return 'utf8mb4' === $wpdb->charset && in_array( $table, array( self::table(), self::subjects() ), true ) ? $wpdb->charset : $charset;
	}

	/** Whether this site has had the plugin, be it only in a request of another site of the network. */
	public static function has_run(): bool {
		return false !== get_option( self::VERSION_OPTION );
	}

	/** @return bool whether the table is there, be it only since now */
	public static function mend(): bool {
		if ( ! self::exists() ) {
			self::distrust();
			self::ensure();
		}
		return self::exists();
	}

	private static function exists(): bool {
		global $wpdb;
		return null !== $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( self::table() ) ) );
	}

	/** The option outlives a table that a move or a restored backup lost; without it, the table is looked at anew. */
	public static function distrust(): void {
		delete_option( self::VERSION_OPTION );
	}

	public static function drop(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DROP TABLE IF EXISTS %i', self::table() ) );
		$wpdb->query( $wpdb->prepare( 'DROP TABLE IF EXISTS %i', self::subjects() ) );
		self::distrust();
	}

	/**
	 * Whole seconds as integers, texts without defaults, no unsigned: the same on MariaDB, MySQL and SQLite.
	 *
	 * @return list<string>
	 */
	private static function sql(): array {
		global $wpdb;
		$table    = self::table();
		$collate  = $wpdb->get_charset_collate();
		$subjects = self::subjects();
		return array(
			"CREATE TABLE $subjects (
			id bigint(20) NOT NULL AUTO_INCREMENT,
			outbox_id bigint(20) NOT NULL,
			subject_kind varchar(64) NOT NULL,
			subject_id varchar(128) NOT NULL,
			subject_title text NOT NULL,
			change_name varchar(64) NOT NULL,
			own_path text NOT NULL,
			meta_keys text NOT NULL,
			PRIMARY KEY  (id),
			KEY outbox (outbox_id),
			KEY subject (subject_kind,subject_id(64),outbox_id)
		) $collate;",
			"CREATE TABLE $table (
			id bigint(20) NOT NULL AUTO_INCREMENT,
			event_id varchar(64) NOT NULL,
			change_name varchar(64) NOT NULL,
			subject_kind varchar(64) NOT NULL,
			subject_id varchar(128) NOT NULL,
			subject_title text NOT NULL,
			body longtext NOT NULL,
			state varchar(16) NOT NULL,
			is_final int(1) NOT NULL DEFAULT 0,
			created_at bigint(20) NOT NULL,
			trying_since bigint(20) NOT NULL,
			attempts int(11) NOT NULL DEFAULT 0,
			not_before bigint(20) NOT NULL DEFAULT 0,
			owner varchar(64) NOT NULL DEFAULT '',
			owned_until bigint(20) NOT NULL DEFAULT 0,
			failed_at bigint(20) NOT NULL DEFAULT 0,
			problem varchar(32) NOT NULL DEFAULT '',
			problem_detail text NOT NULL,
			accepted_at bigint(20) NOT NULL DEFAULT 0,
			looked_at bigint(20) NOT NULL DEFAULT 0,
			unknown_since bigint(20) NOT NULL DEFAULT 0,
			held_until bigint(20) NOT NULL DEFAULT 0,
			subjects int(11) NOT NULL DEFAULT 1,
			with_id bigint(20) NOT NULL DEFAULT 0,
			report longtext NOT NULL,
			PRIMARY KEY  (id),
			UNIQUE KEY event_id (event_id),
			KEY state_due (state,not_before),
			KEY unresolved (is_final,accepted_at),
			KEY subject (subject_kind,subject_id(64),id),
			KEY with_id (with_id)
		) $collate;",
		);
	}
}
