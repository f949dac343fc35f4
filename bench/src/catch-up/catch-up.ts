import { join } from 'node:path';
import { newSecret, parseSecret } from '@everypod/contract';
import { startBridge } from '../bridge/bridge.ts';
import { median, percentile, ratio } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Bench, Cell, Measurement } from '../measurement.ts';
import { request } from '../outbound.ts';
import { type Pods, readyRoute, startPods } from '../pods/pods.ts';
import { until } from '../programs/until.ts';
import { writeFullJournal } from './full-journal.ts';
import { type Probed, probeAtPace, probeOneByOne } from './probes.ts';
import { createProcessorTime, type Used } from './processor-time.ts';

export const catchUp: Measurement = {
  name: 'catch-up',
  says: 'a readiness probe that asks what was missed and hears "nothing", beside one that only answers 200',
  async measure(bench) {
    const { pods, asking, plain, secret } = await startCluster(bench);
    const paceMs = limits.catchUpPeriodMs / pods.urls.length;
    const pacedMs = bench.size(limits.catchUpPacedMs);
    const probes = bench.size(limits.catchUpBusyProbes);
    const time = createProcessorTime({ pods: pods.program, bridge: asking.bridge.program });
    const idle = await time.atRest(bench.size(limits.catchUpIdleMs));

    const paces: Pace[] = [
      {
        words: `${pods.urls.length} pods per ${limits.catchUpPeriodMs / 1_000} s`,
        probe: (probed) => probeAtPace(probed, paceMs, pacedMs),
      },
      { words: 'one after the other', probe: (probed) => probeOneByOne(probed, probes) },
    ];
    const rows: Cell[][] = [];
    for (const { words, probe } of paces) {
      let baseline = 0;
      for (const { name, urls } of [plain, asking]) {
        const { value: ms, used } = await time.during(() => probe({ urls, secret }));
        if (name === plain.name) baseline = median(ms);
        const cpu = perProbe(used, idle, ms.length);
        rows.push([
          words,
          name,
          ms.length,
          median(ms),
          percentile(ms, 0.99),
          ratio(median(ms), baseline),
          ...cpu,
        ]);
      }
    }
    return [{ title, columns, rows, notes }];
  },
};

const title = 'A probe when nothing was missed';
const columns = ['pace', 'the probe', 'probes', 'p50 ms', 'p99 ms', '× plain', 'pod CPU µs', 'bridge CPU µs'];
const notes = [
  `The journal holds ${2 * limits.journalEvents} targets.`,
  'CPU is per probe, less what the programs use when nobody probes. At the pace of a cluster it includes waking up.',
  'Every probe was answered 200, which a pod answers only once it has caught up.',
];

type Pace = { words: string; probe: (probed: Probed) => Promise<number[]> };

async function startCluster(bench: Bench) {
  const secret = newSecret();
  const podSecret = newSecret();
  const journal = join(bench.folder, 'catch-up.db');
  await writeFullJournal(journal);
  // It pushes to nobody: the pods are only known by their asking.
  const bridge = await startBridge(bench, {
    pods: ['http://127.77.200.1:9/'],
    secret,
    podSecret,
    journal: `sqlite:${journal}`,
  });
  const pods = await startPods(bench, {
    count: limits.catchUpPods,
    secret: podSecret,
    bridgeUrl: bridge.url,
  });
  const urls = pods.urls.map((url) => url + readyRoute);
  await until('Every pod ready', async () => (await Promise.all(urls.map(isReady))).every(Boolean));
  return {
    pods,
    secret: parseSecret(podSecret),
    plain: { name: 'answers 200', urls: plainUrls(pods) },
    asking: { name: 'catches up', urls, bridge },
  };
}

function plainUrls({ urls }: Pods): string[] {
  return urls.map((url) => `${url}/plain-ready`);
}

async function isReady(url: string): Promise<boolean> {
  const outcome = await request(url);
  return outcome.kind === 'answered' && outcome.status === 200;
}

function perProbe(used: Used, idle: Used, probes: number): number[] {
  const net = (name: keyof Omit<Used, 'ms'>) =>
    Math.max(0, Math.round((used[name] - (idle[name] / idle.ms) * used.ms) / probes));
  return [net('pods'), net('bridge')];
}
