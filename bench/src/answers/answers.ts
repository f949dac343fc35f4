import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constant } from '../../../e2e/wordpress/config-file.ts';
import { inTurn } from '../figures/in-turn.ts';
import { median, medianExcess } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Cell, Measurement, Table } from '../measurement.ts';
import { expectAnswered } from '../outbound.ts';
import { until } from '../programs/until.ts';
import { measureOnWordPress } from '../wordpress/wordpress.ts';

export const answers: Measurement = {
  name: 'answers',
  says: 'what saying what they were made of adds to answers of a real WordPress',
  async measure(bench) {
    return measureOnWordPress(bench.folder, empty, async ({ url, folder }) => {
      // The same process answers with and without, as the request asks.
      const config = join(folder, 'core', 'wp-config.php');
      writeFileSync(config, constant('EVERYPOD_KEYS', 'asked')(readFileSync(config, 'utf8')));
      const [[, first]] = asked;
      // PHP looks at a file that it knows only every other second.
      await until(
        'Keys for who asks alone',
        async () => (await expectAnswered(`${url}/wp-json${first}`)).keys === null,
      );
      const cells: Cell[][] = [];
      for (const [name, path] of asked)
        cells.push([name, ...(await costOf(`${url}/wp-json${path}`, bench.size))]);
      return cells;
    });
  },
};

const asked = [
  ['one post, by its slug', '/wp/v2/posts?slug=what-the-barometer-knew-on-sunday'],
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
    'One process with one worker answers both in turn (EVERYPOD_KEYS is asked), so both have the same caches.',
    'More is the median of what each is longer than its neighbour in time.',
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
  return [without.length, median(without), median(told), medianExcess(told, without), bytes];
}
