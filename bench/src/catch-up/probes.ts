import { setTimeout as sleep } from 'node:timers/promises';
import { expectAccepted } from '../outbound.ts';

/** One probe every `paceMs`, whether or not the one before was answered, as kubelets probe. @returns each one's ms */
export async function probeAtPace(urls: readonly string[], paceMs: number, forMs: number): Promise<number[]> {
  const startedAt = performance.now();
  const probes: Array<Promise<number>> = [];
  for (let nth = 0; nth * paceMs < forMs; nth += 1) {
    await sleep(Math.max(0, startedAt + nth * paceMs - performance.now()));
    probes.push(timed(urls[nth % urls.length] ?? ''));
  }
  return Promise.all(probes);
}

export async function probeOneByOne(urls: readonly string[], count: number): Promise<number[]> {
  const ms: number[] = [];
  for (let nth = 0; nth < count; nth += 1) ms.push(await timed(urls[nth % urls.length] ?? ''));
  return ms;
}

async function timed(url: string): Promise<number> {
  const startedAt = performance.now();
  await expectAccepted(url);
  return performance.now() - startedAt;
}
