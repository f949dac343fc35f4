import { type Discovered, parseService, podAddress } from '@everypod/fan-out';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import { limits } from '../../src/limits.ts';
import { createPods } from '../../src/pods/registry.ts';
import { createWaysToCall } from '../../src/pods/ways-to-call.ts';
import {
  event,
  podsOf,
  probe,
  quick,
  reportOf,
  type Started,
  send,
  startBridge,
  startWorld,
} from '../harness.ts';

const sentence = 'has never asked this bridge for catch-up';
let atMs: number;
beforeEach(() => {
  atMs = 1_000_000;
});
const monotonicMs = () => atMs;
const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 100 };

async function gauge({ url }: Started): Promise<string | undefined> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return metrics.split('\n').find((line) => line.startsWith('everypod_pods_never_asked '));
}

describe('A12 a pod that DNS lists as ready, and whose probe never asks', () => {
  let bridge: Started;
  let good: TestPod;
  let silent: TestPod;

  async function start(environment: Record<string, string> = {}) {
    const world = await startWorld(environment);
    [good, silent] = [await world.addPod(11), await world.addPod(12)];
    bridge = await startBridge(world, { limits: patient, monotonicMs });
    await probe(bridge, good);
    await podsOf(bridge);
    return world;
  }

  it('is named once it was listed for a whole lease: by /v1/pods, metrics and the report', async () => {
    await start();
    atMs += limits.leaseMs;
    expect([(await podsOf(bridge)).neverAsked, await gauge(bridge)]).toEqual([
      undefined,
      'everypod_pods_never_asked 0',
    ]);
    atMs += 1;
    expect((await podsOf(bridge)).neverAsked).toEqual([
      { ip: '127.0.0.12', name: '127.0.0.12', reason: expect.stringContaining(sentence) },
    ]);
    expect(await gauge(bridge)).toBe('everypod_pods_never_asked 1');

    const { pods, state } = await send(bridge, event(), { wait: 5 });
    expect([state, pods.map(({ name, state }) => [name, state])]).toEqual([
      'applied',
      [
        ['pod-11', 'applied'],
        ['pod-12', 'applied'],
      ],
    ]);
    expect(pods[0]?.reason).toBeUndefined();
    expect(pods[1]?.reason).toContain(sentence);
    expect(pods[1]?.reason).toContain('does its readiness probe reach /siteapi/ready');
  });

  it('keeps its own reason before that', async () => {
    await start();
    silent.misbehave(({ response }) => void response.writeHead(307, { location: '/en' }).end());
    atMs += limits.leaseMs + 1;
    const { pods } = await send(bridge, event(), { wait: 5 });
    expect(pods[1]).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/answered 307.*never asked/s),
    });
  });

  it('is named no more once it asks', async () => {
    await start();
    atMs += limits.leaseMs + 1;
    const { id } = await send(bridge, event(), { wait: 5 });
    await probe(bridge, silent);
    expect([(await podsOf(bridge)).neverAsked, await gauge(bridge)]).toEqual([
      undefined,
      'everypod_pods_never_asked 0',
    ]);
    await vi.waitFor(async () => expect((await reportOf(bridge, id)).pods[1]?.reason).toBeUndefined(), 5_000);
  });

  it('is not judged where DNS lists pods that are not ready', async () => {
    await start({ EVERYPOD_PUBLISH_NOT_READY: 'all' });
    atMs += limits.leaseMs + 1;
    expect((await podsOf(bridge)).neverAsked).toBeUndefined();
  });

  it('is seen without any event', async () => {
    const world = await startWorld();
    await world.addPod(12);
    const quickly = { ...patient, listedLookMs: 10 };
    bridge = await startBridge(world, { limits: quickly, monotonicMs: () => (atMs += 1_000) });
    await vi.waitFor(async () => expect(await gauge(bridge)).toBe('everypod_pods_never_asked 1'), 5_000);
  });
});

describe('A12 nobody is named', () => {
  const service = parseService('http://nextjs-headless.myapp.svc:3000/siteapi/revalidate');
  const fixed = parseService('http://10.0.0.2:3000/siteapi/revalidate');
  const ranges = { sort: (ips: readonly string[]) => ({ allowed: [...ips], forbidden: [] }) };
  const start = () =>
    createPods({ limits, now: Date.now, monotonicMs, waysToCall: createWaysToCall([service], ranges) });
  const listing = (ips: readonly string[], of = service, unanswered = false): Discovered => ({
    addresses: ips.map((ip) => podAddress(of, ip)),
    lines: [],
    unanswered: unanswered ? [of] : [],
  });
  const word = (ip: string, instance: string, by: 'catch-up' | 'push' = 'catch-up') => ({
    pod: { ip, name: instance, instance },
    cursor: null,
    settled: null,
    builtAt: null,
    epoch: 'epoch-one',
    by,
  });

  it.each([
    {
      who: 'at the IPv6 address of a pod that asks under its IPv4 address',
      first: listing(['10.0.0.1', 'fd00::1']),
      words: [word('10.0.0.1', 'instance-a')],
      named: [],
    },
    {
      who: 'but one address of each pod, where none asks under either',
      first: listing(['10.0.0.1', '10.0.0.2', 'fd00::1', 'fd00::2']),
      words: [],
      named: ['10.0.0.1', '10.0.0.2'],
    },
    {
      who: 'while somebody asks under an address that DNS has never listed, which may be the same pod',
      first: listing(['10.0.0.1']),
      words: [word('192.168.0.1', 'instance-a')],
      named: [],
    },
    {
      who: 'of a life that was heard of a moment ago, at an address that is listed for long',
      first: listing(['10.0.0.1']),
      words: [word('10.0.0.1', 'instance-a'), word('10.0.0.1', 'instance-b', 'push')],
      named: [],
    },
    {
      who: 'except where a push was answered at an address that is listed for long, and nobody was heard of there before',
      first: listing(['10.0.0.1']),
      words: [word('10.0.0.1', 'instance-a', 'push')],
      named: ['10.0.0.1'],
    },
    { who: 'at an address that is fixed', first: listing(['10.0.0.2'], fixed), words: [], named: [] },
  ])('$who', ({ first, words, named }) => {
    const pods = start();
    pods.listed(first);
    atMs += limits.leaseMs + 1;
    for (const news of words) pods.heard(news);
    pods.listed(first);
    expect(pods.neverAsked()).toEqual(named);
  });

  it.each([
    { what: 'DNS did not list it meanwhile', between: listing([]), named: [] },
    {
      what: 'except one of which DNS said nothing meanwhile',
      between: listing([], service, true),
      named: ['10.0.0.1'],
    },
  ])('where $what', ({ between, named }) => {
    const pods = start();
    pods.listed(listing(['10.0.0.1']));
    atMs += limits.leaseMs + 1;
    pods.listed(between);
    pods.listed(listing(['10.0.0.1']));
    expect(pods.neverAsked()).toEqual(named);
  });
});
