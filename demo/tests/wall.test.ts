import type { VisitLine } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../src/limits.ts';
import { createWall } from '../src/wall/wall.ts';
import { epoch, startWallCluster } from './wall-cluster.ts';

const newer = { title: 'New title', pod: 'nextjs-a', renderedAt: '2026-01-01T11:00:00.000Z' };

let wallCluster: Awaited<ReturnType<typeof startWallCluster>>;
let wall: ReturnType<typeof createWall>;

beforeEach(async () => {
  wallCluster = await startWallCluster(['nextjs-a', 'nextjs-b', 'nextjs-c']);
  wall = createWall(wallCluster);
});
afterEach(() => wallCluster.stop());

const read = async (path: string) => (await wall.request(path)).text();
const post = (path: string, body = 'page=%2Fa', headers: Record<string, string> = {}) =>
  wall.request(path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', ...headers },
  });

describe('the verdict of the wall', () => {
  it('says that all pods agree when they show the same, whoever rendered it and when', async () => {
    for (const name of ['nextjs-a', 'nextjs-b', 'nextjs-c']) wallCluster.show(name, { ...newer, pod: name });
    expect(await read('/live')).toContain('All 3 pods agree.');
  });

  it('names the pods whose copy is not the one that was rendered last', async () => {
    wallCluster.show('nextjs-a', newer);
    expect(await read('/live')).toContain('nextjs-b and nextjs-c show older copies.');
  });

  it('counts a missing page as another copy', async () => {
    wallCluster.show('nextjs-b', { ...newer, status: 404 });
    const live = await read('/live');
    expect(live).toContain('nextjs-a and nextjs-c show older copies.');
    expect(live).toContain('Nothing at this address (404)');
  });

  it('says which pod does not answer', async () => {
    await wallCluster.refuseConnections('nextjs-c');
    expect(await read('/live')).toContain('The 2 pods that answer agree. nextjs-c doesn&#39;t answer.');
  });

  it('leaves out a pod that is not ready, because it has no visitors', async () => {
    wallCluster.change('nextjs-c', { phase: 'starting' });
    wallCluster.show('nextjs-c', newer);
    const live = await read('/live');
    expect(live).toContain('All 2 pods agree.');
    expect(live).toMatch(/starting<\/span>, no visitors/);
  });

  it('does not ask a pod without a process', async () => {
    wallCluster.change('nextjs-a', { running: false });
    wallCluster.change('nextjs-b', { running: false });
    wallCluster.change('nextjs-c', { running: false });
    expect(await read('/live')).toContain('No copy has been seen yet.');
    expect(wallCluster.requests).toEqual([]);
  });
});

describe('what the wall says of the last change', () => {
  const names = ['nextjs-a', 'nextjs-b', 'nextjs-c'];
  /** Where the last probe found every pod, unless the bridge has heard of more since. */
  const probed = (seq: number) => {
    for (const name of names) {
      wallCluster.change(name, { cursor: { epoch, seq }, settled: { epoch, seq } });
    }
  };
  const each = (cursor: number, settled: number) => names.map(() => ({ cursor, settled }));

  beforeEach(() => probed(6));

  it('calls it fresh once it has settled on every pod', async () => {
    wallCluster.bridgeSays(7, each(7, 7));
    expect(await read('/live')).toContain('Fresh: the last change');
  });

  it('says that it is settling while a pod has not settled', async () => {
    wallCluster.bridgeSays(7, [...each(7, 7).slice(1), { cursor: 7, settled: 6 }]);
    const live = await read('/live');
    expect(live).toContain('The last change is settling');
    expect(live).toContain('<dd>6, settling</dd>');
  });

  it.each([
    ['a pod is behind', () => wallCluster.bridgeSays(7, [...each(7, 7).slice(1), { cursor: 6, settled: 6 }])],
    ['the bridge does not say', () => {}],
    ['there was no change', () => wallCluster.bridgeSays(0, each(0, 0))],
    [
      'Everypod is switched off',
      async () => {
        wallCluster.bridgeSays(7, each(7, 7));
        await wallCluster.cluster.everypod.turn(false);
      },
    ],
    [
      'the bridge is cut off',
      async () => {
        wallCluster.bridgeSays(7, each(7, 7));
        await wallCluster.cluster.bridge.stop();
      },
    ],
    [
      'the pods disagree',
      () => {
        wallCluster.bridgeSays(7, each(7, 7));
        wallCluster.show('nextjs-a', newer);
      },
    ],
    [
      'a pod was started since, and has said nothing yet',
      () => {
        wallCluster.bridgeSays(7, each(7, 7));
        wallCluster.change('nextjs-a', { cursor: null, settled: null });
      },
    ],
    [
      'the pods are of another epoch',
      () => {
        wallCluster.bridgeSays(7, each(7, 7));
        wallCluster.change('nextjs-b', { settled: { epoch: 'epoch-before', seq: 9 } });
      },
    ],
  ])('calls nothing fresh when %s', async (_, happens) => {
    await happens();
    expect(await read('/live')).not.toMatch(/fresh/i);
  });

  it('says for each pod how far it is behind', async () => {
    wallCluster.bridgeSays(9, [{ cursor: 6, settled: 6 }]);
    expect(await read('/live')).toContain('<dd>6, behind by 3</dd>');
  });

  it.each([
    [{ from: 'thaw', ms: 4_030 } as const, '4.0 s after its thaw'],
    [{ from: 'start', ms: 700 } as const, '700 ms after its start'],
    [{ from: 'bridge', ms: null } as const, 'not yet since the bridge was back'],
  ])('says how a pod healed: %o', async (healing, words) => {
    wallCluster.change('nextjs-b', { healing });
    expect(await read('/live')).toContain(words);
  });
});

describe('what the wall says of the last change on a pod', () => {
  const visit = (line: Partial<VisitLine>) => ({
    visits: {
      ...{ of: 3, made: 1, seen: 1, gone: 0, failed: 0, denied: 0, left: 0 },
      paths: [
        { path: '/a/', result: 'seen' as const, tries: 1, madeAt: '2026-01-01T14:03:07.500Z', ...line },
      ],
    },
  });
  const told = { cursor: 7, settled: 6 };

  it.each<[Partial<VisitLine>, string]>([
    [{}, 'made anew at 14:03:07 UTC, seen'],
    [{ result: 'made' }, 'made anew at 14:03:07 UTC'],
    [{ result: 'gone', status: 404 }, 'gone (404), as it was to be'],
    [{ result: 'no page', status: 404 }, 'no page there (404)'],
    [{ result: 'redirected', to: '/login' }, 'leads to /login'],
    [{ result: 'left' }, 'left to its next visitor'],
    [{ result: 'failed' }, 'not made anew: it failed'],
    [{ path: '/b' }, '2 of 3 pages made anew'],
  ])('puts what came of its visit in words: %o', async (line, words) => {
    wallCluster.bridgeSays(7, [told]);
    wallCluster.reports([visit(line)]);
    expect(await read('/live?page=/a')).toContain(`<dd class="whole">${words}</dd>`);
  });

  it('names the page where that is not the one on the wall', async () => {
    wallCluster.bridgeSays(7, [told]);
    wallCluster.reports([visit({})]);
    expect(await read('/live')).toContain('<dd class="whole">/a made anew at 14:03:07 UTC, seen</dd>');
  });

  it('says nothing of a pod that has started anew since', async () => {
    wallCluster.reports([visit({})]);
    expect(await read('/live?page=/a')).not.toContain('made anew at');
  });

  it('says that its pages are old while it can’t reach WordPress, and calls nothing fresh', async () => {
    const probed = { cursor: { epoch, seq: 7 }, settled: { epoch, seq: 6 } };
    for (const name of ['nextjs-a', 'nextjs-b', 'nextjs-c']) wallCluster.change(name, probed);
    wallCluster.bridgeSays(7, [told, { ...told, keeps: true }, told]);
    wallCluster.reports([visit({})]);
    const live = await read('/live?page=/a');
    expect(live).toContain('<dd class="whole">old: WordPress can’t be reached</dd>');
    expect(live).toContain('Old: the pods know of the last change, but WordPress can’t be reached.');
    expect(live).not.toMatch(/fresh/i);
  });
});

describe('a frozen pod on the wall', () => {
  it('is ready until its probes have failed, and not asked for a copy', async () => {
    wallCluster.change('nextjs-c', { frozen: true });
    const live = await read('/live');
    expect(live).toMatch(/ready<\/span>, but frozen/);
    expect(live).toContain('The 2 pods that answer agree. nextjs-c doesn&#39;t answer.');
    expect(live).toContain('aria-label="Thaw nextjs-c"');
    expect(wallCluster.requests).toEqual(['GET /', 'GET /']);
  });

  it('is shown as frozen once it has no visitors any more', async () => {
    wallCluster.change('nextjs-c', { frozen: true, phase: 'frozen' });
    const live = await read('/live');
    expect(live).toMatch(/frozen<\/span>, no visitors/);
    expect(live).toContain('All 2 pods agree.');
  });
});

describe('what one visitor gets', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => vi.useRealTimers());
  const nextLook = () => vi.advanceTimersByTime(limits.wallLookPeriodMs);

  it('is marked where an older page comes again', async () => {
    wallCluster.show('nextjs-a', newer);
    expect(await read('/live')).toContain('The last 1 went to 1 pod and showed one and the same page.');
    nextLook();
    const live = await read('/live');
    expect(live).toContain('Older again');
    expect(live).toContain('showed the page before and after a change.');
  });

  it('is no older page where no page comes', async () => {
    await read('/live');
    wallCluster.show('nextjs-b', { ...newer, status: 502 });
    nextLook();
    const live = await read('/live');
    expect(live).toContain('1 of the last 2 got no page. The others went to 1 pod');
    expect(live).not.toContain('Older again');
  });
});

describe('the wall as a page', () => {
  it('offers what the front page links to', async () => {
    const page = await read('/');
    expect(page).toContain('<option value="/category/sea" >Sea</option>');
    expect(page).toContain('<option value="/a" >Old title</option>');
  });

  it('only ever sends GET to pods, once per page and period however often it is asked', async () => {
    await Promise.all([read('/live?page=/a'), read('/live?page=/a'), read('/live?page=/a')]);
    expect(wallCluster.requests).toEqual(['GET /a', 'GET /a', 'GET /a']);
  });

  it.each(['//evil.example', 'http://evil.example', '/\\evil.example', '/with space', ''])(
    'shows the front page for the address %j',
    async (address) => {
      await read(`/live?${new URLSearchParams({ page: address })}`);
      expect(new Set(wallCluster.requests)).toEqual(new Set(['GET /']));
    },
  );

  it('shows a hostile title as text', async () => {
    wallCluster.show('nextjs-a', { ...newer, title: '&lt;script&gt;alert(1)&lt;/script&gt;' });
    const live = await read('/live');
    expect(live).not.toContain('<script>');
    expect(live).toContain('&lt;script&gt;alert(1)');
  });

  it('shows a copy without its scripts, exactly as it was seen', async () => {
    await read('/live?page=/a');
    const copy = await read('/copies/nextjs-b?page=/a');
    expect(copy).toContain('Old title');
    expect(copy).not.toContain('run()');
    expect((await wall.request('/copies/nextjs-b?page=/never')).status).toBe(404);
  });
});

describe('the buttons of the wall', () => {
  it.each([
    ['/pods', 'add'],
    ['/pods/nextjs-b/kill', 'kill nextjs-b'],
    ['/pods/nextjs-b/freeze', 'freeze nextjs-b'],
    ['/pods/nextjs-b/thaw', 'thaw nextjs-b'],
    ['/pods/nextjs-b/restart', 'restart nextjs-b'],
  ])('POST %s does "%s" and leads back to the page', async (path, what) => {
    const answer = await post(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/?page=%2Fa');
    expect(wallCluster.done).toEqual([what]);
  });

  it('that can do nothing for now keep the focus, and are not disabled', async () => {
    wallCluster.change('nextjs-b', { running: false });
    const live = await read('/live');
    expect(live).toContain('<button aria-label="Kill nextjs-b" aria-disabled="true">');
    expect(live).toContain('<button aria-label="Freeze nextjs-b" aria-disabled="true">');
    expect(live).not.toMatch(/\sdisabled/);
  });

  it('says in words when a pod is not there any more', async () => {
    const answer = await post('/pods/nextjs-z/kill');
    expect(answer.status).toBe(409);
    expect(await answer.text()).toBe('There is no pod of that name any more.');
  });

  it('switches Everypod off and on', async () => {
    await post('/everypod', 'on=false&page=%2F');
    expect(await read('/live')).toContain('aria-checked="false"');
    await post('/everypod', 'on=true&page=%2F');
    expect(await read('/live')).toContain('aria-checked="true"');
  });

  it('says that the event is still to be sent when Everypod is switched on while the bridge is cut off', async () => {
    await post('/everypod', 'on=false&page=%2F');
    await post('/bridge', 'run=false&page=%2F');
    const answer = await post('/everypod', 'on=true&page=%2F');
    expect(answer.status).toBe(202);
    expect(await answer.text()).toContain('is sent once it is back');
  });

  it('cuts the bridge off and brings it back', async () => {
    await post('/bridge', 'run=false&page=%2F');
    expect(await read('/live')).toContain('A save waits in WordPress until the bridge is back');
    await post('/everypod', 'on=false&page=%2F');
    expect(await read('/live')).not.toContain('A save waits in WordPress');
    await post('/bridge', 'run=true&page=%2F');
    expect(await read('/live')).toContain('Cut the bridge off');
  });

  it('stops WordPress and starts it again', async () => {
    expect(await read('/live')).not.toContain('WordPress is stopped:');
    await post('/wordpress', 'run=false&page=%2F');
    const live = await read('/live');
    expect(live).toContain('WordPress is stopped:');
    expect(live).toContain('Start WordPress');
    await post('/wordpress', 'run=true&page=%2F');
    expect(await read('/live')).toContain('Stop WordPress');
  });

  it('refuses what another site posts', async () => {
    const answer = await post('/pods/nextjs-b/kill', 'page=%2F', { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(wallCluster.done).toEqual([]);
  });
});
