import { setImmediate as turn } from 'node:timers/promises';
import { connectionTestTopic, limits, settledAnswerSchema, type Target } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CdnTags } from '../src/cdn/cdn-tags.ts';
import type { Guard } from '../src/guard/guard.ts';
import { Keeping } from '../src/guard/keeping.ts';
import { KnownPages } from '../src/guard/known-pages.ts';
import { Ledger } from '../src/guard/ledger.ts';
import { Makings, newAsked } from '../src/guard/makings.ts';
import { Givers } from '../src/keys/givers.ts';
import { Learned } from '../src/keys/learned.ts';
import { stepThatSettled } from '../src/settling/settled.ts';
import { startBridge } from './surroundings/bridge.ts';
import { epoch, podSecret, signedRequest, startPod } from './surroundings/pod.ts';

const settleMs = 10_000;
let bridge: Awaited<ReturnType<typeof startBridge>>;

beforeEach(async () => {
  bridge = await startBridge(podSecret, ({ answer }) => answer({ epoch, upTo: 5, targets: [] }));
});
afterEach(() => bridge.stop());

/**
 * A pod at 5 whose framework hears of an application when its request is over, as Next.js does, and then tells the guard.
 * Background work runs after that.
 */
async function guardedPod({ whole = true, hears = true } = {}) {
  const clock = { nowMs: () => 0 };
  const ledger = new Ledger({ tagsAtMost: 100, keysAtMost: 100, share: 0 });
  const makings = new Makings({ nowMs: () => clock.nowMs(), atMost: 100 });
  const guard: Guard = {
    get tick() {
      return ledger.tick;
    },
    tickOf: (tag) => ledger.tickOf(tag),
    before: (tick, capMs) => makings.before(tick, capMs),
    onEnd: (wake) => makings.onEnd(wake),
    settle: (tick) => ledger.settle(tick),
    vanish: (tags) => ledger.vanish(tags),
    vanishAll: () => ledger.vanishAll(),
    keeping: new Keeping(),
    store: null,
    announce: () => undefined,
    tickFromNow: () => ledger.tick,
    visit: () => ({ nonce: '', end: () => undefined }),
    servedAt: () => null,
    hostAskedFor: () => null,
    pages: new KnownPages(),
    givers: new Givers(),
    learned: new Learned(),
    cdn: new CdnTags(),
  };
  const pending: string[] = [];
  const told: string[] = [];
  const invalidator = {
    path: (path: string) => void pending.push(path),
    tag: (tag: string) => void pending.push(tag),
  };
  const background: (() => Promise<void>)[] = [];
  const pod = startPod(
    { EVERYPOD_BRIDGE_URL: bridge.url },
    { invalidator, guarding: () => ({ guard, whole }), background: (work) => background.push(work) },
  );
  clock.nowMs = () => pod.clock.nowMs;
  /** The end of the request that has told the framework. */
  const heard = () => {
    const tags = pending.splice(0);
    told.push(...tags.filter((tag) => !tag.startsWith('everypod:')));
    if (hears && tags.length > 0) ledger.invalidate(tags);
  };
  const after = async () => {
    heard();
    // A second pass that is planned waits in its own for as long as it must.
    for (const work of background.splice(0)) void work();
    await turn();
  };
  await pod.probe();
  const begin = (path: string) => makings.begin(path, ledger.tick, null);
  /** Begins to make a page for a visitor who leaves at once. */
  const beginForNobody = (path: string) => {
    const asked = newAsked({ path, givers: guard.givers });
    makings.begin(path, ledger.tick, asked);
    makings.isOver(asked, 'cut off');
  };
  const push = (seq: number, targets: Target[] = [{ tag: `t${seq}` }]) =>
    pod.push({ after: seq - 1, upTo: seq, targets });
  /** Gives the topic a handler, and says how often it was told. */
  const handleFlags = () => {
    let loads = 0;
    const load = () => {
      loads += 1;
    };
    pod.state.topics.set('flags', new Set([load]));
    return () => loads;
  };
  /** As the bridge asks right after the pod's answer to a push. */
  const ask = async (upTo: number) => {
    const body = JSON.stringify({ ask: 'settled', epoch, upTo, waitMs: limits.settledWaitMs });
    const answer = await pod.revalidate(signedRequest(body, { nowMs: pod.clock.nowMs }));
    return settledAnswerSchema.parse(await answer.json());
  };
  const settled = () => pod.state.settled?.seq;
  const wayOf = (seq: number) => stepThatSettled(pod, { epoch, seq });
  return {
    ...pod,
    pod,
    told,
    pending,
    heard,
    after,
    begin,
    beginForNobody,
    handleFlags,
    push,
    ask,
    settled,
    wayOf,
    end: makings.end.bind(makings),
  };
}

describe('behind a guard, what a push has applied', () => {
  it('is settled behind its answer where nothing was being made, and is not applied again', async () => {
    const pod = await guardedPod();
    expect((await pod.push(6)).settled).toEqual({ epoch, seq: 5 });
    await pod.after();
    expect(pod.wayOf(6)).toMatchObject({ how: 'drained', held: [] });
    pod.clock.nowMs += settleMs;
    await pod.probe();
    pod.heard();
    expect(pod.told).toEqual(['t6']);
    expect(pod.state.waves).toEqual([]);
  });

  it('is not settled before the guard has heard of it, whoever looks', async () => {
    const pod = await guardedPod();
    await pod.push(6);
    expect(await pod.probe()).toMatchObject({ settled: { seq: 5 } });
    expect((await pod.push(6)).settled).toEqual({ epoch, seq: 5 });
    pod.heard();
    expect(await pod.probe()).toMatchObject({ settled: { seq: 6 } });
  });

  it('tells the framework nothing behind a topic that takes longer than the request', async () => {
    const pod = await guardedPod();
    const slow = Promise.withResolvers<void>();
    pod.state.topics.set('flags', new Set([() => slow.promise]));
    const answered = pod.push(6, [{ tag: 't6' }, { topic: 'flags' }]);
    await turn();
    pod.heard();
    slow.resolve();
    await answered;
    expect(pod.told).toEqual(['t6']);
    expect(pod.pending).toEqual([]);
  });

  it('waits for what began to be made before, and for nothing that began later', async () => {
    const pod = await guardedPod();
    const one = pod.begin('/a');
    const other = pod.begin('/b');
    await pod.push(6);
    await pod.after();
    pod.begin('/later');
    expect(pod.settled()).toBe(5);
    pod.end(one);
    expect(pod.settled()).toBe(5);
    pod.end(other);
    expect(pod.wayOf(6)).toMatchObject({ how: 'drained' });
  });

  it('is told to whoever waits for it as soon as the last of them has ended', async () => {
    const pod = await guardedPod();
    const [one, other] = [pod.begin('/a'), pod.begin('/b')];
    await pod.push(6);
    let answered = false;
    const asked = pod.ask(6).finally(() => {
      answered = true;
    });
    await pod.after();
    pod.end(one);
    await turn();
    expect(answered).toBe(false);
    pod.end(other);
    expect(await asked).toMatchObject({ settled: { epoch, seq: 6 }, how: 'drained' });
  });

  it('is told to whoever waits for it once the cap is reached, with the names of what hangs', async () => {
    const pod = await guardedPod();
    pod.begin('/x');
    await pod.push(6);
    const asked = pod.ask(6);
    await pod.after();
    pod.clock.nowMs += settleMs;
    expect(await asked).toMatchObject({
      settled: { epoch, seq: 6 },
      how: 'capped',
      held: { renders: [{ path: '/x', forMs: settleMs }] },
    });
  });

  it('does not wait for longer than the cap, and names what hangs, the longest first', async () => {
    const pod = await guardedPod();
    pod.begin('/a');
    pod.clock.nowMs += 500;
    for (let of = 0; of < 25; of += 1) pod.begin(`/b${of}`);
    await pod.push(6);
    await pod.after();
    pod.clock.nowMs += settleMs - 1;
    expect(await pod.probe()).toMatchObject({ settled: { seq: 5 } });
    pod.clock.nowMs += 1;
    await pod.probe();
    const way = pod.wayOf(6);
    expect(way).toMatchObject({ how: 'capped', heldBeside: 6 });
    expect(way?.held).toHaveLength(20);
    expect(way?.held[0]).toEqual({ path: '/a', forMs: 10_500 });
    expect(pod.log.join()).toContain('/a (10500 ms)');
  });

  it('is held up only once by what hangs for ever', async () => {
    const pod = await guardedPod();
    pod.begin('/a');
    pod.clock.nowMs += settleMs;
    await pod.push(6);
    await pod.after();
    expect(pod.wayOf(6)).toMatchObject({ how: 'capped', held: [{ path: '/a' }] });
  });

  it('is settled without what came behind it, where it had waited for a page that nobody waits for any more', async () => {
    const pod = await guardedPod();
    const loads = pod.handleFlags();
    pod.beginForNobody('/a');
    pod.clock.nowMs += settleMs - 1_000;
    await pod.push(6);
    await pod.push(7, [{ topic: 'flags' }]);
    await pod.push(8);
    await pod.after();
    expect(pod.settled()).toBe(5);
    pod.clock.nowMs += 1_000;
    await pod.probe();
    await pod.after();
    expect(pod.settled()).toBe(6);
    pod.clock.nowMs += settleMs - 1_000;
    await pod.probe();
    await pod.after();
    expect(pod.settled()).toBe(8);
    expect(loads()).toBe(2);
  });

  it('keeps the order of what was applied', async () => {
    const pod = await guardedPod();
    await pod.push(6);
    await pod.after();
    const slow = pod.begin('/slow');
    await pod.push(7);
    await pod.after();
    expect(pod.settled()).toBe(6);
    await pod.push(8);
    await pod.after();
    pod.end(slow);
    expect(pod.settled()).toBe(8);
  });
});

describe('a guard that', () => {
  it('never hears of it is not believed: the second pass stays planned', async () => {
    const pod = await guardedPod({ hears: false });
    await pod.push(6);
    await pod.after();
    expect(pod.settled()).toBe(5);
    pod.clock.nowMs += settleMs;
    await pod.probe();
    pod.heard();
    expect(pod.wayOf(6)).toMatchObject({ how: 'second pass' });
    expect(pod.told).toEqual(['t6', 't6']);
  });

  it('does not reach all of a build has the second pass beside it, and both are waited for', async () => {
    const pod = await guardedPod({ whole: false });
    const hangs = pod.begin('/a');
    await pod.push(6);
    await pod.after();
    pod.clock.nowMs += settleMs - 1;
    pod.end(hangs);
    await pod.probe();
    expect(pod.settled()).toBe(5);
    pod.clock.nowMs += 1;
    await pod.probe();
    pod.heard();
    expect(pod.wayOf(6)).toMatchObject({ how: 'second pass' });
    expect(pod.told).toEqual(['t6', 't6']);
  });

  it('waits for no topic that has no handler here, such as a test of the connection', async () => {
    const pod = await guardedPod();
    await pod.pod.push({ after: 5, upTo: 6, targets: [{ topic: connectionTestTopic }, { tag: 't6' }] });
    await pod.after();
    expect(pod.wayOf(6)).toMatchObject({ how: 'drained' });
  });

  it('knows of pages alone: a topic is told once more, as everywhere', async () => {
    const pod = await guardedPod();
    const loads = pod.handleFlags();
    await pod.pod.push({ after: 5, upTo: 6, targets: [{ topic: 'flags' }] });
    await pod.after();
    expect(pod.settled()).toBe(5);
    pod.clock.nowMs += settleMs;
    await pod.probe();
    expect(pod.settled()).toBe(6);
    expect(loads()).toBe(2);
  });
});
