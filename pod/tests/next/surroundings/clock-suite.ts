import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { createClock, giveTime, minuteMs } from './clock.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';
import { changeServed } from './unguard.ts';

const patience = { timeout: 20_000, interval: 100 };

/**
 * Next.js compares when a page was stored with when it was invalidated, so a clock that is off may keep old pages. Behind a
 * guard it does not; this is about pods without one.
 */
export function describeClock(variant: Variant): void {
  let app: BuiltApp;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  let clock: ReturnType<typeof createClock>;
  const pods: NextPod[] = [];

  beforeAll(async () => {
    app = await buildApp(variant);
  });
  beforeEach(async () => {
    clock = createClock();
    bridge = await startBridge(podSecret, ({ question, answer }) => {
      const { cursor } = question;
      answer(cursor ? { epoch, upTo: cursor.seq, targets: [] } : { epoch, upTo: 1, everything: true });
    });
  });
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    await bridge.stop();
    clock.forget();
  });

  async function start({ pagesAreAheadMs = 0, readOnly = false } = {}): Promise<NextPod> {
    const settings = {
      EVERYPOD_BRIDGE_URL: bridge.url,
      EVERYPOD_SETTLE_SECONDS: '1',
      ...clock.environment,
      TEST_READ_ONLY: readOnly ? '1' : '',
    };
    const pod = await startNextPod(app, settings, (folder) => {
      changeServed(folder, { guarded: false });
      if (pagesAreAheadMs !== 0) giveTime(folder, Date.now() + pagesAreAheadMs);
    });
    pods.push(pod);
    return pod;
  }

  /** Probes until the settling pass of all that was applied is due. */
  const untilDue = (pod: NextPod) =>
    vi.waitFor(async () => {
      const probe = await pod.probe();
      expect(probe.settling.nextInMs ?? 0).toBe(0);
      return probe;
    }, patience);
  const untilSettled = (pod: NextPod, seq: number) =>
    vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: { epoch, seq } }), patience);

  describe('an image from a machine whose clock is ten minutes ahead', () => {
    const pagesAreAheadMs = 10 * minuteMs;

    it('serves none of its pages once it is ready', async () => {
      const pod = await start({ pagesAreAheadMs });
      expect(await pod.probe()).toMatchObject({ status: 200, cursor: { epoch, seq: 1 } });
      expect(Number(await pod.copyOf('/blog/b'))).toBeGreaterThan(Date.parse(app.endedAt));
    });

    it('is not settled before its time has come: Next.js keeps a page that was asked for too early', async () => {
      const pod = await start({ pagesAreAheadMs });
      const early = await cachedCopyOf(pod, '/blog/b');
      const probe = await untilDue(pod);
      expect(await pod.copyOf('/blog/b')).toBe(early);
      expect(probe).toMatchObject({ settled: null, note: expect.stringContaining('yet to reach') });
    });
  });

  it('an image whose files cannot be changed is not ready before their time has come', async () => {
    const pod = await start({ pagesAreAheadMs: minuteMs, readOnly: true });
    const reason = expect.stringContaining('yet to reach');
    expect(await pod.probe()).toMatchObject({ status: 503, cursor: null, reason });
    clock.setBy(2 * minuteMs);
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { epoch, seq: 1 } });
    expect(Number(await pod.copyOf('/blog/b'))).toBeGreaterThan(Date.parse(app.endedAt));
  });

  it('a clock that is set forward hinders no invalidation of pages made before or after', async () => {
    const pod = await start();
    await pod.probe();
    const pages = ['/blog/before', '/blog/after'];
    const before = await cachedCopyOf(pod, '/blog/before');
    clock.setBy(minuteMs);
    const after = await cachedCopyOf(pod, '/blog/after');
    await pod.push({ after: 1, upTo: 2, targets: pages.map((path) => ({ path })) });
    expect(await pod.copyOf('/blog/before')).not.toBe(before);
    expect(await pod.copyOf('/blog/after')).not.toBe(after);
    await untilSettled(pod, 2);
  });

  it('a clock that is set back keeps the pod from settling until it has passed that moment again', async () => {
    const pod = await start();
    await pod.probe();
    await untilSettled(pod, 1);
    const old = await cachedCopyOf(pod, '/blog/old');
    clock.setBy(-minuteMs);
    await pod.push({ after: 1, upTo: 2, targets: [{ path: '/blog/old' }] });
    const note = expect.stringContaining('set back');
    expect(await untilDue(pod)).toMatchObject({ cursor: { seq: 2 }, settled: { seq: 1 }, note });
    clock.setBy(0);
    await untilSettled(pod, 2);
    expect(await pod.copyOf('/blog/old')).not.toBe(old);
  });
}
