import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  event,
  quick,
  reportOf,
  type Started,
  send,
  startBridge,
  startWorld,
  temporaryFolder,
  type World,
} from '../harness.ts';
import { startValkey } from './server.ts';

const patient = {
  ...quick,
  eventBudgetMs: 60_000,
  grantWithinMs: 60_000,
  lookAgainMs: 100,
  otherPagesAfterMs: 0,
  grantSweepMs: 20,
};
const soon = { timeout: 20_000, interval: 50 };
const paths = Array.from({ length: 4 }, (_, nth) => `/page-${nth}`);

type Two = { world: World; bridges: Started[]; most: () => number };

/** Two bridges with a journal each, maybe the same, and three pods that take their time for a page, and count. */
async function startTwo(journals: readonly [string, string], limits: object = {}): Promise<Two> {
  const world = await startWorld();
  let underWay = 0;
  let most = 0;
  for (const last of [11, 12, 13]) {
    const pod = await world.addPod(last);
    pod.isSecond = true;
    pod.takesVisits = true;
    pod.visit = async ({ path }) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 30));
      underWay -= 1;
      return { path, result: 'made', tries: 1 };
    };
  }
  const bridges: Started[] = [];
  for (const EVERYPOD_JOURNAL of journals) {
    const environment = { ...world.environment, EVERYPOD_JOURNAL };
    bridges.push(await startBridge({ ...world, environment }, { limits: { ...patient, ...limits } }));
  }
  return { world, bridges, most: () => most };
}

/** Has each bridge bring two events with many pages to every pod; resolves once each page was made for each of them. */
async function makeAll({ world, bridges }: Two) {
  const sent = await Promise.all(
    bridges.flatMap((bridge, nth) =>
      [1, 2].map(async (one) => {
        const targets = paths.map((path) => ({ path: `${path}-${nth}-${one}` }));
        const { id } = await send(bridge, event(targets), { wait: 5 });
        return { bridge, id };
      }),
    ),
  );
  for (const { bridge, id } of sent) {
    await vi.waitFor(async () => {
      for (const pod of world.pods) pod.settle({ how: 'drained' });
      const { pods } = await reportOf(bridge, id);
      expect(pods).toHaveLength(3);
      for (const { visits } of pods)
        expect(visits).toMatchObject({ of: paths.length, made: paths.length, left: 0 });
    }, soon);
  }
}

describe('visits that two bridges grant', () => {
  it('are four at most over both, and each has its own made', async () => {
    const { url } = await startValkey();
    const two = await startTwo([url, url]);
    await makeAll(two);
    expect(two.most()).toBe(4);
  });

  it('are more where the bridges share nothing', async () => {
    const own = () => `sqlite:${join(temporaryFolder(), 'journal.db')}`;
    const two = await startTwo([own(), own()]);
    await makeAll(two);
    expect(two.most()).toBeGreaterThan(4);
  });

  it('wait while the other has all places, and are left to visitors when their time is over', async () => {
    const { url } = await startValkey();
    const two = await startTwo([url, url], { grantWithinMs: 500 });
    const ends: Array<() => void> = [];
    for (const pod of two.world.pods) {
      pod.visit = ({ path }) =>
        new Promise((resolve) => {
          ends.push(() => resolve({ path, result: 'made', tries: 1 }));
        });
    }
    const [a, b] = two.bridges as [Started, Started];
    await send(a, event([{ path: '/a' }, { path: '/a-list' }]), { wait: 5 });
    await vi.waitFor(() => expect(ends).toHaveLength(4), soon);
    const { id } = await send(b, event([{ path: '/b' }]), { wait: 5 });
    await vi.waitFor(async () => {
      const { pods } = await reportOf(b, id);
      expect(pods.map(({ visits }) => visits?.left)).toEqual([1, 1, 1]);
    }, soon);
    expect(ends).toHaveLength(4);
    for (const end of ends) end();
  });

  it('are not granted while Valkey does not answer, which is no failure, and are once it does', async () => {
    const valkey = await startValkey();
    const { world, bridges } = await startTwo([valkey.url, valkey.url], { valkeyCommandMs: 300 });
    const [bridge] = bridges as [Started, Started];
    const [pod] = world.pods;
    world.list(['127.0.0.11']);
    pod?.misbehave(({ response, proper }) => {
      const { headers, body } = proper();
      if (pod.cursor !== null) valkey.freeze();
      response.writeHead(200, headers).end(body);
    });
    const { id } = await send(bridge, event([{ path: '/a' }, { path: '/b' }]), { wait: 5 });
    const visits = async () => (await reportOf(bridge, id)).pods[0]?.visits;
    await vi.waitFor(async () => expect(await visits()).toMatchObject({ of: 2, made: 0, left: 0 }), soon);
    expect(pod?.grants).toEqual([]);
    valkey.thaw();
    await vi.waitFor(async () => expect(await visits()).toMatchObject({ of: 2, made: 2, left: 0 }), soon);
  });
});

describe('an event that another bridge takes over', () => {
  const evidence = { words: 6, runs: ['0123456789abcdef'] };

  it('brings what its visits are told with it, of which nothing is left in Valkey once it is final', async () => {
    const valkey = await startValkey();
    const { world, bridges } = await startTwo([valkey.url, valkey.url], { takeOverEveryMs: 100 });
    const [a, b] = bridges as [Started, Started];
    const [pod] = world.pods;
    world.list(['127.0.0.11']);
    pod?.misbehave(({ response }) => void response.writeHead(404).end());
    const body = event([{ path: '/hello' }]);
    const { id } = await send(a, { ...body, data: { ...body.data, evidence } }, { wait: 5 });
    const key = `{everypod}:about:${id}`;
    const about = { site: 'https://example.org', evidence };
    expect(JSON.parse(String(await valkey.ask('GET', key)))).toEqual(about);
    // Also if nobody is there any more to end it.
    const ends = Number(await valkey.ask('PTTL', key));
    expect(ends).toBeGreaterThan(50_000);
    expect(ends).toBeLessThanOrEqual(65_000);
    await a.stop();
    pod?.misbehave(null);
    await vi.waitFor(() => expect(pod?.grants).toHaveLength(1), soon);
    expect(pod?.grants[0]?.event).toEqual({ id, ...about });
    pod?.settle({ how: 'drained' });
    await vi.waitFor(async () => expect((await reportOf(b, id)).final).toBe(true), soon);
    await vi.waitFor(async () => expect(await valkey.ask('KEYS', '*:about:*')).toEqual([]), soon);
    for (const part of ['0123456789abcdef', 'example.org'])
      expect(JSON.stringify(await valkey.ask('HGETALL', `{everypod}:event:${id}`))).not.toContain(part);
  });
});
