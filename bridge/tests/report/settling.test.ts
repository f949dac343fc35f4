import type { Report } from '@everypod/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import {
  catchUp,
  event,
  podsOf,
  probe,
  quick,
  reportOf,
  type Started,
  send,
  startBridge,
  startWorld,
  type World,
} from '../harness.ts';

const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 100 };

let world: World;
let bridge: Started;
let pods: [TestPod, TestPod];

beforeEach(async () => {
  world = await startWorld();
  pods = [await world.addPod(11), await world.addPod(12)];
  bridge = await startBridge(world, { limits: patient });
  for (const pod of pods) await probe(bridge, pod);
});

/** The pod's settling pass is over, and its next probe tells. */
async function settles(pod: TestPod) {
  pod.settle();
  await probe(bridge, pod);
}

const eventually = (id: string, check: (report: Report) => void) =>
  vi.waitFor(async () => check(await reportOf(bridge, id)), { timeout: 8_000, interval: 50 });

describe('an event', () => {
  it('is applied and not final while a live pod has not settled', async () => {
    const { id } = await send(bridge, event(), { wait: 5 });
    await settles(pods[0]);
    const report = await reportOf(bridge, id);
    expect(report).toMatchObject({ state: 'applied', final: false, counts: { applied: 2, settled: 1 } });
    expect(report.pods.map(({ settledAt }) => settledAt !== undefined)).toEqual([true, false]);
  });

  it('is settled and final once every live pod has settled', async () => {
    const { id, acceptedAt } = await send(bridge, event(), { wait: 5 });
    for (const pod of pods) await settles(pod);
    const report = await reportOf(bridge, id);
    expect(report).toMatchObject({ state: 'settled', final: true, counts: { applied: 2, settled: 2 } });
    for (const { settledAt = '', caughtUpAt } of report.pods) {
      expect(Date.parse(settledAt)).toBeGreaterThanOrEqual(Date.parse(acceptedAt));
      expect(caughtUpAt).toBeUndefined();
    }
  });

  it('takes what a pod says in its answer to a later push, too', async () => {
    const { id } = await send(bridge, event(), { wait: 5 });
    for (const pod of pods) pod.settle();
    const later = await send(bridge, event(), { wait: 5 });
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'settled', final: true });
    expect(await reportOf(bridge, later.id)).toMatchObject({ state: 'applied', final: false });
  });

  it('is what GET /v1/pods tells each pod’s cursors by', async () => {
    const { seq } = await send(bridge, event(), { wait: 5 });
    await settles(pods[0]);
    const told = await podsOf(bridge);
    const there = { epoch: told.epoch, seq };
    expect(told.pods.find(({ name }) => name === 'pod-11')).toMatchObject({
      cursor: there,
      settled: there,
      behind: 0,
    });
    expect(told.pods.find(({ name }) => name === 'pod-12')).toMatchObject({ cursor: there, settled: null });
  });

  it('is not settled by a pod that settled what came before it', async () => {
    await send(bridge, event(), { wait: 5 });
    for (const pod of pods) pod.settle();
    const { id } = await send(bridge, event(), { wait: 5 });
    for (const pod of pods) await probe(bridge, pod);
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'applied', counts: { settled: 0 } });
  });

  it('is not settled by a cursor of another epoch', async () => {
    const { id } = await send(bridge, event(), { wait: 5 });
    for (const { identity, cursor } of pods) {
      const settled = { epoch: 'epoch-of-old', seq: 99 };
      await catchUp(bridge, { pod: identity, cursor, settled, builtAt: null });
    }
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'applied', counts: { settled: 0 } });
  });

  it('does not wait for a pod that applied it and left before it had settled', async () => {
    const { id } = await send(bridge, event(), { wait: 5 });
    await settles(pods[0]);
    world.list([pods[0].identity.ip]);
    await eventually(id, ({ final }) => expect(final).toBe(true));
    const report = await reportOf(bridge, id);
    expect(report).toMatchObject({ state: 'settled', counts: { applied: 1, settled: 1, gone: 1 } });
    expect(report.pods[1]?.reason).toContain('left the Service before it had settled');
  });

  it('forgets what a pod did in its former life, until the new one has caught up', async () => {
    const { id } = await send(bridge, event(), { wait: 5 });
    await settles(pods[0]);
    pods[0].restart();
    await probe(bridge, pods[0]);
    const restarted = await reportOf(bridge, id);
    expect(restarted).toMatchObject({ state: 'accepted', counts: { applied: 1, behind: 1, settled: 0 } });
    expect(restarted.pods[0]?.reason).toContain('started anew');
    await probe(bridge, pods[0]);
    const caughtUp = await reportOf(bridge, id);
    expect(caughtUp).toMatchObject({ state: 'applied', counts: { applied: 2, settled: 0 } });
    expect(caughtUp.pods[0]).toMatchObject({
      instance: pods[0].identity.instance,
      caughtUpAt: expect.any(String),
    });
  });

  it('keeps what it has when its time is over, and claims no more', async () => {
    const short = await startBridge(
      { ...world, environment: { ...world.environment, EVERYPOD_JOURNAL: 'sqlite::memory:' } },
      { limits: quick },
    );
    for (const pod of pods) await probe(short, pod);
    const { id } = await send(short, event(), { wait: 5 });
    await vi.waitFor(async () => expect((await reportOf(short, id)).final).toBe(true), 5_000);
    expect(await reportOf(short, id)).toMatchObject({ state: 'applied', counts: { applied: 2, settled: 0 } });
  });
});

it('a report says how many had it at once, and who caught up how much later', async () => {
  const [punctual, late] = pods;
  late.misbehave(({ response }) => void response.writeHead(404).end());
  const first = await send(bridge, event(), { wait: 5 });
  expect(first).toMatchObject({ state: 'accepted', counts: { pods: 2, applied: 1, refused: 1 } });
  await probe(bridge, late);
  await probe(bridge, late);
  const report = await reportOf(bridge, first.id);
  expect(report).toMatchObject({ state: 'applied', counts: { pods: 2, applied: 2 } });
  const caughtUp = report.pods.filter(({ caughtUpAt }) => caughtUpAt !== undefined);
  expect(caughtUp.map(({ name }) => name)).toEqual([late.identity.name]);
  expect(report.pods.find(({ name }) => name === punctual.identity.name)?.caughtUpAt).toBeUndefined();
  const laterMs = Date.parse(caughtUp[0]?.caughtUpAt ?? '') - Date.parse(report.acceptedAt);
  expect(laterMs).toBeGreaterThanOrEqual(0);
});

describe('the second look at DNS', () => {
  it('brings an event whose report is final to a pod that DNS was hiding, and leaves the report as it was', async () => {
    const again = await startBridge(
      { ...world, environment: { ...world.environment, EVERYPOD_JOURNAL: 'sqlite::memory:' } },
      { limits: { ...patient, secondLookMs: 1_200 } },
    );
    for (const pod of pods) await probe(again, pod);
    const { id } = await send(again, event([{ tag: 'hidden' }]), { wait: 5 });
    for (const pod of pods) {
      pod.settle();
      await probe(again, pod);
    }
    const report = await reportOf(again, id);
    expect(report.final).toBe(true);
    const hidden = await world.addPod(13);
    await vi.waitFor(() => expect(hidden.applied).toContain('tag hidden'), { timeout: 8_000, interval: 50 });
    expect(await reportOf(again, id)).toEqual(report);
    expect(pods.map(({ pushes }) => pushes.filter(({ targets }) => targets.length > 0).length)).toEqual([
      1, 1,
    ]);
  });
});
