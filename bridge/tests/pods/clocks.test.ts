import { parseService } from '@everypod/fan-out';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.ts';
import { createPods, type PodNews } from '../../src/pods/registry.ts';
import { createWaysToCall } from '../../src/pods/ways-to-call.ts';
import { catchUp, podsOf, startBridge, startWorld } from '../harness.ts';

const ip = '127.0.0.11';
const life = (instance: string) => ({
  pod: { ip, name: 'nextjs-a', instance },
  cursor: null,
  settled: null,
  builtAt: null,
});

describe('A8 while the clock is set', () => {
  it.each([
    { set: 'back, having run 250 s ahead', byMs: -250_000 },
    { set: 'forward', byMs: 250_000 },
  ])('$set, a container that was started anew is heard at once', async ({ byMs }) => {
    let nowMs = Date.now();
    const bridge = await startBridge(await startWorld(), { now: () => nowMs });
    await catchUp(bridge, life('instance-one'), nowMs);
    nowMs += byMs;
    await catchUp(bridge, life('instance-two'), nowMs);
    const { pods } = await podsOf(bridge, nowMs);
    expect(pods).toMatchObject([{ instance: 'instance-two', lastSeen: expect.any(String), live: true }]);
    expect(Math.abs(Date.parse(pods[0]?.lastSeen ?? '') - nowMs)).toBeLessThan(10_000);
  });
});

describe('A8 what another bridge was told', () => {
  const service = parseService('http://nextjs-headless.myapp.svc:3000/siteapi/revalidate');
  const ranges = { sort: (ips: readonly string[]) => ({ allowed: [...ips], forbidden: [] }) };
  const news = (instance: string, by: PodNews['by'] = 'catch-up'): PodNews => ({
    ...life(instance),
    epoch: 'epoch-one',
    by,
  });
  let atMs = 0;
  const start = () =>
    createPods({
      limits,
      now: Date.now,
      monotonicMs: () => atMs,
      waysToCall: createWaysToCall([service], ranges),
    });

  it('long ago takes back neither when a pod has asked nor when it was seen', () => {
    atMs = 1_000_000;
    const pods = start();
    pods.heard(news('instance-one'));
    atMs += limits.leaseMs;
    expect(pods.heard(news('instance-one'), limits.leaseMs + 1)).toBe(true);
    expect([pods.all().map(({ live }) => live), pods.unlisted().length]).toEqual([[true], 1]);
  });

  it.each([
    { what: 'of a former life is not heard', ageMs: 20_000, heard: false, instance: 'instance-two' },
    { what: 'of a later life is heard', ageMs: 5_000, heard: true, instance: 'instance-one' },
  ])('$what', ({ ageMs, heard, instance }) => {
    atMs = 2_000_000;
    const pods = start();
    pods.heard(news('instance-two'), 10_000);
    expect(pods.heard(news('instance-one', 'push'), ageMs)).toBe(heard);
    expect(pods.all().map(({ pod }) => pod.instance)).toEqual([instance]);
  });
});
