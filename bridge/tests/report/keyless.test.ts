import type { Keyless } from '@everypod/contract';
import { beforeEach, describe, expect, it } from 'vitest';
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

let bridge: Started;
let pod: TestPod;

beforeEach(async () => {
  const world = await startWorld();
  pod = await world.addPod(11);
  bridge = await startBridge(world, { limits: { ...quick, eventBudgetMs: 60_000, lookAgainMs: 100 } });
  pod.isSecond = true;
  await probe(bridge, pod);
});

const asks = (said: { keyless?: Keyless } = {}) =>
  catchUp(bridge, { pod: pod.identity, cursor: pod.cursor, settled: pod.settled, builtAt: null, ...said });
const reasonOf = async (id: string) => (await reportOf(bridge, id)).pods[0]?.reason;

describe('a pod that hears from no answer what it was made of', () => {
  it.each<[Keyless, RegExp]>([
    ['none given', /^Pages go by paths and tags alone here/],
    ['taken away', /^Pages go with each change here: .*X-Everypod-Keys/],
    ['another host', /EVERYPOD_ORIGIN_URL/],
    ['not heard', /another client/],
  ])('says by what its pages go, and what to do: %s', async (keyless, words) => {
    const { id } = await send(bridge, event([{ tag: 'wp:post:8' }]), { wait: 5 });
    expect(await reasonOf(id)).toBeUndefined();
    await asks({ keyless });
    expect(await reasonOf(id)).toMatch(words);
    await asks();
    expect(await reasonOf(id)).toBeUndefined();
  });

  it('says it of no event that does not come from WordPress', async () => {
    const { id } = await send(bridge, event([{ tag: 'flags' }]), { wait: 5 });
    await asks({ keyless: 'none given' });
    expect(await reasonOf(id)).toBeUndefined();
  });

  it('is said to be one by GET /v1/pods, to who knows the word, until it is none', async () => {
    await asks({ keyless: 'taken away' });
    expect((await podsOf(bridge)).pods.map(({ keyless }) => keyless)).toEqual(['taken away']);
    const first = await signedGet(bridge, '/v1/pods', Date.now(), { 'everypod-protocol': '1' });
    expect(await first.text()).not.toContain('keyless');
    await asks();
    expect((await podsOf(bridge)).pods.map(({ keyless }) => keyless)).toEqual([undefined]);
  });
});
