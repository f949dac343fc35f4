import { type MakeQuestion, reportSchema, type Target, type VisitLine } from '@everypod/contract';
import { describe, expect, it, vi } from 'vitest';
import type { TestPod } from '../../../fan-out/tests/pod.ts';
import {
  event,
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

const patient = { ...quick, eventBudgetMs: 60_000, lookAgainMs: 100, otherPagesAfterMs: 0, grantSweepMs: 20 };
const evidence = { words: 6, runs: ['0123456789abcdef'] };

let world: World;
let bridge: Started;

async function start(
  count: number,
  { limits = {}, environment = {} }: { limits?: object; environment?: Record<string, string> } = {},
): Promise<TestPod[]> {
  world = await startWorld(environment);
  for (let last = 11; last < 11 + count; last += 1) await world.addPod(last);
  bridge = await startBridge(world, { limits: { ...patient, ...limits } });
  for (const pod of world.pods) {
    pod.isSecond = true;
    pod.takesVisits = true;
    await probe(bridge, pod);
  }
  return world.pods;
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 8_000, interval: 20 });
const report = (id: string) => reportOf(bridge, id);
function settleAll() {
  for (const pod of world.pods) pod.settle({ how: 'drained' });
}

/** Visits that end when they are told to. */
function held(pod: TestPod) {
  const open = new Map<string, () => void>();
  pod.visit = ({ path }) =>
    new Promise<VisitLine>((resolve) => {
      open.set(path, () => {
        open.delete(path);
        resolve({ path, result: 'made', tries: 1 });
      });
    });
  return open;
}

describe('an event whose paths are visited', () => {
  it('has each pod make each of them anew, the first one first, and is final with the last of them', async () => {
    const pods = await start(2);
    const [first] = pods;
    const open = first ? held(first) : new Map<string, () => void>();
    const { id, seq } = await send(bridge, event([{ tag: 'wp:post:1' }, { path: '/hello' }, { path: '/' }]), {
      wait: 5,
    });
    settleAll();
    await until(() => expect(open.size).toBe(2));
    expect(first?.grants).toEqual([
      {
        ask: 'make',
        epoch: first?.cursor?.epoch,
        upTo: seq,
        event: { id, site: 'https://example.org' },
        path: '/hello',
        waitMs: 12_000,
      },
      expect.objectContaining({ path: '/' }),
    ]);
    await until(async () => expect(await report(id)).toMatchObject({ state: 'settled', final: false }));
    for (const end of [...open.values()]) end();
    await until(async () => expect((await report(id)).final).toBe(true));
    for (const pod of (await report(id)).pods) {
      expect(pod.visits).toMatchObject({ of: 2, made: 2, seen: 0, left: 0, failed: 0 });
    }
  });

  it('names the worst first', async () => {
    const [pod] = await start(1);
    const results: Record<string, Partial<VisitLine>> = {
      '/a': { result: 'seen' },
      '/b': { result: 'no page', status: 404 },
      '/c': { result: 'failed', reason: 'The page answered 500.' },
    };
    if (pod) pod.visit = ({ path }) => ({ path, tries: 1, result: 'made', ...results[path] });
    const { id } = await send(bridge, event(['/a', '/b', '/c', '/d'].map((path) => ({ path }))), { wait: 5 });
    settleAll();
    await until(async () => expect((await report(id)).final).toBe(true));
    const [line] = (await report(id)).pods;
    expect(line?.visits).toMatchObject({ of: 4, made: 1, seen: 1, failed: 1 });
    expect(line?.visits?.paths.map(({ path }) => path)).toEqual(['/c', '/b', '/d', '/a']);
  });

  describe('that takes something back', () => {
    const results: Record<string, Partial<VisitLine>> = {
      '/hello': { result: 'no page', status: 404 },
      '/': { result: 'redirected', status: 307, to: '/en' },
      '/author/ada': { result: 'no page', status: 410 },
      '/en/hello': { result: 'no page', status: 404 },
      '/kept': { result: 'no page', status: 404 },
    };
    const resultsOf = async (targets: Target[], came = results) => {
      const [pod] = await start(1);
      if (pod) pod.visit = ({ path }) => ({ path, tries: 1, result: 'made', ...came[path] });
      if (pod) pod.pages = ['/en/hello'];
      const { id } = await send(bridge, event(targets), { wait: 5 });
      settleAll();
      await until(async () => expect((await report(id)).final).toBe(true));
      const visits = (await report(id)).pods[0]?.visits;
      return {
        visits,
        ways: Object.fromEntries(visits?.paths.map(({ path, result }) => [path, result]) ?? []),
      };
    };
    const taken = (path: string): Target => ({ path, vanishes: true });

    it('is well where no page answers: it is gone', async () => {
      const { visits, ways } = await resultsOf([
        { tag: 'wp:post:1', vanishes: true },
        ...['/hello', '/', '/author/ada', '/news'].map(taken),
        { path: '/kept' },
      ]);
      expect(visits).toMatchObject({ of: 6, gone: 3, made: 1, failed: 0 });
      expect(ways).toEqual({
        '/hello': 'gone',
        '/author/ada': 'gone',
        // Tags have led to it.
        '/en/hello': 'gone',
        '/news': 'made',
        // A home page may always lead elsewhere, and nobody wanted this one away.
        '/': 'redirected',
        '/kept': 'no page',
      });
      expect(visits?.paths.find(({ path }) => path === '/hello')).toEqual({
        ...{ path: '/hello', result: 'gone', status: 404, tries: 1 },
      });
    });

    it('is well where its own page leads elsewhere', async () => {
      const { ways, visits } = await resultsOf([taken('/hello'), taken('/')], {
        ...results,
        '/hello': { result: 'redirected', status: 308, to: '/news' },
      });
      expect(ways).toMatchObject({ '/hello': 'gone', '/': 'redirected' });
      expect(visits?.paths.find(({ path }) => path === '/hello')).toMatchObject({ to: '/news', status: 308 });
    });

    it('has a page that is still there made anew as ever', async () => {
      const { ways, visits } = await resultsOf([taken('/hello')], { '/en/hello': { result: 'seen' } });
      expect(ways).toEqual({ '/hello': 'made', '/en/hello': 'seen' });
      expect(visits).toMatchObject({ gone: 0 });
    });

    it('is no other event’s: where nothing was to go, no page is no page', async () => {
      const { ways } = await resultsOf([{ path: '/hello' }, { path: '/' }]);
      expect(ways).toEqual({ '/hello': 'no page', '/': 'redirected', '/en/hello': 'no page' });
    });
  });

  it('is told to nobody who does not speak the second protocol', async () => {
    await start(1);
    const { id } = await send(bridge, event(), { wait: 5 });
    settleAll();
    await until(async () => expect((await report(id)).final).toBe(true));
    const answer = await signedGet(bridge, `/v1/events/${id}`, Date.now(), { 'everypod-protocol': '1' });
    const [line] = reportSchema.parse(await answer.json()).pods;
    expect(line).not.toHaveProperty('visits');
  });

  it('hands its evidence to the pod, and to no report', async () => {
    const [pod] = await start(1);
    if (pod) pod.visit = ({ path }) => ({ path, result: 'seen', tries: 1 });
    const body = event([{ path: '/hello' }]);
    const { id } = await send(bridge, { ...body, data: { ...body.data, evidence } }, { wait: 5 });
    settleAll();
    await until(async () => expect((await report(id)).final).toBe(true));
    expect(pod?.grants[0]?.event).toMatchObject({ id, evidence });
    expect(JSON.stringify(await report(id))).not.toContain(evidence.runs[0]);
    expect((await report(id)).pods[0]?.visits).toMatchObject({ made: 0, seen: 1 });
  });

  it('has a pod visit those of its own pages that the event’s tags lead to, behind the event’s own', async () => {
    const [one, other] = await start(2);
    if (one) one.pages = ['/en/hello', '/hello', '/news'];
    const { id } = await send(bridge, event([{ tag: 'wp:post:1' }, { path: '/hello/' }]), { wait: 5 });
    settleAll();
    await until(async () => expect((await report(id)).final).toBe(true));
    expect(one?.grants.map(({ path }) => path).sort()).toEqual(['/en/hello', '/hello/', '/news']);
    expect(other?.grants.map(({ path }) => path)).toEqual(['/hello/']);
  });

  it('is visited on no pod that does not say that it can be', async () => {
    const [pod] = await start(1);
    if (pod) pod.takesVisits = false;
    const { id } = await send(bridge, event(), { wait: 5 });
    settleAll();
    await until(async () => expect((await report(id)).final).toBe(true));
    expect(pod?.grants).toEqual([]);
    expect((await report(id)).pods[0]).not.toHaveProperty('visits');
  });

  it('says left of a pod that answers something else, and fails nobody', async () => {
    const [pod] = await start(1);
    if (pod) pod.visit = ({ path }) => ({ path: `${path}-other`, result: 'made', tries: 1 });
    const { id } = await send(bridge, event([{ path: '/hello' }]), { wait: 5 });
    settleAll();
    await until(async () => expect((await report(id)).final).toBe(true));
    expect(await report(id)).toMatchObject({ state: 'settled', pods: [{ visits: { of: 1, left: 1 } }] });
  });
});

describe('making never storms WordPress', () => {
  it('has four visits under way, over all pods and events', async () => {
    const pods = await start(6);
    let running = 0;
    let most = 0;
    for (const pod of pods) {
      pod.visit = async ({ path }: MakeQuestion) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 40));
        running -= 1;
        return { path, result: 'made', tries: 1 };
      };
    }
    const sent = [];
    for (const path of ['/a', '/b', '/c']) sent.push(await send(bridge, event([{ path }]), { wait: 5 }));
    settleAll();
    for (const { id } of sent) {
      await until(async () => expect((await report(id)).final).toBe(true));
      for (const { visits } of (await report(id)).pods) expect(visits).toMatchObject({ of: 1, made: 1 });
    }
    expect(most).toBe(4);
  });

  it('has no more than that of a whole fleet, whose every page is made in the end', async () => {
    const pods = await start(40, { limits: { grantWithinMs: 60_000 } });
    const running = new Set<object>();
    let most = 0;
    for (const pod of pods) {
      pod.visit = async (grant) => {
        running.add(grant);
        most = Math.max(most, running.size);
        await new Promise((resolve) => setTimeout(resolve, 15));
        running.delete(grant);
        return { path: grant.path, result: 'made', tries: 1 };
      };
    }
    const sent = await Promise.all(
      ['/a', '/b'].map((path) => send(bridge, event([{ path }, { path: '/' }]))),
    );
    for (const { id } of sent) await until(async () => expect((await report(id)).counts.applied).toBe(40));
    settleAll();
    for (const { id } of sent) {
      await until(async () => expect((await report(id)).final).toBe(true));
      for (const { visits } of (await report(id)).pods) expect(visits).toMatchObject({ of: 2, made: 2 });
    }
    expect(most).toBe(4);
  });

  it.each([
    ['1', 1],
    ['6', 6],
  ])('or as many as EVERYPOD_MAKES_AT_ONCE=%s says', async (makes, wanted) => {
    const pods = await start(6, { environment: { EVERYPOD_MAKES_AT_ONCE: makes } });
    const open = pods.map(held);
    await send(bridge, event([{ path: '/a' }]), { wait: 5 });
    const underWay = () => open.reduce((sum, one) => sum + one.size, 0);
    await until(() => expect(underWay()).toBe(wanted));
    expect(pods.reduce((sum, { grants }) => sum + grants.length, 0)).toBe(wanted);
  });

  it('makes a path that waits once for all events that want it, and each of them has the result', async () => {
    const [pod] = await start(1, { environment: { EVERYPOD_MAKES_AT_ONCE: '1' } });
    if (!pod) throw new Error('There is one pod.');
    const open = held(pod);
    const sent = [await send(bridge, event([{ path: '/first' }]), { wait: 5 })];
    await until(() => expect(open.size).toBe(1));
    for (let nth = 0; nth < 5; nth += 1)
      sent.push(await send(bridge, event([{ path: '/same' }]), { wait: 5 }));
    settleAll();
    open.get('/first')?.();
    await until(() => expect(open.has('/same')).toBe(true));
    open.get('/same')?.();
    for (const { id } of sent) await until(async () => expect((await report(id)).final).toBe(true));
    expect(pod.grants.map(({ path }) => path)).toEqual(['/first', '/same']);
    expect(pod.grants[1]?.upTo).toBe(sent.at(-1)?.seq);
  });

  it('says of none but the newest of them what its evidence has shown', async () => {
    const [pod] = await start(1, { environment: { EVERYPOD_MAKES_AT_ONCE: '1' } });
    if (!pod) throw new Error('There is one pod.');
    const open = held(pod);
    await send(bridge, event([{ path: '/first' }]), { wait: 5 });
    await until(() => expect(open.size).toBe(1));
    const older = await send(bridge, event([{ path: '/same' }]), { wait: 5 });
    const newest = await send(bridge, event([{ path: '/same' }]), { wait: 5 });
    settleAll();
    const reason = 'The page shows an older version.';
    pod.visit = ({ path }) => ({ path, result: 'made', tries: 3, reason });
    open.get('/first')?.();
    for (const { id } of [older, newest])
      await until(async () => expect((await report(id)).final).toBe(true));
    const lineOf = async (id: string) => (await report(id)).pods[0]?.visits?.paths[0];
    expect(await lineOf(newest.id)).toMatchObject({ result: 'made', reason });
    expect(await lineOf(older.id)).toMatchObject({ result: 'made' });
    expect(await lineOf(older.id)).not.toHaveProperty('reason');
  });

  it('visits subjects’ own pages before all others', async () => {
    const [pod] = await start(1, { environment: { EVERYPOD_MAKES_AT_ONCE: '1' } });
    if (!pod) throw new Error('There is one pod.');
    const open = held(pod);
    await send(bridge, event([{ path: '/a' }, { path: '/a-list' }]), { wait: 5 });
    await until(() => expect(open.size).toBe(1));
    await send(bridge, event([{ path: '/b' }, { path: '/b-list' }]), { wait: 5 });
    for (const path of ['/a', '/b', '/a-list', '/b-list']) {
      await until(() => expect(open.has(path)).toBe(true));
      open.get(path)?.();
    }
    expect(pod.grants.map(({ path }) => path)).toEqual(['/a', '/b', '/a-list', '/b-list']);
  });

  it('makes one at a time for a WordPress that takes long, and as many as before once it does not', async () => {
    const pods = await start(6, { limits: { makeSlowMs: 250 } });
    let takesMs = 300;
    let running = 0;
    let most = 0;
    for (const pod of pods) {
      pod.visit = async ({ path }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, takesMs));
        running -= 1;
        return { path, result: 'made', tries: 1 };
      };
    }
    const made = async (path: string) => {
      most = 0;
      const { id } = await send(bridge, event([{ path }]), { wait: 5 });
      settleAll();
      await until(async () => expect((await report(id)).final).toBe(true));
      return most;
    };
    expect(await made('/at-first')).toBe(4);
    expect(await made('/slow')).toBe(1);
    takesMs = 1;
    await made('/quick');
    await made('/quick-again');
    takesMs = 25;
    expect(await made('/again')).toBe(4);
  });

  it('makes at once what has waited beside others and is the next event’s own', async () => {
    const [pod] = await start(1, { limits: { otherPagesAfterMs: 60_000 } });
    const first = await send(bridge, event([{ path: '/a' }, { path: '/b' }]), { wait: 5 });
    const second = await send(bridge, event([{ path: '/b' }]), { wait: 5 });
    settleAll();
    for (const { id } of [first, second])
      await until(async () => expect((await report(id)).final).toBe(true));
    expect(pod?.grants.map(({ path }) => path)).toEqual(['/a', '/b']);
  });

  it('lets the pages beside a subject’s own wait for a moment, as a save’s own aftermath needs WordPress, too', async () => {
    const [pod] = await start(1, { limits: { otherPagesAfterMs: 400 } });
    if (!pod) throw new Error('There is one pod.');
    const at = new Map<string, number>();
    pod.visit = ({ path }) => {
      at.set(path, performance.now());
      return { path, result: 'made', tries: 1 };
    };
    await send(bridge, event([{ path: '/a' }, { path: '/a-list' }]), { wait: 5 });
    await until(() => expect(at.size).toBe(2));
    expect((at.get('/a-list') ?? 0) - (at.get('/a') ?? 0)).toBeGreaterThan(300);
  });

  it('leaves to visitors what has not had its turn in time', async () => {
    const [pod] = await start(1, {
      environment: { EVERYPOD_MAKES_AT_ONCE: '1' },
      limits: { grantWithinMs: 300, grantSweepMs: 20 },
    });
    if (!pod) throw new Error('There is one pod.');
    const open = held(pod);
    const { id } = await send(bridge, event([{ path: '/a' }, { path: '/b' }]), { wait: 5 });
    settleAll();
    await until(async () => {
      expect((await report(id)).pods[0]?.visits).toMatchObject({ of: 2, left: 1 });
    });
    expect((await report(id)).final).toBe(false);
    open.get('/a')?.();
    await until(async () => expect((await report(id)).final).toBe(true));
    expect(pod.grants).toHaveLength(1);
  });

  it('leaves to visitors at once what would wait behind too many others, and no subject’s own page', async () => {
    const [pod] = await start(1, {
      environment: { EVERYPOD_MAKES_AT_ONCE: '1' },
      limits: { otherPagesWaiting: 2 },
    });
    if (!pod) throw new Error('There is one pod.');
    const open = held(pod);
    const first = await send(bridge, event(['/a', '/b', '/c', '/d'].map((path) => ({ path }))), { wait: 5 });
    const second = await send(bridge, event(['/e', '/b'].map((path) => ({ path }))), { wait: 5 });
    settleAll();
    await until(async () => expect((await report(first.id)).pods[0]?.visits).toMatchObject({ left: 1 }));
    for (const path of ['/a', '/e', '/b', '/c']) {
      await until(() => expect(open.has(path)).toBe(true));
      open.get(path)?.();
    }
    for (const { id } of [first, second])
      await until(async () => expect((await report(id)).final).toBe(true));
    expect((await report(first.id)).pods[0]?.visits).toMatchObject({ of: 4, made: 3, left: 1 });
    expect((await report(second.id)).pods[0]?.visits).toMatchObject({ of: 2, made: 2, left: 0 });
  });

  it('makes nothing where EVERYPOD_VISITS is false', async () => {
    const [pod] = await start(1, { environment: { EVERYPOD_VISITS: 'false' } });
    const { id } = await send(bridge, event(), { wait: 5 });
    settleAll();
    await until(async () => expect((await report(id)).final).toBe(true));
    expect(pod?.grants).toEqual([]);
    expect((await report(id)).pods[0]).not.toHaveProperty('visits');
  });
});
