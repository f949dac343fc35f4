import { newMessageId, parseSecrets, sign } from '@everypod/contract';
import { median, percentile, ratio } from '../figures/statistics.ts';
import { limits } from '../limits.ts';
import type { Cell, Measurement } from '../measurement.ts';
import { expectAccepted } from '../outbound.ts';
import { type Cluster, startCluster } from './cluster.ts';

export const madeOnEveryPod: Measurement = {
  name: 'made',
  says: 'an outbox row until its own page is made on every pod, beside what WordPress takes for that',
  async measure(bench) {
    const rows: Cell[][] = [];
    for (const { pods, rounds } of limits.madeOn) {
      const cluster = await startCluster(bench, { name: 'made', pods });
      const ms: number[] = [];
      // The first finds pods that have applied nothing yet.
      for (let round = -1; round < bench.size(rounds); round += 1) {
        const took = await publish(cluster, pods);
        if (round >= 0) ms.push(took);
      }
      await cluster.stop();
      const share = Math.ceil(pods / limits.visitsAtOnce) * limits.visitsMakeMs;
      const p50 = median(ms);
      rows.push([pods, ms.length, p50, percentile(ms, 0.95), share, ratio(p50, share)]);
    }
    return [{ title: 'An outbox row → its own page made on every pod', columns, rows, notes }];
  },
};

const columns = ['pods', 'rounds', 'p50 ms', 'p95 ms', 'WordPress’s share ms', '×'];
const notes = [
  `WordPress’s share: it takes ${limits.visitsMakeMs} ms for a page, and makes ${limits.visitsAtOnce} at one moment.`,
];

async function publish({ bridge, secret, makes, rest }: Cluster, pods: number): Promise<number> {
  const body = JSON.stringify({
    type: 'content.changed',
    timestamp: new Date().toISOString(),
    data: {
      site: 'http://wordpress.example',
      change: 'post.updated',
      subject: { kind: 'post', id: '17', title: 'Low water at noon' },
      actor: { id: '2', name: 'Maren' },
      targets: [{ tag: 'wp:post:17' }, { path: '/low-water-at-noon/' }],
    },
  });
  const signed = sign(parseSecrets(secret), newMessageId('evt'), Date.now(), body);
  const headers = { 'content-type': 'application/json', ...signed };
  const { made } = await makes();
  const startedAt = performance.now();
  await expectAccepted(`${bridge.url}/v1/events`, { method: 'POST', headers, body });
  await makes(made + pods);
  const ms = performance.now() - startedAt;
  await rest();
  return ms;
}
