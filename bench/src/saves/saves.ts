import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inTurn } from '../figures/in-turn.ts';
import { median, medianExcess } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Cell, Measurement, Table } from '../measurement.ts';
import { expectAccepted, signIn } from '../outbound.ts';
import { measureOnWordPress } from '../wordpress/wordpress.ts';

export const saves: Measurement = {
  name: 'saves',
  says: 'what telling of it adds to a save of a real WordPress',
  async measure(bench) {
    return measureOnWordPress(bench.folder, empty, async ({ url, folder, signInUrl }) => {
      const plugins = join(folder, 'content', 'mu-plugins');
      mkdirSync(plugins, { recursive: true });
      cpSync(join(import.meta.dirname, '../../site/saves.php'), join(plugins, 'bench-saves.php'));
      const editor = await signIn(signInUrl);
      const cells: Cell[][] = [];
      for (const [name, what] of saved)
        cells.push([name, ...(await costOf(`${url}/wp-json/bench/v1/save/${what}`, editor, bench.size))]);
      return cells;
    });
  },
};

const saved = [
  ['another title', 'title'],
  ['other words', 'words'],
  ['nothing new', 'nothing'],
] as const;

const empty: Table = {
  title: 'A save of WordPress, in milliseconds, medians',
  columns: ['save', 'rounds', 'without', 'with Everypod', 'more', 'whole request without', 'with'],
  rows: [],
  notes: [
    'One process with one worker saves in turn, for an editor in a browser, with the plugin and without it loaded at all. The whole request has what is done at its end, too: a delivery to a bridge that refuses the connection.',
    'More is the median of what each is longer than its neighbour in time.',
  ],
};

const answerSchema = z.strictObject({ ms: z.number(), with: z.boolean() });

async function costOf(
  url: string,
  editor: Record<string, string>,
  size: (full: number) => number,
): Promise<Cell[]> {
  const times: Record<'without' | 'told', number[]> = { without: [], told: [] };
  const save = (kind: 'without' | 'told') => async () => {
    const headers = { ...editor, ...(kind === 'without' && { 'x-without-everypod': '1' }) };
    const answer = answerSchema.parse(
      JSON.parse((await expectAccepted(url, { method: 'POST', headers })).toString()),
    );
    if (answer.with !== (kind === 'told'))
      throw new Error(`The plugin is${answer.with ? '' : ' not'} loaded.`);
    times[kind].push(answer.ms);
  };
  const [without = [], told = []] = await inTurn(
    [
      { name: 'without', run: save('without') },
      { name: 'with Everypod', run: save('told') },
    ],
    {
      rounds: size(limits.savesRounds),
      mostMs: size(limits.savesMostMs),
      warmUpRounds: limits.savesWarmUpRounds,
    },
  );
  const [bare = [], full = []] = [times.without, times.told].map((all) =>
    all.slice(limits.savesWarmUpRounds),
  );
  const more = medianExcess(full, bare);
  return [without.length, median(bare), median(full), more, median(without), median(told)];
}
