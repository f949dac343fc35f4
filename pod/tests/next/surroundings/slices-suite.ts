import type { Target } from '@everypod/contract';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  podSecret as bridgeSecret,
  event,
  type Started,
  send,
  startBridge,
  startWorld,
} from '../../../../bridge/tests/harness.ts';
import { podSecret } from '../../surroundings/pod.ts';
import { type BuiltApp, buildApp, type Variant } from './build.ts';
import { cachedCopyOf, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

const patience = { timeout: 20_000, interval: 250 };
const hourMs = 3_600_000;

/** A pod and the bridge itself, between which lie more tags than one probe can apply. */
export function describeSlices(variant: Variant): void {
  let app: BuiltApp;
  let bridge: Started;
  const pods: NextPod[] = [];

  beforeAll(async () => {
    app = await buildApp(variant);
  });
  beforeEach(async () => {
    // The journal is older than the build, or every pod of it would start over.
    let nowMs = () => Date.parse(app.startedAt) - hourMs;
    bridge = await startBridge(await startWorld(), { now: () => nowMs() });
    nowMs = Date.now;
  });
  afterEach(() => Promise.all(pods.splice(0).map((pod) => pod.stop())));

  /** With the copies of two pages that visitors get before its first probe. */
  async function born() {
    const pod = await startNextPod(app, {
      EVERYPOD_BRIDGE_URL: bridge.url,
      EVERYPOD_POD_SECRET: `${bridgeSecret} ${podSecret}`,
    });
    pods.push(pod);
    return { pod, named: await cachedCopyOf(pod, '/tagged/b'), other: await cachedCopyOf(pod, '/blog/b') };
  }

  /** What /tagged/b is made from comes last. */
  async function change(tags: number) {
    for (let first = 0; first < tags; first += 1_000) {
      const targets: Target[] = Array.from({ length: Math.min(1_000, tags - first) }, (_, nth) => ({
        tag: first + nth === tags - 1 ? 'item:b' : `t${first + nth}`,
      }));
      await send(bridge, event(targets));
    }
  }

  /** As kubelet does, until the pod has caught up so far; the statuses are what it answered meanwhile. */
  async function probedUpTo(pod: NextPod, seq: number) {
    const statuses: number[] = [];
    await vi.waitFor(async () => {
      const { status, cursor } = await pod.probe();
      statuses.push(status);
      expect(cursor).toMatchObject({ seq });
    }, patience);
    return statuses;
  }

  const caughtUp = ({ output }: NextPod) =>
    [...output.join('').matchAll(/Caught up to (\d+): applied ([^,.]*)/g)].map(([, upTo, what]) => [
      Number(upTo),
      what,
    ]);

  describe('a pod that is just born, 20,000 tags behind', () => {
    it('is ready after the fourth slice and no sooner, keeps its other pages, and stays ready through later slices', async () => {
      await change(20_000);
      const { pod, named, other } = await born();
      const statuses = await probedUpTo(pod, 20);
      expect(statuses.length).toBeGreaterThanOrEqual(4);
      expect(statuses).toEqual([...statuses.slice(1).map(() => 503), 200]);
      expect(caughtUp(pod)).toEqual([
        [5, '5000 calls'],
        [10, '5000 calls'],
        [15, '5000 calls'],
        [20, '5000 calls'],
      ]);
      expect(await pod.copyOf('/tagged/b')).not.toBe(named);
      expect(await pod.copyOf('/blog/b')).toBe(other);

      const before = await cachedCopyOf(pod, '/tagged/b');
      await change(8_000);
      expect(new Set(await probedUpTo(pod, 28))).toEqual(new Set([200]));
      expect(caughtUp(pod).slice(4)).toEqual([
        [25, '5000 calls'],
        [28, '3000 calls'],
      ]);
      expect(await pod.copyOf('/tagged/b')).not.toBe(before);
      expect(await pod.copyOf('/blog/b')).toBe(other);
    });
  });

  describe('a pod that is just born, a thousand edits behind', () => {
    it('is ready at its first probe, and has forgotten only what was edited', async () => {
      const edits = Array.from({ length: 1_000 }, (_, nth) => {
        const own = [{ path: `/post-${nth}` }, { tag: nth === 500 ? 'item:b' : `wp:post:${nth}` }];
        return event([...own, { tag: `more:${nth}` }, { path: '/lists' }, { tag: 'wp:front-page' }]);
      });
      // All at once would be turned away.
      for (let first = 0; first < edits.length; first += 25)
        await Promise.all(edits.slice(first, first + 25).map((edit) => send(bridge, edit)));
      const { pod, named, other } = await born();
      expect(await probedUpTo(pod, 1_000)).toEqual([200]);
      expect(caughtUp(pod)).toEqual([[1_000, expect.stringMatching(/^\d+ calls$/)]]);
      expect(await pod.copyOf('/tagged/b')).not.toBe(named);
      expect(await pod.copyOf('/blog/b')).toBe(other);
    });
  });

  it.each([
    { what: '20,001 tags', changes: () => change(20_001), upTo: 21 },
    {
      what: '5,001 paths',
      async changes() {
        for (let first = 0; first < 5_001; first += 200) {
          const length = Math.min(200, 5_001 - first);
          await send(bridge, event(Array.from({ length }, (_, nth) => ({ path: `/p${first + nth}` }))));
        }
      },
      upTo: 26,
    },
  ])('one that is $what behind forgets everything, in one piece', async ({ changes, upTo }) => {
    await changes();
    const { pod, other } = await born();
    expect((await probedUpTo(pod, upTo)).at(-1)).toBe(200);
    expect(caughtUp(pod)).toEqual([[upTo, 'everything']]);
    expect(await pod.copyOf('/blog/b')).not.toBe(other);
  });
}
