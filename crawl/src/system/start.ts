import { readFileSync, writeFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createChanges } from '../../../demo/src/changes.ts';
import { openLedger } from '../../../demo/src/processes/ledger.ts';
import { createProcesses } from '../../../demo/src/processes/processes.ts';
import { startBridgeOf } from '../../../demo/src/start/bridge.ts';
import { createNews } from '../../../demo/src/start/news.ts';
import { choosePlaces } from '../../../demo/src/start/places.ts';
import { startPods } from '../../../demo/src/start/pods.ts';
import { startService } from '../../../demo/src/start/service.ts';
import type { Start } from '../../../demo/src/start/start.ts';
import { startWordPressOf } from '../../../demo/src/start/wordpress.ts';
import { openState } from '../../../demo/src/state/state.ts';
import { unpackCore } from '../../../demo/src/wordpress/core.ts';
import { constant } from '../../../e2e/wordpress/config-file.ts';
import type { Arguments } from '../arguments.ts';
import { createPrograms, type RunProgram } from '../site/programs.ts';
import { fillSite, type Named } from '../site/seed.ts';
import { appFolder, buildsFolder, coreFolder, nextFolder, root, siteFolder, stateFolder } from './places.ts';

type Pod = { name: string; url: string };

export type System = {
  wordpress: { url: string; user: string; password: string; label: string };
  bridge: { url: string; secret: string };
  pods: [Pod, ...Pod[]];
  /** Everything that the site was filled with, by its name. */
  named: Named;
  run: RunProgram;
  database: string;
};

/** WordPress, a bridge and pods as the demo starts them, with the crawl's site and its app; ended when the body has ended. */
export async function withSystem<Result>(
  given: Arguments,
  stopped: Promise<never>,
  body: (system: System) => Promise<Result>,
): Promise<Result> {
  // Who reads a page makes it, so that what was made is known once all has been read.
  process.env.EVERYPOD_VISITS = String(given.visits);
  const state = await openState({ folder: stateFolder, fresh: true });
  const processes = createProcesses({ logs: state.logs, ledger: openLedger(state.processes) });
  const endings: (() => unknown)[] = [];
  try {
    const start: Start = {
      root,
      builds: buildsFolder,
      wish: {
        pods: given.pods,
        portBase: null,
        fresh: true,
        readyFile: null,
        state: stateFolder,
        wordpressCore: await coreOf(given),
        databaseHost: null,
        blog: appFolder,
        next: nextFolder(given.next),
        runtime: 'native',
        wordpressWorkers: null,
      },
      state,
      processes,
      endWith: (end) => endings.push(end),
      changes: createChanges(),
      news: createNews(),
    };
    return await Promise.race([stopped, startAll(start, given).then(body)]);
  } finally {
    for (const end of endings.toReversed()) await end();
    await processes.stopAll();
    await rm(state.pods, { recursive: true, force: true });
    state.release();
  }
}

async function coreOf({ core, wordpressCore }: Arguments): Promise<string | null> {
  if (core === null) return wordpressCore;
  return unpackCore({ version: core, into: coreFolder(core) });
}

async function startAll(start: Start, given: Arguments): Promise<System> {
  const places = await choosePlaces(start.wish);
  const kubelet = await startService(start, places);
  await startBridgeOf(start, places);
  const wordpress = await startWordPressOf(start, places);

  const core = join(start.state.wordpress, 'core');
  const content = join(start.state.wordpress, 'content');
  for (const part of ['front.php', 'front']) {
    await cp(join(siteFolder, part), join(content, 'mu-plugins', part), { recursive: true });
  }
  const run = createPrograms(core);
  const named = await fillSite(run);
  if (given.pathsOnly) sayNoKeys(join(core, 'wp-config.php'));
  const { pods } = await startPods(start, places, { kubelet, wordpress });
  const [first, ...others] = pods.views().map((pod) => ({ name: pod.name, url: pod.url }));
  if (first === undefined) throw new Error('No pod was started.');
  const { url, user, password, label } = wordpress;
  return {
    wordpress: { url, user, password, label },
    bridge: { url: places.addresses.bridge, secret: start.state.secrets.secret },
    pods: [first, ...others],
    named,
    run,
    database: join(content, 'database', '.ht.sqlite'),
  };
}

/** The plugin's own switch. */
function sayNoKeys(config: string): void {
  writeFileSync(config, constant('EVERYPOD_KEYS', 'false')(readFileSync(config, 'utf8')));
}
