import { newSecret } from '@everypod/contract';
import { inTurn, type Way } from '../figures/in-turn.ts';
import { median, percentile, ratio } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Bench, Cell, Measurement, Table } from '../measurement.ts';
import { startPods } from '../pods/pods.ts';
import { throughBridge } from './through-bridge.ts';
import { throughFanOut } from './through-fan-out.ts';
import { fetchAll, fetchOneByOne, fetchSigned } from './through-fetch.ts';

export const push: Measurement = {
  name: 'push',
  says: 'one change to every pod: fan-out and a whole bridge, beside fetch loops',
  async measure(bench) {
    const rows: Cell[][] = [];
    for (const one of limits.push) rows.push(...(await pushTo(one, bench)));
    return [
      { title: 'One change to every pod, in milliseconds until all have answered', columns, rows, notes },
    ];
  },
};

const columns = ['pods', 'through', 'rounds', 'median ms', 'p95 ms', '× first'];

const notes: Table['notes'] = [
  'First: what is usually written, a GET with the secret in its URL; nothing is signed, and 200 is believed.',
  'Everypod always opens a connection, as it must between two saves; so do the fetch rows, except where they keep theirs.',
  'All pods run in one process, which shares the cores with the caller: with many pods that is most of the time.',
];

async function pushTo(
  { pods: count, rounds, mostMs }: (typeof limits.push)[number],
  bench: Bench,
): Promise<Cell[][]> {
  const secret = newSecret();
  const pods = await startPods(bench, { count, secret });
  const bridge = await throughBridge(bench, { count, podSecret: secret });
  const fanOut = await throughFanOut(pods.urls, secret);
  const ways: Way[] = [
    { name: 'fetch, all at once, secret in the URL', run: () => fetchAll(pods.urls, secret, 'close') },
    { name: 'the same on kept connections', run: () => fetchAll(pods.urls, secret, 'keep') },
    { name: 'fetch, one after the other', run: () => fetchOneByOne(pods.urls, secret) },
    { name: 'fetch, all at once, a signed push', run: fetchSigned(pods.urls, secret) },
    { name: 'Everypod fan-out: signed both ways', run: fanOut },
    { name: 'Everypod bridge: journal, fan-out, report', run: bridge.push },
  ];
  const samples = await inTurn(ways, {
    rounds: bench.size(rounds),
    mostMs: bench.size(mostMs),
  });
  await Promise.all([pods.program.stop(), bridge.stop()]);
  const baseline = median(samples[0] ?? []);
  return ways.map(({ name }, at): Cell[] => {
    const ms = samples[at] ?? [];
    return [count, name, ms.length, median(ms), percentile(ms, 0.95), ratio(median(ms), baseline)];
  });
}
