import { describe, expect, it } from 'vitest';
import { createIsrCache } from '../../src/pods/isr-cache.ts';

function modelOf({ baked = {} }: { baked?: Record<string, number> } = {}) {
  const state = { version: 1, applied: [] as string[][], unheard: [] as string[][] };
  let release = Promise.withResolvers<void>();
  release.resolve();
  const cache = createIsrCache({
    pages: [
      { path: '/a/1', tags: ['article:1'] },
      { path: '/a/2', tags: ['article:2'] },
    ],
    baked,
    fetchVersion: async () => state.version,
    rendering: () => release.promise,
    applied: (keys) => state.applied.push(keys),
    unheard: (keys) => state.unheard.push(keys),
  });
  return {
    cache,
    state,
    holdRenders() {
      release = Promise.withResolvers<void>();
      return () => release.resolve();
    },
    invalidate: (tag: string) => cache.duringRequest(async () => cache.invalidator.tag(tag)),
  };
}

describe('The model of Next.js’s page cache', () => {
  it('serves the build’s copy until it is told', async () => {
    const { cache, state, invalidate } = modelOf({ baked: { '/a/1': 1 } });
    state.version = 2;
    expect(await cache.read('/a/1')).toBe(1);
    await invalidate('article:1');
    expect(await cache.read('/a/1')).toBe(2);
  });

  it('loses an invalidation for a render that is in flight, and keeps the old page for ever', async () => {
    const { cache, state, holdRenders, invalidate } = modelOf();
    const finish = holdRenders();
    const inFlight = cache.read('/a/1');
    await new Promise(setImmediate);
    state.version = 2;
    await invalidate('article:1');
    const joined = cache.read('/a/1');
    finish();
    expect(await inFlight).toBe(1);
    expect(await joined).toBe(1);
    expect(await cache.read('/a/1')).toBe(1);
    await invalidate('article:1');
    expect(await cache.read('/a/1')).toBe(2);
  });

  it('forgets only pages that match', async () => {
    const { cache, state, invalidate } = modelOf({ baked: { '/a/1': 1, '/a/2': 1 } });
    state.version = 2;
    await invalidate('article:1');
    expect(await cache.read('/a/2')).toBe(1);
  });

  it.each<[string, (cache: ReturnType<typeof modelOf>['cache']) => void]>([
    ['the root layout', ({ invalidator }) => invalidator.path('/', 'layout')],
    ['the route pattern', ({ invalidator }) => invalidator.path('/a/[id]', 'page')],
    ['the path', ({ invalidator }) => invalidator.path('/a/1')],
  ])('forgets a page by %s', async (_, call) => {
    const { cache, state } = modelOf({ baked: { '/a/1': 1 } });
    state.version = 2;
    await cache.duringRequest(async () => call(cache));
    expect(await cache.read('/a/1')).toBe(2);
  });

  it('takes invalidations into account when the request ends', async () => {
    const { cache, state } = modelOf({ baked: { '/a/1': 1 } });
    await cache.duringRequest(async () => {
      cache.invalidator.tag('article:1');
      expect(state.applied).toEqual([]);
    });
    expect(state.applied).toEqual([['tag article:1']]);
  });

  it('does not hear a call outside of a request, or after it', async () => {
    const { cache, state } = modelOf({ baked: { '/a/1': 1 } });
    cache.invalidator.tag('article:1');
    const late = Promise.withResolvers<void>();
    await cache.duringRequest(async () => {
      void late.promise.then(() => cache.invalidator.tag('article:1'));
    });
    late.resolve();
    await new Promise(setImmediate);
    state.version = 2;
    expect(state.unheard).toHaveLength(2);
    expect(await cache.read('/a/1')).toBe(1);
  });
});
