import { setTimeout as sleep } from 'node:timers/promises';
import { getBody, newMessageId, type Secret, sign } from '@everypod/contract';
import { expectAccepted } from '../outbound.ts';

/** With the pod secret each probe asks for itself; without, it may go by what a pod asked a moment ago. */
export type Probed = { urls: readonly string[]; secret: Secret };

/** One probe every `paceMs`, whether or not the one before was answered, as kubelets probe. @returns each one's ms */
export async function probeAtPace(
  { urls, secret }: Probed,
  paceMs: number,
  forMs: number,
): Promise<number[]> {
  const startedAt = performance.now();
  const probes: Array<Promise<number>> = [];
  for (let nth = 0; nth * paceMs < forMs; nth += 1) {
    await sleep(Math.max(0, startedAt + nth * paceMs - performance.now()));
    probes.push(timed(urls[nth % urls.length] ?? '', secret));
  }
  return Promise.all(probes);
}

export async function probeOneByOne({ urls, secret }: Probed, count: number): Promise<number[]> {
  const ms: number[] = [];
  for (let nth = 0; nth < count; nth += 1) ms.push(await timed(urls[nth % urls.length] ?? '', secret));
  return ms;
}

async function timed(url: string, secret: Secret): Promise<number> {
  const startedAt = performance.now();
  const { pathname } = new URL(url);
  const headers = { ...sign([secret], newMessageId('bench'), Date.now(), getBody(pathname)) };
  await expectAccepted(url, { headers });
  return performance.now() - startedAt;
}
