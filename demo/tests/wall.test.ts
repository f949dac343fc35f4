import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWall } from '../src/wall/wall.ts';
import { startWallCluster } from './wall-cluster.ts';

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
    ['/pods/nextjs-b/restart', 'restart nextjs-b'],
  ])('POST %s does "%s" and leads back to the page', async (path, what) => {
    const answer = await post(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/?page=%2Fa');
    expect(wallCluster.done).toEqual([what]);
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

  it('stops the bridge and starts it again', async () => {
    await post('/bridge', 'run=false&page=%2F');
    expect(await read('/live')).toContain('A save waits in WordPress until the bridge runs again');
    await post('/bridge', 'run=true&page=%2F');
    expect(await read('/live')).toContain('Stop the bridge');
  });

  it('refuses what another site posts', async () => {
    const answer = await post('/pods/nextjs-b/kill', 'page=%2F', { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(wallCluster.done).toEqual([]);
  });
});
