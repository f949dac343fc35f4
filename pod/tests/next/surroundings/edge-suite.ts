import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildApp, type Variant } from './build.ts';
import { cachedCopyOf } from './fresh.ts';
import { startVisited, type Visited } from './visited.ts';

const patience = { timeout: 20_000, interval: 50 };

/** An app with edge routes, an edge page, an edge API route and middleware, which Next.js bundles the guard into. */
export function describeEdge(variant: Variant): void {
  let visited: Visited;
  beforeAll(async () => {
    // By another name Next.js takes a rewrite for one that leads to another server.
    const settings = { EVERYPOD_SETTLE_SECONDS: '1', HOSTNAME: 'localhost' };
    visited = await startVisited(await buildApp(variant), settings);
  });
  afterAll(() => visited?.stop());

  it.each(['/edge', '/edge-page', '/api/edge'])('A14 serves %s', async (path) => {
    const response = await visited.pod.ask(path);
    expect(await response.text()).toMatch(/rendered:|^edge$/);
    expect(response.status).toBe(200);
  });

  it('A14 reaches a page behind middleware', async () => {
    const { pod, push } = visited;
    expect((await pod.ask('/blog/b')).headers.get('x-passed')).toBe('middleware');
    const old = await cachedCopyOf(pod, '/blog/b');
    await push({ path: '/blog/b' });
    expect(await pod.copyOf('/blog/b')).not.toBe(old);
  });

  describe('a visit', () => {
    it('makes a page behind middleware anew before any visitor comes', async () => {
      const { pod, pushAndMake } = visited;
      const old = await cachedCopyOf(pod, '/blog/c');
      expect(await pushAndMake('/blog/c')).toMatchObject({ path: '/blog/c', result: 'made', status: 200 });
      // The settling pass may come in between, so no two of its copies need be the same.
      expect(await pod.copyOf('/blog/c')).not.toBe(old);
    });

    it('tells that middleware wants a login', async () => {
      expect(await visited.pushAndMake('/walled/a')).toMatchObject({ result: 'denied', status: 401 });
    });

    it('names the page that serves a path which middleware rewrites, where that is kept at all', async () => {
      const { pod, pushAndMake } = visited;
      const old = await pod.copyOf('/story/rewritten');
      expect(await pushAndMake('/story/rewritten')).toMatchObject(
        // 15 makes what it meets behind such a rewrite for each visitor (docs/facts.md).
        variant.next === 15 ? { result: 'not cached' } : { result: 'made', servedBy: '/en/story/rewritten' },
      );
      expect(await pod.copyOf('/story/rewritten')).not.toBe(old);
    });
  });

  it('B2 keeps the settling pass beside the guard, which does not reach the edge', async () => {
    const { pod, push } = visited;
    const { cursor } = await push({ tag: 'item:edge' });
    await vi.waitFor(async () => expect(await pod.probe()).toMatchObject({ settled: cursor }), patience);
    expect(pod.output.join('')).toContain(`Settled up to ${cursor?.seq}: second pass`);
    expect(pod.output.join('')).not.toContain('drained');
  });
}
