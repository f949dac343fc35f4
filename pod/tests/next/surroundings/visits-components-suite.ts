import type { Target } from '@everypod/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { buildApp, type Variant } from './build.ts';
import type { NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

/** Where components are kept by `use cache`, in a cache that no guard is around. */
export function describeVisitsWithComponents(variant: Variant, rounds: number): void {
  let pod: NextPod;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let seq = 1;

  beforeAll(async () => {
    const app = await buildApp(variant);
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
    pod = await startNextPod(app, { EVERYPOD_BRIDGE_URL: bridge.url });
    await pod.probe();
  });
  afterAll(async () => {
    await pod?.stop();
    await bridge?.stop();
  });

  it.each<[title: string, page: string, target: Target]>([
    ['by its tag', '/blog/b', { tag: 'item:b' }],
    ['by its path', '/blog/b', { path: '/blog/b' }],
    ['that was not there at build time', '/blog/later', { path: '/blog/later' }],
  ])('what is said to be made is as new as that, %s, while others read it', async (_, page, target) => {
    let over = false;
    const visitors = Array.from({ length: 3 }, async () => {
      while (!over) await pod.copyOf(page);
    });
    const results: Record<string, number> = {};
    for (let round = 0; round < rounds; round += 1) {
      const publishedAt = performance.timeOrigin + performance.now();
      seq += 1;
      await pod.push({ after: seq - 1, upTo: seq, targets: [target] });
      const { result } = await pod.make(page, { upTo: seq });
      results[result] = (results[result] ?? 0) + 1;
      if (result === 'made') expect(Number(await pod.copyOf(page))).toBeGreaterThan(publishedAt);
    }
    over = true;
    await Promise.all(visitors);
    expect(results).toEqual({ made: rounds });
  });
}
