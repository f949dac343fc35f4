import type { CatchUpAnswer, Target } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CdnTags } from '../src/cdn/cdn-tags.ts';
import { Keeping } from '../src/guard/keeping.ts';
import { KnownPages } from '../src/guard/known-pages.ts';
import type { Announcement, SharedStore } from '../src/guard/shared-store.ts';
import { Givers } from '../src/keys/givers.ts';
import { Learned } from '../src/keys/learned.ts';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, startPod } from './surroundings/pod.ts';

let bridge: Awaited<ReturnType<typeof startBridge>>;
/** What the bridge answers, in turn; the last for good. */
let says: CatchUpAnswer[];

const slice = (upTo: number, ...targets: Target[]): CatchUpAnswer => ({ epoch, upTo, targets, more: true });
const last = (upTo: number, ...targets: Target[]): CatchUpAnswer => ({ epoch, upTo, targets });
const asked = () =>
  bridge.questions.map(({ cursor, slicesUpTo, inOnePiece }) => ({ cursor, slicesUpTo, inOnePiece }));

beforeEach(async () => {
  bridge = await startBridge(podSecret, ({ answer }) => {
    const next = says.length > 1 ? says.shift() : says[0];
    if (next) answer(next);
  });
});
afterEach(() => bridge.stop());

const start = (settings = {}) =>
  startPod({ EVERYPOD_BRIDGE_URL: bridge.url, ...settings }, { background: () => undefined });

describe('a pod that is told in slices what it has missed', () => {
  it('is ready with the last of them, having asked at each probe from where the one before ended', async () => {
    says = [slice(7, { tag: 'a' }), slice(14, { tag: 'b' }), last(20, { tag: 'c' })];
    const pod = start();
    expect(await pod.probe()).toMatchObject({ status: 503, ready: false, cursor: null });
    expect(await pod.probe()).toMatchObject({ status: 503, cursor: null });
    expect(await pod.probe()).toMatchObject({ status: 200, ready: true, cursor: { epoch, seq: 20 } });
    await pod.probe();
    expect(asked()).toEqual([
      { cursor: null },
      { cursor: null, slicesUpTo: { epoch, seq: 7 } },
      { cursor: null, slicesUpTo: { epoch, seq: 14 } },
      { cursor: { epoch, seq: 20 } },
    ]);
    expect(pod.told.slice(0, 3)).toEqual(['#a', '#b', '#c']);
  });

  it('goes on being ready, with its cursor where it was until the last', async () => {
    says = [last(3)];
    const pod = start();
    await pod.probe();
    says = [slice(7, { tag: 'a' }), last(20)];
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { seq: 3 } });
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { seq: 20 } });
    expect(pod.told).toEqual(['#a']);
  });

  it('has settled once the last slice has, and no sooner', async () => {
    says = [last(3)];
    const pod = start();
    await pod.probe();
    says = [slice(7, { tag: 'a' }), last(20, { tag: 'b' }), last(20)];
    await pod.probe();
    pod.clock.nowMs += 5_000;
    await pod.probe();
    pod.clock.nowMs += 5_000;
    expect(await pod.probe()).toMatchObject({ cursor: { seq: 20 }, settled: { seq: 3 } });
    pod.clock.nowMs += 5_000;
    expect(await pod.probe()).toMatchObject({ settled: { seq: 20 } });
    expect(pod.told).toEqual(['#a', '#b', '#a', '#b']);
  });

  it('applies a push that comes between two of them, which moves no cursor over what is still to come', async () => {
    says = [last(3)];
    const pod = start();
    await pod.probe();
    says = [slice(7, { tag: 'a' }), last(21, { tag: 'b' }, { tag: 'news' })];
    await pod.probe();
    expect(await pod.push({ after: 20, upTo: 21, targets: [{ tag: 'news' }] })).toMatchObject({
      ok: true,
      cursor: { seq: 3 },
    });
    expect(pod.told).toEqual(['#a', '#news']);
    expect(await pod.probe()).toMatchObject({ cursor: { seq: 21 } });
  });

  it('has no use for the rest once a push of everything has taken it further', async () => {
    says = [slice(7, { tag: 'a' })];
    const pod = start();
    await pod.probe();
    await pod.push({ after: 0, upTo: 9, targets: [], everything: true });
    says = [last(9)];
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { seq: 9 } });
    expect(asked().at(-1)).toEqual({ cursor: { epoch, seq: 9 } });
  });

  it('asks for one piece where it could not apply a slice whole, so that no page waits for a topic', async () => {
    says = [last(3)];
    const pod = start();
    let broken = true;
    const load = () => {
      if (broken) throw new Error('no flags');
    };
    pod.state.topics.set('flags', new Set([load]));
    await pod.probe();
    says = [slice(7, { tag: 'a' }, { topic: 'flags' }), { epoch, upTo: 20, everything: true }];
    await pod.probe();
    await pod.probe();
    expect(pod.told).toEqual(['#a', '/ layout']);
    broken = false;
    expect(await pod.probe()).toMatchObject({ cursor: { seq: 20 } });
    says = [last(20)];
    await pod.probe();
    const cursor = { epoch, seq: 3 };
    expect(asked().slice(1)).toEqual([
      { cursor },
      { cursor, inOnePiece: true },
      { cursor, inOnePiece: true },
      { cursor: { epoch, seq: 20 } },
    ]);
  });

  it('asks from its cursor again where the bridge goes back to one that knows of no slices', async () => {
    says = [last(3)];
    const pod = start();
    await pod.probe();
    says = [slice(7, { tag: 'a' }), slice(14), { epoch, upTo: 20, everything: true }];
    await pod.probe();
    bridge.speaksFirst(true);
    await pod.probe();
    expect(await pod.probe()).toMatchObject({ cursor: { seq: 20 } });
    const cursor = { epoch, seq: 3 };
    expect(asked().slice(1)).toEqual([{ cursor }, { cursor, slicesUpTo: { epoch, seq: 7 } }, { cursor }]);
  });

  it('has heard a bridge with each, so that its lease does not end meanwhile', async () => {
    says = [last(3)];
    const pod = start();
    await pod.probe();
    says = [slice(7), slice(14), slice(20), last(26)];
    for (let probes = 0; probes < 4; probes += 1) {
      pod.clock.nowMs += 25_000;
      await pod.probe();
    }
    expect(pod.told).not.toContain('/ layout');
  });
});

describe('what a pod names one by one', () => {
  const some = <T>(length: number, of: (nth: number) => T) => Array.from({ length }, (_, nth) => of(nth));
  const tag = (nth: number) => ({ tag: `t${nth}` });
  const path = (nth: number) => ({ path: `/${nth}` });

  it.each([
    { what: '20,000 tags', targets: some(20_000, tag), calls: 20_000 },
    { what: '20,001 tags', targets: some(20_001, tag), calls: 1 },
    { what: '1,250 paths, each in two spellings', targets: some(1_250, path), calls: 2_500 },
    { what: '1,251 paths', targets: some(1_251, path), calls: 1 },
    { what: 'both, counted apart', targets: [...some(5_000, tag), ...some(500, path)], calls: 6_000 },
    { what: 'one tag, named often', targets: some(30_000, () => ({ tag: 'same' })), calls: 1 },
  ])('$what: $calls calls', async ({ targets, calls }) => {
    says = [last(3, ...targets)];
    const pod = start();
    expect(await pod.probe()).toMatchObject({ status: 200, cursor: { seq: 3 } });
    expect(pod.told).toHaveLength(calls);
    if (calls === 1 && targets.length < 30_000) expect(pod.told).toEqual(['/ layout']);
  });
});

describe('a store that pods share', () => {
  const at = (seq: number) => ({ epoch, seq });
  /** A store of this fake has been told as far as is said, and never again. */
  function startSharing(toldUpTo: number) {
    const said: Announcement[] = [];
    const store = {
      heardAllAtMs: 0,
      look: async () => undefined,
      covers: (position: { seq: number }) => position.seq <= toldUpTo,
      follow: async () => undefined,
    };
    const guard = {
      tick: 0,
      tickOf: () => 0,
      before: () => [],
      onEnd: () => () => undefined,
      settle: () => undefined,
      vanish: () => undefined,
      vanishAll: () => undefined,
      keeping: new Keeping(),
      store: store as unknown as SharedStore,
      announce: (announcement: Announcement) => void said.push(announcement),
      tickFromNow: () => 0,
      visit: () => ({ nonce: '', end: () => undefined }),
      servedAt: () => null,
      hostAskedFor: () => null,
      pages: new KnownPages(),
      givers: new Givers(),
      learned: new Learned(),
      cdn: new CdnTags(),
    };
    const guarding = () => ({ guard, whole: true });
    return {
      said,
      pod: startPod({ EVERYPOD_BRIDGE_URL: bridge.url }, { background: () => undefined, guarding }),
    };
  }

  it('is told slice by slice, and has come as far as the last: between two of them is no position', async () => {
    says = [last(3)];
    const { pod, said } = startSharing(3);
    await pod.probe();
    says = [slice(7, { tag: 'a' }), slice(14, { tag: 'b' }), last(20, { tag: 'c' })];
    for (let probes = 0; probes < 3; probes += 1) await pod.probe();
    expect(said).toMatchObject([
      { covered: false, reaches: null },
      { covered: false, reaches: null },
      { covered: false, reaches: at(20) },
    ]);
    expect(pod.told.filter((call) => /^#[abc]$/.test(call))).toEqual(['#a', '#b', '#c']);
    expect(pod.told).not.toContain('/ layout');
  });

  it('that lacks more than the slices tell is told everything, which reaches as far as the first', async () => {
    says = [slice(7, { tag: 'a' }), last(20, { tag: 'c' })];
    const { pod, said } = startSharing(-1);
    await pod.probe();
    expect(said).toMatchObject([{ covered: false, reaches: at(7) }]);
    expect(pod.told).toContain('/ layout');
  });
});
