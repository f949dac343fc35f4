import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLedger } from '../../../demo/src/processes/ledger.ts';
import { createProcesses } from '../../../demo/src/processes/processes.ts';
import { nativeRuntime } from '../../../demo/src/wordpress/native.ts';
import { startWordPress } from '../../../demo/src/wordpress/wordpress.ts';
import { constant } from '../../../e2e/wordpress/config-file.ts';
import { freePort } from '../bridge/bridge.ts';
import { inTurn } from '../figures/in-turn.ts';
import { median } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Cell, Measurement, Table } from '../measurement.ts';
import { expectAnswered } from '../outbound.ts';
import { until } from '../programs/until.ts';

export const answers: Measurement = {
  name: 'answers',
  says: 'what saying what they were made of adds to answers of a real WordPress',
  async measure(bench) {
    const native = await nativeRuntime(1);
    if ('cannot' in native) return [{ ...empty, notes: [`Not measured: ${native.cannot}`] }];
    const folder = join(bench.folder, 'wordpress');
    const logs = join(folder, 'logs');
    await mkdir(logs, { recursive: true });
    const processes = createProcesses({ logs, ledger: openLedger(join(folder, 'processes.json')) });
    try {
      const { url, label, end } = await startWordPress({
        folder,
        plugin: join(root, 'wp-plugin'),
        core: null,
        runtime: 'native',
        workers: 1,
        port: await freePort(),
        bridgeUrl: 'http://127.0.0.1:9',
        secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
        oldWebhookUrl: 'http://127.0.0.1:9',
        processes,
        changed: () => {},
      });
      end();
      // The same process answers with and without, as the request asks.
      const config = join(folder, 'core', 'wp-config.php');
      writeFileSync(config, constant('EVERYPOD_KEYS', 'asked')(readFileSync(config, 'utf8')));
      const [[, first]] = asked;
      // PHP looks at a file that it knows only every other second.
      await until(
        'Keys for who asks alone',
        async () => (await expectAnswered(`${url}/wp-json${first}`)).keys === null,
      );
      const rows: Cell[][] = [];
      for (const [name, path] of asked)
        rows.push([name, ...(await costOf(`${url}/wp-json${path}`, bench.size))]);
      return [{ ...empty, title: `${empty.title}, ${label}`, rows }];
    } finally {
      await processes.stopAll();
    }
  },
};

const root = fileURLToPath(new URL('../../..', import.meta.url));

const asked = [
  ['one post, with all that is embedded', '/wp/v2/posts?per_page=1&_embed=1'],
  ['ten posts', '/wp/v2/posts?per_page=10'],
  ['ten posts, with all that is embedded', '/wp/v2/posts?per_page=10&_embed=1'],
  ['the categories', '/wp/v2/categories'],
  ['a search', '/wp/v2/search?search=a'],
] as const;

const empty: Table = {
  title: 'An answer of WordPress, in milliseconds, medians',
  columns: ['answer', 'rounds', 'without', 'with keys', 'more', 'header bytes'],
  rows: [],
  notes: [
    'One process with one worker answers both in turn (EVERYPOD_KEYS is asked), so both have the same caches; the database is SQLite.',
  ],
};

async function costOf(url: string, size: (full: number) => number): Promise<Cell[]> {
  let bytes = 0;
  const [without = [], told = []] = await inTurn(
    [
      {
        name: 'without',
        run: async () => {
          if ((await expectAnswered(url)).keys !== null) throw new Error('It says keys to who does not ask.');
        },
      },
      {
        name: 'with keys',
        run: async () => {
          const { keys } = await expectAnswered(url, { 'x-everypod-keys': 'asked' });
          if (keys === null) throw new Error('It says no keys.');
          bytes = keys.length;
        },
      },
    ],
    {
      rounds: size(limits.answersRounds),
      mostMs: size(limits.answersMostMs),
      warmUpRounds: limits.answersWarmUpRounds,
    },
  );
  return [without.length, median(without), median(told), median(told) - median(without), bytes];
}
