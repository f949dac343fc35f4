import { describe, expect, it } from 'vitest';
import { createGuardedCache } from '../../src/pods/guarded-cache.ts';

function modelOf({ baked = {} }: { baked?: Record<string, number> } = {}) {
  const state = { version: 1, fails: false, applied: [] as string[][], unheard: [] as string[][] };
  let release = Promise.withResolvers<void>();
  release.resolve();
  const cache = createGuardedCache({
    pages: [
      { path: '/a/1', tags: ['article:1'] },
      { path: '/a/2', tags: ['article:2'] },
    ],
    baked,
    fetchVersion: async () => {
      if (state.fails) throw new Error('The origin is away.');
      return state.version;
    },
    rendering: () => release.promise,
    applied: (keys) => state.applied.push(keys),
    unheard: (keys) => state.unheard.push(keys),
  });
  const { guard } = cache;
  if (guard === null) throw new Error('It has a guard.');
  return {
    cache,
    guard,
    state,
    holdRenders() {
      release = Promise.withResolvers<void>();
      return () => release.resolve();
    },
    invalidate: (tag: string) => cache.duringRequest(async () => cache.invalidator.tag(tag)),
  };
}

describe('The model of Next.js’s page cache behind the guard', () => {
  it.each([
    ['a tag', (cache: Model) => cache.invalidator.tag('article:1'), 'tag article:1'],
    ['a path', (cache: Model) => cache.invalidator.path('/a/1'), 'path /a/1'],
    ['a route pattern', (cache: Model) => cache.invalidator.path('/a/[id]', 'page'), 'page /a/[id]'],
    ['everything', (cache: Model) => cache.invalidator.path('/', 'layout'), 'everything'],
  ])('serves the build’s copy until it is told of %s', async (_, call, key) => {
    const { cache, state } = modelOf({ baked: { '/a/1': 1 } });
    state.version = 2;
    expect(await cache.read('/a/1')).toBe(1);
    await cache.duringRequest(async () => call(cache));
    expect(state.applied).toEqual([[key]]);
    expect(await cache.read('/a/1')).toBe(2);
  });

  it('stores nothing that began to be made before an invalidation, which is drained when that has ended', async () => {
    const { cache, guard, state, holdRenders, invalidate } = modelOf();
    const finish = holdRenders();
    const inFlight = cache.read('/a/1');
    await new Promise(setImmediate);
    state.version = 2;
    await invalidate('article:1');
    expect(guard.before(guard.tick, 10_000)).toMatchObject([{ path: '/a/1' }]);
    finish();
    expect(await inFlight).toBe(1);
    expect(guard.before(guard.tick, 10_000)).toEqual([]);
    expect(await cache.read('/a/1')).toBe(2);
  });

  it('waits for no render that has failed', async () => {
    const { cache, guard, state, invalidate } = modelOf();
    state.fails = true;
    await expect(cache.read('/a/1')).rejects.toThrow('away');
    await invalidate('article:1');
    expect(guard.before(guard.tick, 10_000)).toEqual([]);
  });

  it('has a guard of its own for each pod, and forgets only pages that match', async () => {
    const one = modelOf({ baked: { '/a/1': 1, '/a/2': 1 } });
    const other = modelOf({ baked: { '/a/1': 1 } });
    one.state.version = 2;
    other.state.version = 2;
    await one.invalidate('article:1');
    expect(await one.cache.read('/a/2')).toBe(1);
    expect(await other.cache.read('/a/1')).toBe(1);
  });

  it('does not hear what is called outside of a request', () => {
    const { cache, state } = modelOf();
    cache.invalidator.tag('article:1');
    expect(state.unheard).toEqual([['tag article:1']]);
  });
});

type Model = ReturnType<typeof createGuardedCache>;
