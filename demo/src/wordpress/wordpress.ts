import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Processes } from '../processes/processes.ts';
import { placeCore } from './chosen-core.ts';
import { chooseRuntime } from './chosen-runtime.ts';
import { wpConfig } from './config.ts';
import { fillContent } from './content.ts';
import { tickCron } from './cron.ts';
import { administrator, installAndPrepare, type Prepared } from './install.ts';
import { startServer, type WordPressServer } from './server.ts';

export type WordPress = {
  url: string;
  user: string;
  password: string;
  /** Signs the administrator in; good for as long as this start runs. */
  signInUrl: string;
  /** `WordPress 6.6.2 on native PHP 8.2.30`. */
  label: string;
  why: string;
  renderSeconds: number | null;
  prepared: Prepared;
  server: WordPressServer;
  /** Everypod was switched off when the demo was ended; it is on now. */
  wasOff: boolean;
  /** Tells WordPress whether Everypod is switched on, on the wall. */
  switchEverypod(on: boolean): Promise<void>;
  /** Ends what the demo does beside it. */
  end(): void;
};

/** A real WordPress with the plugin active and something to read in it. Resolves once it can be used. */
export async function startWordPress(options: {
  folder: string;
  plugin: string;
  core: string | null;
  /** A server's `DB_HOST`, with an empty database `wordpress`; null for SQLite. */
  databaseHost: string | null;
  runtime: 'native' | 'playground' | null;
  workers: number | null;
  port: number;
  bridgeUrl: string;
  secret: string;
  oldWebhookUrl: string;
  processes: Processes;
  /** Told when its process has been stopped or started. */
  changed: () => void;
}): Promise<WordPress> {
  const url = `http://127.0.0.1:${options.port}`;
  const core = join(options.folder, 'core');
  const content = join(options.folder, 'content');
  const demoToken = randomBytes(24).toString('hex');
  const switchFile = join(content, 'everypod-switch');
  const switchEverypod = (on: boolean) => writeFile(switchFile, on ? 'on' : 'off');

  const { runtime, why } = await chooseRuntime(options.runtime, options.workers);
  const version = await placeCore({ from: options.core, into: core });
  const { databaseHost } = options;
  await fillContent({ content, core, plugin: options.plugin, onSqlite: databaseHost === null });
  await writeFile(
    join(core, 'wp-config.php'),
    wpConfig({
      url,
      contentFolder: runtime.contentFolder({ content }),
      databaseHost,
      bridgeUrl: options.bridgeUrl,
      secret: options.secret,
      demoToken,
      oldWebhookUrl: options.oldWebhookUrl,
    }),
  );
  const wasOff = (await readFile(switchFile, 'utf8').catch(() => 'on')) === 'off';
  await switchEverypod(true);

  const site = { core, content, port: options.port, url };
  const server = await startServer({
    url,
    serve: () => runtime.serve(site, options.processes),
    changed: options.changed,
  });
  const prepared = await Promise.race([installAndPrepare({ url, token: demoToken }), server.earlyEnd]);
  return {
    url,
    ...administrator,
    signInUrl: `${url}/?everypod-sign-in=${demoToken}`,
    label: `WordPress ${version} on ${runtime.label}`,
    why,
    renderSeconds: runtime.renderSeconds,
    prepared,
    server,
    wasOff,
    switchEverypod,
    end: tickCron(url),
  };
}
