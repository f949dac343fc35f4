import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBridge } from '../../surroundings/bridge.ts';
import { epoch, podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { cachedCopyOf, duringARender, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';
import { changeServed } from './unguard.ts';

const patience = { timeout: 20_000, interval: 50 };
const settleSeconds = 1;
const page = '/slow/post';

/** An acknowledgement is not freshness (docs/facts.md): what becomes of pods without a guard. */
export function describeSettling(variant: Variant): void {
  let app: BuiltApp;
  let bridge: Awaited<ReturnType<typeof startBridge>>;
  const pods: NextPod[] = [];

  beforeAll(async () => {
    app = await buildApp(variant);
  });
  beforeEach(async () => {
    bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 1, targets: [] }));
  });
  afterEach(async () => {
    await Promise.all(pods.splice(0).map((pod) => pod.stop()));
    await bridge.stop();
  });

  async function start(seconds: number): Promise<NextPod> {
    const settings = { EVERYPOD_BRIDGE_URL: bridge.url, EVERYPOD_SETTLE_SECONDS: String(seconds) };
    const pod = await startNextPod(app, settings, (folder) => changeServed(folder, { guarded: false }));
    pods.push(pod);
    await pod.probe();
    return pod;
  }

  const push = (pod: NextPod) => pod.push({ after: 1, upTo: 2, targets: [{ path: page }] });

  describe('a page whose render is in flight during an invalidation', () => {
    it('stays old for ever where nothing is applied again, although the pod has said ok', async () => {
      const pod = await start(3_600);
      await duringARender(pod, page, async () => {
        expect(await push(pod)).toMatchObject({ ok: true, cursor: { seq: 2 }, settled: { seq: 1 } });
      });
      for (const _ of [1, 2, 3]) {
        expect(await pod.probe()).toMatchObject({ cursor: { seq: 2 }, settled: { seq: 1 } });
        expect(await pod.copyOf(page)).toBe('1');
      }
    });

    it('is fresh once its pod has settled by its probes', async () => {
      const pod = await start(settleSeconds);
      await duringARender(pod, page, () => push(pod));
      await vi.waitFor(
        async () => expect(await pod.probe()).toMatchObject({ settled: { epoch, seq: 2 } }),
        patience,
      );
      expect(await pod.copyOf(page)).toBe('2');
    });

    it('is fresh once its pod has settled by its probes alone, after a catch-up that came late', async () => {
      const pod = await start(settleSeconds);
      const held = Promise.withResolvers<void>();
      bridge.answers(async ({ answer }) => {
        await held.promise;
        answer({ epoch, upTo: 2, targets: [{ path: page }] });
      });
      await duringARender(pod, page, async () => {
        await pod.probe();
        held.resolve();
        await vi.waitFor(() => expect(pod.output.join('')).toContain('Caught up to 2'), patience);
      });
      expect(await pod.copyOf(page)).toBe('1');
      bridge.answers(({ answer }) => answer({ epoch, upTo: 2, targets: [] }));
      await vi.waitFor(
        async () => expect(await pod.probe()).toMatchObject({ settled: { epoch, seq: 2 } }),
        patience,
      );
      expect(await pod.copyOf(page)).toBe('2');
    });

    it.runIf(variant.next === 16)('is fresh without any further request to its pod’s routes', async () => {
      const pod = await start(settleSeconds);
      await duringARender(pod, page, () => push(pod));
      await vi.waitFor(() => expect(pod.output.join('')).toContain('Settled up to 2'), patience);
      await vi.waitFor(async () => expect(await pod.copyOf(page)).toBe('2'), patience);
    });
  });

  it(`a request’s own after() is ${variant.next === 16 ? '' : 'not '}heard again, which decides where settling waits`, async () => {
    const pod = await start(3_600);
    await duringARender(pod, page, () => pod.ask('/twice/post'));
    expect(await pod.copyOf(page)).toBe('1');
    pod.publish('post-twice-go');
    if (variant.next === 16) {
      await vi.waitFor(async () => expect(await pod.copyOf(page)).toBe('2'), patience);
      return;
    }
    // Another page's invalidation behind a later request shows that this one's time has come and gone.
    pod.publish('other-twice-go');
    pod.publish('other-go');
    await pod.ask('/twice/other');
    await vi.waitFor(() => expect(pod.isPublished('other-twice-waits')).toBe(true), patience);
    expect(await pod.copyOf('/slow/other')).toBe('0');
    expect(await pod.copyOf(page)).toBe('1');
  });

  it('a path of the Pages Router is said to be out of reach, and is', async () => {
    const pod = await start(settleSeconds);
    const old = await cachedCopyOf(pod, '/old');
    const answer = await pod.push({ targets: [{ path: '/old' }] });
    expect(answer.cannot?.[0]?.reason).toContain('Pages Router');
    expect(await pod.copyOf('/old')).toBe(old);
  });

  it('a pod that is asked to end does not wait until it has settled', async () => {
    const pod = await start(3_600);
    await push(pod);
    const exitCode = await pod.endsBySigterm(20_000);
    // 16 tells an orderly end from one for want of anything to do.
    if (variant.next === 16) expect(exitCode).toBe(143);
  });
}
