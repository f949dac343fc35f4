import type { Pods } from '@everypod/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import {
  catchUp,
  event,
  podsOf,
  postCatchUp,
  postEvent,
  probe,
  quick,
  reportOf,
  type Started,
  send,
  signedGet,
  startBridge,
  startWorld,
  type World,
} from '../harness.ts';
import { startValkey, type TestValkey } from './server.ts';

const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 300 };
const soon = { timeout: 10_000, interval: 50 };

let valkey: TestValkey;
let world: World;
let a: Started;
let b: Started;
let pod: TestPod;

beforeEach(async () => {
  valkey = await startValkey();
  world = await startWorld({ EVERYPOD_JOURNAL: valkey.url });
  pod = await world.addPod(11);
  a = await startBridge(world, { limits: patient });
  b = await startBridge(world, { limits: patient });
  await probe(a, pod);
});

describe('two bridges with one journal', () => {
  it('number the events of both without a gap', async () => {
    const reports = await Promise.all([a, b, a, b, a, b].map((bridge) => send(bridge)));
    expect(reports.map(({ seq }) => seq).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('answer the same event with the same report, whichever is asked', async () => {
    const { id } = await send(a, event(), { id: 'evt_twice', wait: 5 });
    const again = await send(b, event(), { id: 'evt_twice', wait: 5 });
    expect(again).toMatchObject({ id, state: 'applied', counts: { pods: 1, applied: 1 } });
    expect((await postEvent(b, event([{ tag: 'other' }]), { id })).status).toBe(409);
    await vi.waitFor(async () => {
      const [one, other] = [await reportOf(a, id), await reportOf(b, id)];
      expect({ ...other, pods: [] }).toEqual({ ...one, pods: [] });
    }, soon);
  });

  it('both say by what a pod has settled, whichever it told', async () => {
    const { id } = await send(a, event(), { wait: 5 });
    pod.settled = pod.cursor;
    const held = { renders: [{ path: '/x', forMs: 10_004 }] };
    const { identity, cursor, settled } = pod;
    await catchUp(b, { pod: identity, cursor, settled, builtAt: null, how: 'capped', held });
    for (const bridge of [a, b]) {
      await vi.waitFor(async () => {
        expect(await reportOf(bridge, id)).toMatchObject({
          state: 'settled',
          pods: [{ how: 'capped', held }],
        });
      }, soon);
    }
  });

  it('move a line when the pod asked the one that does not follow the event', async () => {
    pod.misbehave(({ response }) => void response.writeHead(404).end());
    const { id } = await send(a, event(), { wait: 5 });
    expect(await reportOf(a, id)).toMatchObject({ state: 'accepted', counts: { refused: 1 } });
    await probe(b, pod);
    await probe(b, pod);
    await vi.waitFor(
      async () =>
        expect(await reportOf(a, id)).toMatchObject({ state: 'applied', pods: [{ name: 'pod-11' }] }),
      soon,
    );
    expect((await reportOf(a, id)).pods[0]?.caughtUpAt).toBeDefined();
    pod.settle();
    await probe(b, pod);
    for (const bridge of [a, b]) {
      await vi.waitFor(
        async () => expect(await reportOf(bridge, id)).toMatchObject({ state: 'settled', final: true }),
        soon,
      );
    }
  });

  it('tell a pod at either what was accepted at the other', async () => {
    await send(a, event([{ tag: 'from-a' }]));
    await vi.waitFor(() => expect(pod.applied).toContain('tag from-a'), soon);
    const fresh = await world.addPod(12, { listed: false });
    expect(await probe(b, fresh)).toMatchObject({ upTo: 1, everything: true });
    expect(await probe(a, fresh)).toMatchObject({ upTo: 1, targets: [] });
  });

  it('show the same pods', async () => {
    await vi.waitFor(async () => {
      const [one, other] = [await podsOf(a), await podsOf(b)];
      expect(other.pods.map(unseen)).toEqual(one.pods.map(unseen));
      // They go by one clock, which each reads to the millisecond by itself.
      expect(Math.abs(lastSeen(other) - lastSeen(one))).toBeLessThan(50);
      expect(other).toMatchObject({
        epoch: one.epoch,
        head: one.head,
        pods: [{ name: 'pod-11', live: true }],
      });
    }, soon);
  });

  it('push to a pod that only asked the other, while DNS does not list it', async () => {
    const hidden = await world.addPod(13, { listed: false });
    await probe(b, hidden);
    await vi.waitFor(async () => expect((await podsOf(a)).pods).toHaveLength(2), soon);
    const report = await send(a, event([{ tag: 'hidden' }]), { wait: 5 });
    expect(report.pods.map(({ name }) => name).toSorted()).toEqual(['pod-11', 'pod-13']);
    expect(hidden.applied).toContain('tag hidden');
  });

  it('answer a captured catch-up neither here nor there', async () => {
    const message = { pod: pod.identity, cursor: null, settled: null, builtAt: null };
    expect((await postCatchUp(a, message, { id: 'catchup_1' })).status).toBe(200);
    expect((await postCatchUp(b, message, { id: 'catchup_1' })).status).toBe(401);
    // A signature that was stamped 300 s ahead holds for a moment less than 601 s.
    expect(Number(await valkey.ask('PTTL', '{everypod}:catch-up-ids'))).toBeGreaterThan(601_000);
  });

  it('leave what is unfinished to the other when one is stopped', async () => {
    pod.misbehave(({ response }) => void response.writeHead(404).end());
    const { id } = await send(a, event(), { wait: 5 });
    await a.stop();
    pod.misbehave(null);
    await vi.waitFor(async () => expect(await reportOf(b, id)).toMatchObject({ state: 'applied' }), soon);
  });

  it('go by one clock, though their own disagree', async () => {
    const aheadMs = 600_000;
    const now = () => Date.now() + aheadMs;
    const ahead = await startBridge(world, { limits: patient, now });
    world.list([]);
    const { id, acceptedAt } = await send(a, event());
    const asked = await signedGet(ahead, `/v1/events/${id}`, now());
    expect(await asked.json()).toMatchObject({ id, state: 'accepted', final: false });
    const theirs = await send(ahead, event(), { nowMs: now() });
    const apartMs = Date.parse(theirs.acceptedAt) - Date.parse(acceptedAt);
    expect(Math.abs(apartMs)).toBeLessThan(60_000);
  });

  it.each([
    { bridgeAheadMs: -600_000, builtAheadMs: -1_000, missed: { targets: [{ tag: 'one' }] } },
    { bridgeAheadMs: 600_000, builtAheadMs: 300_000, missed: { everything: true } },
  ])('judge a build time by it, whatever their own show: $bridgeAheadMs ms', async (row) => {
    await send(a, event([{ tag: 'one' }]));
    const hourAgo = String(Date.now() - 3_600_000);
    await valkey.ask('HSET', '{everypod}:position', 'startedAt', hourAgo);
    const now = () => Date.now() + row.bridgeAheadMs;
    const bridge = await startBridge(world, { limits: patient, now });
    const builtAt = new Date(Date.now() + row.builtAheadMs).toISOString();
    const message = { pod: pod.identity, cursor: null, settled: null, builtAt };
    expect(await catchUp(bridge, message, now())).toMatchObject({ upTo: 1, ...row.missed });
  });
});

function unseen({ lastSeen: _, ...pod }: Pods['pods'][number]) {
  return pod;
}

function lastSeen({ pods: [first] }: Pods): number {
  return Date.parse(first?.lastSeen ?? '');
}
