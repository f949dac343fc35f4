import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Report, reportSchema } from '@everypod/contract';
import { z } from 'zod';
import type { Processes } from '../../demo/src/processes/processes.ts';
import { placeCore } from '../../demo/src/wordpress/chosen-core.ts';
import { fillContent } from '../../demo/src/wordpress/content.ts';
import type { Caller } from './inside/caller.ts';
import { limits } from './limits.ts';
import type { Namespace } from './namespaces.ts';
import { plan, urls } from './plan.ts';
import { until } from './until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const router = join(root, 'demo/src/wordpress/site/router.php');
const installer = fileURLToPath(new URL('site/install.php', import.meta.url));
const installedSchema = z.object({ user: z.string(), password: z.string(), post: z.int().positive() });
const deliverySchema = z.object({
  delivery: z.object({ id: z.string(), destination: z.string(), report: reportSchema.nullable() }).nullable(),
});

/** Whom the plugin hands events to; null for nobody, as before it is set up. */
export type Destination = { kind: 'bridge' | 'load-balancer'; url: string; secret: string } | null;

export type WordPress = {
  /** Writes what a person writes into `wp-config.php`; it holds from the next request on. */
  setDestination(destination: Destination): Promise<void>;
  /** An editor gives the post another title. The plugin's hooks do what they do. */
  save(title: string): Promise<void>;
  /** What the panel shows for the latest change, once it says that no line will change any more. */
  finalReport(): Promise<{ destination: string; report: Report }>;
};

/** A real WordPress with the plugin active and one post in it. `caller` is an editor's browser beside it. */
export async function startWordPress(options: {
  namespace: Namespace;
  caller: Caller;
  folder: string;
  processes: Processes;
}): Promise<WordPress> {
  const { namespace, caller, folder, processes } = options;
  const core = join(folder, 'core');
  const content = join(folder, 'content');
  const destinationFile = join(folder, 'destination.php');
  const setDestination = (destination: Destination) =>
    writeFile(destinationFile, `<?php\n${definitions(destinationConstants(destination))}`);

  await placeCore({ from: null, into: core });
  await fillContent({ content, core, plugin: join(root, 'wp-plugin'), onSqlite: true });
  await writeFile(join(core, 'wp-config.php'), wpConfig(content, destinationFile));
  await setDestination(null);
  await rm(join(core, 'wp-content'), { recursive: true, force: true });
  await symlink(content, join(core, 'wp-content'));

  const said = await namespace.run(['php', installer, core], { SITE_HOST: plan.wordpress.outside });
  const { user, password, post } = installedSchema.parse(JSON.parse(said.trim().split('\n').at(-1) ?? ''));
  const [command, args] = namespace.command(
    [
      'php',
      ...['-d', 'memory_limit=256M'],
      // Else a destination that was written a moment ago is not read for two seconds.
      ...['-d', 'opcache.revalidate_freq=0'],
      ...['-S', `${plan.wordpress.outside}:80`],
      ...['-t', core],
      router,
    ],
    { PHP_CLI_SERVER_WORKERS: '4' },
  );
  const server = processes.start({ name: 'wordpress', command, args });
  const rest = `${urls.wordpress}/wp-json`;
  await Promise.race([
    until('WordPress answers', limits.startMs, () => caller.json(`${rest}/wp/v2/posts/${post}`)),
    server.earlyEnd,
  ]);

  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return {
    setDestination,
    save: async (title) => {
      const body = JSON.stringify({ title });
      await caller.json(`${rest}/wp/v2/posts/${post}`, { method: 'POST', headers, body });
    },
    finalReport: () =>
      until('the report is final', limits.reportMs, async () => {
        const shown = deliverySchema.parse(
          await caller.json(`${rest}/everypod/v1/posts/${post}/delivery`, { headers }),
        );
        const report = shown.delivery?.report;
        if (!report?.final) throw new Error(`The panel shows ${JSON.stringify(shown)}.`);
        return { destination: shown.delivery?.destination ?? '', report };
      }),
  };
}

type Constants = Record<string, string | boolean>;

function destinationConstants(destination: Destination): Constants {
  if (destination === null) return {};
  const { kind, url, secret } = destination;
  return { EVERYPOD_DESTINATION: kind, EVERYPOD_BRIDGE_URL: url, EVERYPOD_SECRET: secret };
}

function wpConfig(content: string, destinationFile: string): string {
  const constants: Constants = {
    DB_NAME: 'wordpress',
    DB_USER: 'wordpress',
    DB_PASSWORD: '',
    DB_HOST: 'localhost',
    WP_HOME: urls.wordpress,
    WP_SITEURL: urls.wordpress,
    WP_CONTENT_DIR: content,
    // Application passwords want this where there is no TLS.
    WP_ENVIRONMENT_TYPE: 'local',
    AUTOMATIC_UPDATER_DISABLED: true,
    DISABLE_WP_CRON: true,
    WP_HTTP_BLOCK_EXTERNAL: true,
    WP_ACCESSIBLE_HOSTS: `${plan.cluster.outside},${plan.loadBalancer.outside}`,
  };
  return [
    '<?php',
    definitions(constants),
    `require '${destinationFile}';`,
    "$table_prefix = 'wp_';",
    "defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );",
    "require_once ABSPATH . 'wp-settings.php';",
    '',
  ].join('\n');
}

function definitions(constants: Constants): string {
  const lines = Object.entries(constants).map(
    ([name, value]) => `define( '${name}', ${typeof value === 'boolean' ? value : `'${value}'`} );`,
  );
  return `${lines.join('\n')}\n`;
}
