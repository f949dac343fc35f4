import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { guardOfProcess } from '../../../pod/src/guard/guard.ts';
import { guard } from '../../../pod/src/guard/handler.ts';
import { Ledger } from '../../../pod/src/guard/ledger.ts';
import type { Handler } from '../../../pod/src/guard/next-cache.ts';
import { inTurn, type Way } from '../figures/in-turn.ts';
import { median } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Measurement, Table } from '../measurement.ts';
import { keyed } from './keyed.ts';
import { MapCache, pageOf } from './map-cache.ts';

export const guarding: Measurement = {
  name: 'guard',
  says: 'a cache handler with the guard around it, and what its ledger keeps',
  async measure(bench) {
    const { ledger } = guardOfProcess();
    const keys = Array.from({ length: limits.guardPages }, (_, at) => `/blog/${at}`);
    const Guarded = guard(MapCache);
    const asPage = { kind: 'APP_PAGE', cacheControl: { revalidate: 3_600 } };
    const visit = (create: () => Handler) => async () => {
      for (const key of keys) await create().get(key, asPage);
    };
    const make = (create: () => Handler) => async () => {
      for (const key of keys) await create().set(key, pageOf(key), asPage);
    };
    const bare = () => new MapCache();
    const ours = () => new Guarded({});
    const ways: Way[] = [
      { name: 'set', run: make(bare) },
      { name: 'set, guarded', run: make(ours) },
      { name: 'get', run: visit(bare) },
      { name: 'get, guarded', run: visit(ours) },
      {
        name: 'get, guarded, after another invalidation',
        run: async () => {
          ledger.invalidate(['another']);
          await visit(ours)();
        },
      },
    ];
    const samples = await inTurn(ways, {
      rounds: bench.size(limits.guardRounds),
      mostMs: bench.size(limits.guardMostMs),
      warmUpRounds: limits.guardWarmUpRounds,
    });
    const each = samples.map((ms) => (median(ms) * 1_000) / keys.length);
    const costs: Table = {
      title: 'One page with 10 tags, in microseconds, medians',
      columns: ['what', 'µs'],
      rows: ways.map(({ name }, at) => [name, each[at] ?? null]),
      notes: [
        'The inner cache is a Map, and each call has a handler object of its own, as each request has.',
        'After another invalidation a page’s tags are looked at; where there was none since it was made, they are not.',
      ],
    };
    return [costs, await keyed((count) => bench.size(count)), memory(bench.size(limits.guardKept))];
  },
};

function memory(count: number): Table {
  const of = (fill: (ledger: Ledger) => void) => {
    const ledger = new Ledger({ tagsAtMost: count * 2, keysAtMost: count * 2, share: 0 });
    const before = heapBytes();
    fill(ledger);
    const bytes = (heapBytes() - before) / count;
    // Used after it was measured, so that nothing of it was thrown away before.
    return ledger.tick >= 0 ? bytes : null;
  };
  const keys = of((ledger) => {
    for (let at = 0; at < count; at += 1)
      ledger.keep(`/blog/${at}`, { tick: at, revalidate: 3_600, atMs: at });
  });
  const tags = of((ledger) => {
    for (let at = 0; at < count; at += 1) ledger.invalidate([`wp:post:${at}`]);
  });
  return {
    title: `What the ledger keeps, in bytes each, of ${count}`,
    columns: ['of', 'bytes'],
    rows: [
      ['an entry', keys],
      ['an invalidated tag', tags],
    ],
    notes: ['With its name, which a cache has in its own map as well.'],
  };
}

let collect: (() => void) | undefined;

function heapBytes(): number {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc');
  }
  collect?.();
  return process.memoryUsage().heapUsed;
}
