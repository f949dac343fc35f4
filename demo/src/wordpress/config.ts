import { createHash } from 'node:crypto';

export type SiteConfig = {
  url: string;
  /** Where WordPress finds its content, as its own file system names it; null for the usual place. */
  contentFolder: string | null;
  /** A server's `DB_HOST`, whose `root` has no password; null for SQLite. */
  databaseHost: string | null;
  bridgeUrl: string;
  secret: string;
  /** For the demo's own routes in WordPress: preparing, and the sign-in link. */
  demoToken: string;
  /** Where a save is reported while Everypod is switched off on the wall. */
  oldWebhookUrl: string;
};

const keys = [
  'AUTH_KEY',
  'SECURE_AUTH_KEY',
  'LOGGED_IN_KEY',
  'NONCE_KEY',
  'AUTH_SALT',
  'SECURE_AUTH_SALT',
  'LOGGED_IN_SALT',
  'NONCE_SALT',
];

/** The text of `wp-config.php`, the same for both runtimes but for the place of the content. */
export function wpConfig(site: SiteConfig): string {
  // Derived, so that a sign-in outlives a restart of the demo.
  const salt = (key: string) => createHash('sha256').update(`${key} ${site.secret}`).digest('hex');
  const constants: [string, string | boolean][] = [
    ['DB_NAME', 'wordpress'],
    ['DB_USER', 'root'],
    ['DB_PASSWORD', ''],
    ['DB_HOST', site.databaseHost ?? 'localhost'],
    ['DB_CHARSET', 'utf8mb4'],
    ['DB_COLLATE', ''],
    ...keys.map((key): [string, string] => [key, salt(key)]),
    ['WP_HOME', site.url],
    ['WP_SITEURL', site.url],
    ['WP_ENVIRONMENT_TYPE', 'local'],
    ['WP_DEBUG', true],
    ['WP_DEBUG_LOG', true],
    ['WP_DEBUG_DISPLAY', false],
    ['AUTOMATIC_UPDATER_DISABLED', true],
    ['DISABLE_WP_CRON', true],
    // Without the network the dashboard would wait 20 s for wordpress.org.
    ['WP_HTTP_BLOCK_EXTERNAL', true],
    ['WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost'],
    ['EVERYPOD_BRIDGE_URL', site.bridgeUrl],
    ['EVERYPOD_SECRET', site.secret],
    ['EVERYPOD_DEMO_TOKEN', site.demoToken],
    ['EVERYPOD_DEMO_OLD_WEBHOOK', site.oldWebhookUrl],
  ];
  if (site.contentFolder !== null) constants.push(['WP_CONTENT_DIR', site.contentFolder]);
  return [
    '<?php',
    '// Written anew at every start of the demo.',
    ...constants.map(([name, value]) => `defined( '${name}' ) || define( '${name}', ${php(value)} );`),
    "$table_prefix = 'wp_';",
    "defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );",
    "require_once ABSPATH . 'wp-settings.php';",
    '',
  ].join('\n');
}

const php = (value: string | boolean) =>
  typeof value === 'boolean' ? String(value) : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
