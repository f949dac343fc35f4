import { median, percentile, ratio } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Bench, Cell, Measurement } from '../measurement.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { createSaves, type Waited } from './saves.ts';

export const visiting: Measurement = {
  name: 'visits',
  says: 'saves and panels while pods make pages by visits, beside the same without visits',
  async measure(bench) {
    const pods = bench.size(limits.visitsPods);
    const environment = { EVERYPOD_VISITS: 'false' };
    const without = await startCluster(bench, { name: 'without', pods, environment });
    const withVisits = await startCluster(bench, { name: 'with visits', pods });
    const clusters = [without, withVisits];
    const saves = clusters.map(({ bridge, secret }) => createSaves(bridge.url, secret));
    const waited: Waited[] = clusters.map(() => ({ save: [], waiting: [], poll: [] }));
    for (const [nth, sliceMs] of [limits.visitsWarmUpMs, ...slices(bench)].entries()) {
      const entries = [...clusters.entries()];
      for (const [at, cluster] of nth % 2 === 0 ? entries : entries.reverse()) {
        const slice = await saves[at]?.during(sliceMs);
        await cluster.rest();
        if (sliceMs === limits.visitsWarmUpMs || !slice) continue;
        for (const what of kinds) waited[at]?.[what].push(...slice[what]);
      }
    }
    const { most, made } = await withVisits.makes();
    if (most > limits.visitsAtOnce) throw new Error(`${most} pages were being made at one moment.`);
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    const rows = kinds.flatMap((what) => clusters.map((cluster, at) => row(what, cluster, at, waited)));
    return [
      {
        title: title(bench),
        columns,
        rows,
        notes: [
          `${made} pages were made, at most ${most} at one moment over all pods.`,
          'The two take turns; each has pods and a bridge of its own, and is at rest while the other is asked.',
        ],
      },
    ];
  },
};

const kinds = ['save', 'waiting', 'poll'] as const;
const words = {
  save: 'a save: POST /v1/events',
  waiting: `one that waits for pods: Prefer: wait=${limits.visitsWaitSeconds}`,
  poll: 'a panel’s question: GET /v1/events/{id}',
};

const columns = ['what', 'bridge', 'calls', 'p50 ms', 'p95 ms', '× p50', '× p95'];

function title(bench: Bench): string {
  const { visitsPods, visitsEventsPerSecond, visitsMakeMs } = limits;
  return `${bench.size(visitsPods)} pods, ${visitsEventsPerSecond} events a second, ${visitsMakeMs} ms for a page`;
}

/** Many short ones, so that whatever else the machine does falls on both alike. */
function slices(bench: Bench): number[] {
  return Array.from({ length: bench.size(limits.visitsSlices) }, () => limits.visitsSliceMs);
}

function row(what: (typeof kinds)[number], { name }: Cluster, at: number, waited: readonly Waited[]): Cell[] {
  const [baseline, ms] = [waited[0]?.[what] ?? [], waited[at]?.[what] ?? []];
  const of = (values: readonly number[]) => [median(values), percentile(values, 0.95)] as const;
  const [p50, p95] = of(ms);
  const [p50Without, p95Without] = of(baseline);
  return [words[what], name, ms.length, p50, p95, ratio(p50, p50Without), ratio(p95, p95Without)];
}
