import { type HowSettled, sayProtocol } from '@everypod/contract';
import { describe, expect, it, vi } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import {
  catchUp,
  event,
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

const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 100 };
const held = { renders: [{ path: '/x', forMs: 10_004 }], more: 2 };

let world: World;
let bridge: Started;

/** A bridge, and pods that have asked it. */
async function start(count: number, { isSecond = true, limits = {} } = {}): Promise<[TestPod, ...TestPod[]]> {
  world = await startWorld();
  const pods: [TestPod, ...TestPod[]] = [await world.addPod(11)];
  for (let last = 12; last < 11 + count; last += 1) pods.push(await world.addPod(last));
  bridge = await startBridge(world, { limits: { ...patient, ...limits } });
  for (const pod of pods) {
    pod.isSecond = isSecond;
    await probe(bridge, pod);
  }
  return pods;
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 8_000, interval: 20 });
const asked = (pod: TestPod) => until(() => expect(pod.openQuestions).toBe(1));
const ways = (pods: readonly ({ name: string } & HowSettled)[]) =>
  pods.map(({ name, how, held }) => ({ name, how, ...(held && { held }) }));

describe('a pod that speaks the second protocol', () => {
  it('is asked right after its answer to a push when it has settled, and the event is settled with its last word', async () => {
    const [one, two, three] = await start(3);
    const { id, seq } = await send(bridge, event(), { wait: 5 });
    for (const pod of world.pods) await asked(pod);
    expect(one.questions).toEqual([{ ask: 'settled', epoch: one.cursor?.epoch, upTo: seq, waitMs: 10_000 }]);
    one.settle({ how: 'drained' });
    two?.settle({ how: 'capped', held });
    await until(async () => expect((await reportOf(bridge, id)).counts.settled).toBe(2));
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'applied', final: false });
    three?.settle({ how: 'second pass' });
    await until(async () =>
      expect(await reportOf(bridge, id)).toMatchObject({ state: 'settled', final: true }),
    );
    expect(ways((await reportOf(bridge, id)).pods)).toEqual([
      { name: 'pod-11', how: 'drained' },
      { name: 'pod-12', how: 'capped', held },
      { name: 'pod-13', how: 'second pass' },
    ]);
  });

  it('is asked one question at a time, for the oldest event that waits; pushes go on beside it', async () => {
    const [pod] = await start(1);
    const first = await send(bridge, event([{ path: '/a' }]), { wait: 5 });
    await asked(pod);
    const others = [];
    for (const path of ['/b', '/c']) others.push(await send(bridge, event([{ path }]), { wait: 5 }));
    expect(others.map(({ state }) => state)).toEqual(['applied', 'applied']);
    expect(pod.questions.map(({ upTo }) => upTo)).toEqual([first.seq]);
    expect(pod.openQuestions).toBe(1);
    pod.settle({ how: 'drained' });
    for (const { id } of [first, ...others])
      await until(async () =>
        expect(await reportOf(bridge, id)).toMatchObject({ state: 'settled', final: true }),
      );
    await until(() => expect(pod.openQuestions).toBe(0));
    expect(pod.questions).toHaveLength(1);
  });

  it('that can’t wait is asked again after a break, until it has settled', async () => {
    const [pod] = await start(1, { limits: { settledWaitMs: 0, settledAgainMs: 150 } });
    const startedAt = performance.now();
    const { id } = await send(bridge, event(), { wait: 5 });
    await until(() => expect(pod.questions.length).toBeGreaterThan(2));
    expect(pod.questions.length).toBeLessThanOrEqual((performance.now() - startedAt) / 150 + 1);
    pod.settle({ how: 'drained' });
    await until(async () => expect(await reportOf(bridge, id)).toMatchObject({ state: 'settled' }));
  });

  it('that settles while nobody can ask it tells by its next catch-up how it did', async () => {
    const [pod] = await start(1);
    const { id } = await send(bridge, event(), { wait: 5 });
    await asked(pod);
    pod.settled = pod.cursor;
    const { identity, cursor, settled } = pod;
    await catchUp(bridge, { pod: identity, cursor, settled, builtAt: null, how: 'capped', held });
    expect(await reportOf(bridge, id)).toMatchObject({
      state: 'settled',
      pods: [{ name: 'pod-11', how: 'capped', held }],
    });
  });

  it('and says that it is where the journal has not been is not believed', async () => {
    const [pod] = await start(1);
    const { id, seq } = await send(bridge, event(), { wait: 5 });
    await asked(pod);
    pod.cursor = { epoch: pod.cursor?.epoch ?? '', seq: seq + 1_000_000_000 };
    pod.settle({ how: 'drained' });
    await until(() => expect(pod.questions.length).toBeGreaterThan(1));
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'applied', counts: { settled: 0 } });
  });

  it('keeps no bridge from stopping: what is open is called off', async () => {
    const pods = await start(2);
    await send(bridge, event(), { wait: 5 });
    for (const pod of pods) await asked(pod);
    const startedAt = performance.now();
    await bridge.stop();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    for (const pod of pods) await until(() => expect(pod.openQuestions).toBe(0));
  });
});

describe('a pod that does not speak it', () => {
  it('is asked nothing, and tells by its next catch-up', async () => {
    const [pod] = await start(1, { isSecond: false });
    const { id } = await send(bridge, event(), { wait: 5 });
    const calls = pod.calls;
    pod.settle();
    await probe(bridge, pod);
    const report = await reportOf(bridge, id);
    expect(report).toMatchObject({ state: 'settled', final: true });
    expect(ways(report.pods)).toEqual([{ name: 'pod-11', how: undefined }]);
    expect(pod.calls).toBe(calls);
  });
});

describe('a sender', () => {
  async function settledByTheCap() {
    const [pod] = await start(1);
    const { id } = await send(bridge, event(), { wait: 5 });
    await asked(pod);
    pod.settle({ how: 'capped', held });
    await until(async () => expect((await reportOf(bridge, id)).final).toBe(true));
    return id;
  }

  it('that speaks the second protocol is told the way, and what was held', async () => {
    const id = await settledByTheCap();
    const [line] = (await reportOf(bridge, id)).pods;
    expect(line).toMatchObject({ how: 'capped', held });
    expect(line).not.toHaveProperty('reason');
  });

  it('that does not is given no field that it does not know, and the same in a sentence', async () => {
    const id = await settledByTheCap();
    const get = await signedGet(bridge, `/v1/events/${id}`, Date.now(), { 'everypod-protocol': '1' });
    const post = await postEvent(bridge, event(), { id, headers: { 'everypod-protocol': '1' } });
    const reason = 'Settled for all but /x, whose render has hung for 10 s; 2 more.';
    for (const answer of [get, post]) {
      const [line] = (await answer.json()).pods;
      expect(line).toMatchObject({ name: 'pod-11', state: 'applied', reason });
      expect(Object.keys(line)).not.toContain('how');
      expect(Object.keys(line)).not.toContain('held');
    }
  });

  it('is told by each signed answer that the bridge speaks the second protocol', async () => {
    await start(1);
    const answer = await signedGet(bridge, '/v1/pods', Date.now(), { 'everypod-answer': 'directed' });
    expect(Object.fromEntries(answer.headers)).toMatchObject(sayProtocol);
  });
});

it('the time from applied to settled is counted by its way', async () => {
  const pods = await start(3);
  const { id } = await send(bridge, event(), { wait: 5 });
  for (const pod of pods) await asked(pod);
  for (const [nth, pod] of pods.entries()) pod.settle(nth < 2 ? { how: 'drained' } : {});
  await until(async () => expect((await reportOf(bridge, id)).final).toBe(true));
  const text = await (await fetch(`${bridge.url}/metrics`)).text();
  expect(text).toContain('everypod_settled_seconds_count{how="drained"} 2');
  expect(text).toContain('everypod_settled_seconds_count{how="not said"} 1');
});
