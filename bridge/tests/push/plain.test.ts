import { renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  event,
  podsOf,
  probe,
  quick,
  reportOf,
  send,
  signedGet,
  startBridge,
  temporaryFolder,
} from '../harness.ts';
import { plainName, plainSecret, readLog, startPlainWorld } from '../plain-world.ts';

const soon = { timeout: 10_000, interval: 20 };
const patient = { ...quick, eventBudgetMs: 30_000, lookAgainMs: 200 };
const post = event([{ path: '/my-post/' }, { path: '/my-post' }, { path: '/blog/' }, { tag: 'wp:post:1' }]);
const finalOf = (bridge: { url: string }, id: string) =>
  vi.waitFor(async () => {
    const report = await reportOf(bridge, id);
    expect(report.final).toBe(true);
    return report;
  }, soon);

describe('B9 plain pods alone', () => {
  it('are told, which is the end of the event, and neither applied nor fresh', async () => {
    const world = await startPlainWorld();
    const pods = [await world.addPlainPod(11), await world.addPlainPod(12)];
    const bridge = await startBridge(world);
    const { id } = await send(bridge, post, { wait: 5 });
    const report = await finalOf(bridge, id);
    expect(report).toMatchObject({
      state: 'accepted',
      counts: { pods: 2, told: 2, applied: 0, settled: 0 },
      reason: "Accepted; told 2 of 2; whether their pages are new can't be known.",
      discovery: [{ service: plainName, addresses: 2 }],
    });
    for (const [nth, pod] of pods.entries()) {
      expect(report.pods[nth]).toMatchObject({
        ip: pod.ip,
        instance: '',
        state: 'told',
        attempts: 1,
        reason: 'A plain pod takes pages by their slugs alone, so it was not told of a tag.',
      });
      expect(pod.slugs).toEqual(['my-post', 'blog']);
      expect(pod.calls).toEqual([
        { method: 'GET', path: '/siteapi/revalidate', fanout: '1' },
        { method: 'GET', path: '/siteapi/revalidate', fanout: '1' },
      ]);
    }
  });

  it('stand in GET /v1/pods in the discovery only, which says so', async () => {
    const world = await startPlainWorld();
    await world.addPlainPod(11);
    const bridge = await startBridge(world);
    await send(bridge, post, { wait: 5 });
    expect(await podsOf(bridge)).toMatchObject({
      pods: [],
      discovery: [
        { service: plainName, addresses: 1, reason: expect.stringContaining('Its pods are plain') },
      ],
    });
    expect((await podsOf(bridge)).neverAsked).toBeUndefined();
  });

  it('are told again until they have been, each of what it has not been told', async () => {
    const world = await startPlainWorld();
    const pod = await world.addPlainPod(11);
    const bridge = await startBridge(world, { limits: patient });
    let failed = 0;
    pod.misbehave((response, slug) => {
      if (slug === 'my-post' || failed++ > 1) pod.slugs.push(slug);
      response.writeHead(pod.slugs.includes(slug) ? 200 : 500).end();
    });
    const { id } = await send(bridge, post, { wait: 5 });
    expect(await finalOf(bridge, id)).toMatchObject({ counts: { told: 1 }, pods: [{ attempts: 3 }] });
    expect(pod.slugs).toEqual(['my-post', 'blog']);
  });

  it('that do not answer in the time of the event are named, and the rest counted', async () => {
    const world = await startPlainWorld();
    await world.addPlainPod(11);
    world.listPlain(['127.0.0.11', '127.0.0.12']);
    const bridge = await startBridge(world);
    const { id } = await send(bridge, post, { wait: 5 });
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'accepted', final: false });
    expect(await finalOf(bridge, id)).toMatchObject({
      state: 'accepted',
      counts: { told: 1, unreachable: 1 },
      reason: "Accepted; told 1 of 2; whether their pages are new can't be known.",
      pods: [{}, { ip: '127.0.0.12', reason: expect.stringContaining('Nothing listens at 127.0.0.12') }],
    });
  });

  it('that will not take it at all end the event at once', async () => {
    const world = await startPlainWorld();
    const pod = await world.addPlainPod(11);
    pod.secret = 'another';
    const bridge = await startBridge(world, { limits: patient });
    const { id } = await send(bridge, post, { wait: 5 });
    expect(await finalOf(bridge, id)).toMatchObject({
      state: 'accepted',
      counts: { told: 0, refused: 1 },
      pods: [{ state: 'refused', reason: expect.stringContaining('EVERYPOD_PLAIN_SECRET') }],
    });
    // The other path was tried as well: what one call says of the secret, the next may not.
    expect(pod.calls).toHaveLength(2);
  });

  it.each([
    ['a tag', event([{ tag: 'wp:post:1' }])],
    ['a topic', event([{ topic: 'flags' }])],
    ['a route pattern', event([{ path: '/', scope: 'layout' }])],
    ['the home page, which has no slug', event([{ path: '/' }])],
  ])('are not called for %s, and their lines say so', async (what, wide) => {
    const world = await startPlainWorld();
    const pod = await world.addPlainPod(11);
    const bridge = await startBridge(world, { limits: patient });
    const { id } = await send(bridge, wide, { wait: 5 });
    expect(await finalOf(bridge, id)).toMatchObject({
      state: 'accepted',
      counts: { told: 0, refused: 1 },
      pods: [{ reason: expect.stringContaining(`it was not told of ${what}.`) }],
    });
    expect(pod.calls).toEqual([]);
  });

  it('that DNS lists later are told too, and those that leave are gone in words of their own', async () => {
    const world = await startPlainWorld();
    const pod = await world.addPlainPod(11);
    world.listPlain(['127.0.0.11', '127.0.0.12']);
    const bridge = await startBridge(world, { limits: patient });
    const { id } = await send(bridge, post);
    await vi.waitFor(() => expect(pod.slugs).toHaveLength(2), soon);
    world.listPlain(['127.0.0.11']);
    const late = await world.addPlainPod(13);
    const report = await finalOf(bridge, id);
    expect(late.slugs).toEqual(['my-post', 'blog']);
    expect(report).toMatchObject({ state: 'accepted', counts: { told: 2, gone: 1 } });
    expect(report.reason).toContain('told 2 of 2;');
    const gone = report.pods.find(({ state }) => state === 'gone');
    expect(gone?.reason).toContain('A plain pod does not catch up');
  });

  it('are told by the next bridge what the last one could not', async () => {
    const world = await startPlainWorld();
    const pod = await world.addPlainPod(11);
    pod.misbehave((response) => response.writeHead(503).end());
    const first = await startBridge(world, { limits: patient });
    const { id } = await send(first, post, { wait: 5 });
    await first.stop();
    expect(pod.slugs).toEqual([]);
    pod.misbehave(null);
    const second = await startBridge(world, { limits: patient });
    expect(await finalOf(second, id)).toMatchObject({ state: 'accepted', counts: { told: 1 } });
    expect(pod.slugs).toEqual(['my-post', 'blog']);
  });

  it('outside the allowed ranges get nothing', async () => {
    const world = await startPlainWorld({}, { EVERYPOD_POD_CIDRS: '127.0.0.11/32' });
    const [inside, outside] = [await world.addPlainPod(11), await world.addPlainPod(12)];
    world.environment.EVERYPOD_PODS = `${world.plainUrl},plain+http://127.0.0.12:${world.port}/siteapi/revalidate`;
    const bridge = await startBridge(world);
    const { id } = await send(bridge, post, { wait: 5 });
    const report = await finalOf(bridge, id);
    expect(report.pods).toHaveLength(1);
    expect(report.discovery.map(({ reason }) => reason)).toEqual(
      Array(2).fill(expect.stringContaining('outside the allowed pod ranges: 127.0.0.12')),
    );
    expect([inside.calls.length, outside.calls.length]).toEqual([2, 0]);
  });
});

describe('B9 plain pods beside Everypod pods', () => {
  it('hold no state back, and are waited for before the report is final', async () => {
    const world = await startPlainWorld({ beside: true });
    const [everypod, plain] = [await world.addPod(11), await world.addPlainPod(12)];
    const bridge = await startBridge(world, { limits: patient });
    await probe(bridge, everypod);
    plain.misbehave((response) => response.writeHead(500).end());
    const { id } = await send(bridge, post, { wait: 5 });
    everypod.settle();
    await probe(bridge, everypod);
    expect(await reportOf(bridge, id)).toMatchObject({
      state: 'settled',
      final: false,
      counts: { applied: 1, settled: 1, failed: 1 },
    });
    plain.misbehave(null);
    const report = await finalOf(bridge, id);
    expect(report).toMatchObject({ state: 'settled', counts: { applied: 1, settled: 1, told: 1 } });
    expect(report.reason).toBeUndefined();
  });

  it('do not make an event final that the others have not settled', async () => {
    const world = await startPlainWorld({ beside: true });
    const [everypod, plain] = [await world.addPod(11), await world.addPlainPod(12)];
    const bridge = await startBridge(world, { limits: patient });
    await probe(bridge, everypod);
    const { id } = await send(bridge, post, { wait: 5 });
    await vi.waitFor(() => expect(plain.slugs).toHaveLength(2), soon);
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'applied', final: false, counts: { told: 1 } });
  });

  it('are left out of the second look, which could not know what they lack', async () => {
    const world = await startPlainWorld({ beside: true });
    const [everypod, plain] = [await world.addPod(11), await world.addPlainPod(12)];
    const { log, said } = readLog();
    const bridge = await startBridge(world, { log, limits: { ...patient, secondLookMs: 1_200 } });
    await probe(bridge, everypod);
    const { id } = await send(bridge, post, { wait: 5 });
    everypod.settle();
    await probe(bridge, everypod);
    await finalOf(bridge, id);
    const late = await world.addPod(13);
    await vi.waitFor(() => expect(late.applied).toContain('path /blog/'), soon);
    expect(said('pods appeared after the report')).toMatchObject([{ pods: ['127.0.0.13'] }]);
    expect(plain.slugs).toEqual(['my-post', 'blog']);
  });

  it('are not named for never asking, as the others are', async () => {
    const world = await startPlainWorld({ beside: true });
    await world.addPod(11);
    await world.addPlainPod(12);
    let monotonicMs = 0;
    const bridge = await startBridge(world, { limits: patient, monotonicMs: () => monotonicMs });
    await podsOf(bridge);
    monotonicMs += 2 * patient.leaseMs;
    expect((await podsOf(bridge)).neverAsked).toMatchObject([{ ip: '127.0.0.11' }]);
    const { pods } = await send(bridge, post, { wait: 5 });
    expect(pods.find(({ ip }) => ip === '127.0.0.12')?.reason).not.toContain('catch-up');
  });

  it('are never taken for one of them, though one at their address asks for catch-up', async () => {
    const world = await startPlainWorld();
    const plain = await world.addPlainPod(11);
    const everypod = await world.addPod(12, { listed: false });
    everypod.identity.ip = '127.0.0.11';
    plain.misbehave((response) => response.writeHead(500).end());
    const bridge = await startBridge(world, { limits: patient });
    const { id } = await send(bridge, post, { wait: 5 });
    await probe(bridge, everypod);
    everypod.settle();
    await probe(bridge, everypod);
    expect(await reportOf(bridge, id)).toMatchObject({ state: 'accepted', counts: { applied: 0 } });
    plain.misbehave(null);
    expect(await finalOf(bridge, id)).toMatchObject({ state: 'accepted', counts: { told: 1, applied: 0 } });
  });
});

describe('B9 the log', () => {
  it('has a line for each event and each push, in the words that people look for', async () => {
    const world = await startPlainWorld({ beside: true });
    const [everypod, plain] = [await world.addPod(11), await world.addPlainPod(12)];
    const { log, said } = readLog();
    const bridge = await startBridge(world, { log, limits: patient });
    await probe(bridge, everypod);
    const { id } = await send(bridge, post, { wait: 5 });
    await vi.waitFor(() => expect(plain.slugs).toHaveLength(2), soon);
    await vi.waitFor(() => expect(said('[revalidate] fan-out to ')).toHaveLength(2), soon);
    expect(said('[revalidate] fan-out from ')).toMatchObject([
      { msg: `[revalidate] fan-out from ${hostname()} to [127.0.0.11, 127.0.0.12]`, level: 30, id, pods: 2 },
    ]);
    for (const ip of ['127.0.0.11', '127.0.0.12']) {
      expect(said(`[revalidate] fan-out to ${ip} `)).toMatchObject([
        {
          msg: `[revalidate] fan-out to ${ip} → 200`,
          level: 30,
          ip,
          status: 200,
          ms: expect.any(Number),
          id,
        },
      ]);
    }
  });

  it('says what a pod answered that would not take it', async () => {
    const world = await startPlainWorld();
    const pod = await world.addPlainPod(11);
    pod.misbehave((response) => response.writeHead(404).end());
    const { log, said } = readLog();
    const bridge = await startBridge(world, { log, limits: patient });
    await finalOf(bridge, (await send(bridge, post, { wait: 5 })).id);
    expect(said('[revalidate] fan-out to ')).toMatchObject([
      { msg: '[revalidate] fan-out to 127.0.0.11 → 404', status: 404 },
    ]);
  });

  const misbehaviours = [
    ['takes it', null],
    ['refuses it', 401],
    ['fails', 500],
    ['redirects', 302],
    ['hangs up', 0],
  ] as const;
  it.each(misbehaviours)(
    'never has the secret, nor has a report or a count, where a pod %s',
    async (_, how) => {
      const world = await startPlainWorld();
      const pod = await world.addPlainPod(11);
      if (how !== null) {
        pod.misbehave((response) => {
          if (how === 0) response.destroy();
          else response.writeHead(how, { location: '/login' }).end();
        });
      }
      const { log, text } = readLog();
      const bridge = await startBridge(world, { log });
      const { id } = await send(bridge, post, { wait: 5 });
      await finalOf(bridge, id);
      const all = [
        text(),
        await (await signedGet(bridge, `/v1/events/${id}`)).text(),
        await (await signedGet(bridge, '/v1/pods')).text(),
        await (await fetch(`${bridge.url}/metrics`)).text(),
      ].join('\n');
      expect(all).toContain('127.0.0.11');
      expect(all).not.toMatch(/hush|secret=|slug=/);
    },
  );
});

it('B9 a changed file of the secret is used by the next call, and the last good one kept', async () => {
  const path = join(temporaryFolder(), 'revalidate-secret');
  const write = (text: string) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  write(`${plainSecret}\n`);
  const world = await startPlainWorld({}, { EVERYPOD_PLAIN_SECRET: '', EVERYPOD_PLAIN_SECRET_FILE: path });
  const pod = await world.addPlainPod(11);
  const { log, text } = readLog();
  let nowMs = Date.now();
  const bridge = await startBridge(world, { log, limits: patient, now: () => nowMs });
  const told = async () => {
    const { id } = await send(bridge, post, { wait: 5, nowMs });
    return (await finalOf(bridge, id)).counts.told;
  };
  expect(await told()).toBe(1);
  pod.secret = 'hush-hush the second';
  write(pod.secret);
  nowMs += 2_000;
  expect(await told()).toBe(1);
  for (const broken of ['', ' \n', 'hush\nhush', 'x'.repeat(600), 'hush-hush the se']) {
    write(broken);
    nowMs += 2_000;
    expect(await told()).toBe(1);
  }
  expect(text()).toContain('last good secrets kept');
  expect(text()).not.toContain('hush');
});
