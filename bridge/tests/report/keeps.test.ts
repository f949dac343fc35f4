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
  signedGet,
  startBridge,
  startWorld,
} from '../harness.ts';

const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 100 };

let bridge: Started;
let pods: [TestPod, TestPod];
let keeping: TestPod;

beforeEach(async () => {
  const world = await startWorld();
  pods = [await world.addPod(11), await world.addPod(12)];
  [keeping] = pods;
  bridge = await startBridge(world, { limits: patient });
  for (const pod of pods) {
    pod.isSecond = true;
    await probe(bridge, pod);
  }
});

/** As a pod asks that gives former pages, which says so each time. */
const asks = (pod: TestPod, said: { keeps?: true } = {}) =>
  catchUp(bridge, { pod: pod.identity, cursor: pod.cursor, settled: pod.settled, builtAt: null, ...said });
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
const lines = async (id: string) => (await reportOf(bridge, id)).pods.toSorted(byName);
const metric = async () => {
  const text = await (await fetch(`${bridge.url}/metrics`)).text();
  return /^everypod_pods_keeping (\d+)$/m.exec(text)?.[1];
};

describe('a pod that gives former pages while WordPress can’t be reached', () => {
  it('has applied an event, and its line says that it is old, and why', async () => {
    const { id } = await send(bridge, event(), { wait: 5 });
    await asks(keeping, { keeps: true });
    const [line, other] = await lines(id);
    expect(line).toMatchObject({ state: 'applied', keeps: true });
    expect(line?.reason).toMatch(/^Old: WordPress can’t be reached from this pod/);
    expect(other?.keeps).toBeUndefined();
    expect(other?.reason).toBeUndefined();
  });

  it('keeps the event from being settled, and says no more of it once it has', async () => {
    const { id } = await send(bridge, event(), { wait: 5 });
    await asks(keeping, { keeps: true });
    for (const pod of pods) if (pod !== keeping) pod.settle();
    await vi.waitFor(async () => expect((await reportOf(bridge, id)).counts.settled).toBe(1), 5_000);
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'applied', final: false });
    keeping.settle({ how: 'drained' });
    await vi.waitFor(async () => expect((await reportOf(bridge, id)).state).toBe('settled'), 5_000);
    const [line] = await lines(id);
    expect(line?.keeps).toBeUndefined();
    expect(line?.reason).toBeUndefined();
  });

  it('says it of no event that had settled before', async () => {
    const before = await send(bridge, event(), { wait: 5 });
    for (const pod of pods) pod.settle();
    await vi.waitFor(async () => expect((await reportOf(bridge, before.id)).state).toBe('settled'), 5_000);
    await send(bridge, event([{ tag: 'later' }]), { wait: 5 });
    await asks(keeping, { keeps: true });
    expect((await lines(before.id)).map(({ keeps }) => keeps)).toEqual([undefined, undefined]);
  });

  it('is no longer one once it says so no more', async () => {
    const { id } = await send(bridge, event(), { wait: 5 });
    await asks(keeping, { keeps: true });
    await asks(keeping);
    expect((await lines(id)).map(({ keeps }) => keeps)).toEqual([undefined, undefined]);
  });

  it('is said to be one by GET /v1/pods and by everypod_pods_keeping, until it is none', async () => {
    expect(await metric()).toBe('0');
    await asks(keeping, { keeps: true });
    expect((await podsOf(bridge)).pods.toSorted(byName).map(({ name, keeps }) => [name, keeps])).toEqual([
      ['pod-11', true],
      ['pod-12', undefined],
    ]);
    const first = await signedGet(bridge, '/v1/pods', Date.now(), { 'everypod-protocol': '1' });
    expect(await first.text()).not.toContain('keeps');
    expect(await metric()).toBe('1');
    await asks(keeping);
    expect((await podsOf(bridge)).pods.map(({ keeps }) => keeps)).toEqual([undefined, undefined]);
    expect(await metric()).toBe('0');
  });
});
