import type { Target } from '@everypod/contract';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { createClock, giveTime, minuteMs } from './clock.ts';
import { cachedCopyOf, duringARender, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

const patience = { timeout: 20_000, interval: 50 };
const page = '/slow/post';

/** What the settling and clock suites show to go wrong in pods without a guard. */
export function describeGuard(variant: Variant): void {
  let app: BuiltApp;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let clock: ReturnType<typeof createClock>;
  const pods: NextPod[] = [];

  beforeAll(async () => {
    app = await buildApp(variant);
  });
  beforeEach(async () => {
    clock = createClock();
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
  });
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    await bridge.stop();
    clock.forget();
  });

  /** Its second pass would come in an hour, so whatever is fresh before is so by the guard. */
  async function start(
    settings: Record<string, string> = { EVERYPOD_SETTLE_SECONDS: '3600' },
    born?: (folder: string) => void,
  ): Promise<NextPod> {
    const pod = await startNextPod(
      app,
      { EVERYPOD_BRIDGE_URL: bridge.url, ...clock.environment, ...settings },
      born,
    );
    pods.push(pod);
    await pod.probe();
    return pod;
  }

  const push = (pod: NextPod, target: Target = { path: page }) =>
    pod.push({ after: 1, upTo: 2, targets: [target] });
  const said = (pod: NextPod, what: string) =>
    vi.waitFor(() => expect(pod.output.join('')).toContain(what), patience);

  it('B1 a page whose render is in flight during an invalidation is drained when that ends, and fresh', async () => {
    const pod = await start();
    await duringARender(pod, page, async () => {
      await push(pod);
      expect(await pod.probe()).toMatchObject({ cursor: { seq: 2 }, settled: { seq: 1 } });
    });
    await said(pod, 'Settled up to 2: drained');
    expect(await pod.copyOf(page)).toBe('2');
    expect(await pod.copyOf(page)).toBe('2');
  });

  it('B1 so is one whose invalidation came late by a catch-up', async () => {
    const pod = await start();
    const held = Promise.withResolvers<void>();
    bridge.answers(async ({ answer }) => {
      await held.promise;
      answer({ epoch, upTo: 2, targets: [{ path: page }] });
    });
    await duringARender(pod, page, async () => {
      await pod.probe();
      held.resolve();
      await said(pod, 'Caught up to 2');
    });
    bridge.answers(({ answer }) => answer({ epoch, upTo: 2, targets: [] }));
    await vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { seq: 2 } }), patience);
    expect(await pod.copyOf(page)).toBe('2');
  });

  it('B2 a quiet pod is drained behind its answer, without any further request', async () => {
    const pod = await start();
    await cachedCopyOf(pod, '/blog/quiet');
    expect(await push(pod, { path: '/blog/quiet' })).toMatchObject({
      cursor: { seq: 2 },
      settled: { seq: 1 },
    });
    await said(pod, 'Settled up to 2: drained');
  });

  it('B2 a render that hangs is named, and holds nothing up for longer than the cap', async () => {
    const pod = await start({ EVERYPOD_SETTLE_SECONDS: '1' });
    await duringARender(pod, page, async () => {
      await push(pod);
      await said(pod, 'Settled up to 2: capped, all but 1 renders that hang: /slow/post (1');
    });
    expect(await pod.copyOf(page)).toBe('2');
  });

  it('B1 a clock that is set back leaves no old page', async () => {
    const pod = await start();
    const old = await cachedCopyOf(pod, '/blog/back');
    clock.setBy(-minuteMs);
    await push(pod, { path: '/blog/back' });
    await said(pod, 'Settled up to 2: drained');
    const fresh = await pod.copyOf('/blog/back');
    expect(fresh).not.toBe(old);
  });

  it('B1 an image from the future leaves none either, though its pages were asked for before the first probe', async () => {
    let asked: Promise<string> | undefined;
    bridge.answers(async ({ question, answer }) => {
      await asked;
      answer(question.cursor ? { epoch, upTo: 1, targets: [] } : { epoch, upTo: 1, everything: true });
    });
    const pod = await startNextPod(
      app,
      { EVERYPOD_BRIDGE_URL: bridge.url, EVERYPOD_SETTLE_SECONDS: '3600' },
      (folder) => giveTime(folder, Date.now() + 10 * minuteMs),
    );
    pods.push(pod);
    asked = cachedCopyOf(pod, '/blog/b');
    await asked;
    await vi.waitFor(async () => expect((await pod.probe()).status).toBe(200), patience);
    await said(pod, 'Settled up to 1: drained');
    expect(Number(await pod.copyOf('/blog/b'))).toBeGreaterThan(Date.parse(app.endedAt));
  });
}
