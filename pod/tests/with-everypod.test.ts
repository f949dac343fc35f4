import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NextConfig } from 'next';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readBuildRecord } from '../src/next/build-record.ts';
import { withEverypod } from '../src/next/index.ts';

const context = { defaultConfig: {} };
const buildPhase = 'phase-production-build';
let projectDir: string;

beforeEach(() => {
  projectDir = mkdtempSync(join(tmpdir(), 'everypod-'));
  vi.stubEnv('EVERYPOD_CONTENT_TIME', undefined);
});
afterEach(() => {
  rmSync(projectDir, { recursive: true });
  vi.unstubAllEnvs();
});

/** As Next.js does: what is a function is called with the phase, and what is a promise awaited. */
async function loaded(config: Parameters<typeof withEverypod>[0], phase = buildPhase) {
  const wrapped = withEverypod(config, { projectDir });
  return typeof wrapped === 'function' ? wrapped(phase, context) : wrapped;
}

async function recorded(config: Parameters<typeof withEverypod>[0] = {}, phase = buildPhase) {
  const { env } = await loaded(config, phase);
  return env?.EVERYPOD_BUILD === undefined ? null : JSON.parse(env.EVERYPOD_BUILD);
}

const fetchCache = (distDir: string) => join(projectDir, distDir, 'cache', 'fetch-cache');

function fetchCacheEntry(distDir: string, at: string, { newTime = at } = {}) {
  mkdirSync(fetchCache(distDir), { recursive: true });
  const entry = join(fetchCache(distDir), at.replace(/\W/g, ''));
  writeFileSync(entry, '{}');
  utimesSync(entry, new Date(newTime), new Date(newTime));
}

describe('withEverypod', () => {
  const config = { basePath: '/docs', env: { MINE: '1' } };
  it.each([
    ['an object', config, 'an object'],
    ['a promise', Promise.resolve(config), 'a promise'],
    ['a function', () => config, 'a function of an object'],
    ['an async function', async () => config, 'a function of a promise'],
  ])('A14 gives back %s for it, and keeps what is in it', async (_, given, kind) => {
    const kindOf = (value: unknown): string => {
      if (typeof value === 'function') return `a function of ${kindOf(value(buildPhase, context))}`;
      return value instanceof Promise ? 'a promise' : 'an object';
    };
    expect(kindOf(withEverypod(given, { projectDir }))).toBe(kind);
    expect(await loaded(given)).toMatchObject(config);
    expect(await recorded(given)).toMatchObject({ basePath: '/docs', distDir: '.next' });
  });

  it('A14 gives back an object that others may add to, and leaves the given one alone', () => {
    const given = Object.freeze({ env: Object.freeze({ MINE: '1' }) });
    const wrapped = withEverypod(given, { projectDir });
    expect({ ...wrapped }.env).toMatchObject({ MINE: '1', EVERYPOD_BUILD: expect.any(String) });
    expect(Object.isFrozen(wrapped)).toBe(false);
    expect(given).toEqual({ env: { MINE: '1' } });
  });

  it('records the start of the build', async () => {
    const before = Date.now();
    const { builtAt } = await recorded();
    expect(Date.parse(builtAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(builtAt)).toBeLessThanOrEqual(Date.now());
  });

  it('records the first reading of next.config, not those of later workers', async () => {
    const { builtAt } = await recorded();
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(Date.parse(builtAt)));
    expect((await recorded()).builtAt).toBe(builtAt);
  });

  it('records the oldest entry of the fetch cache, which the build may reuse', async () => {
    fetchCacheEntry('.next', '2026-03-01T00:00:00.000Z');
    fetchCacheEntry('.next', '2026-02-01T00:00:00.000Z');
    expect((await recorded()).builtAt).toBe('2026-02-01T00:00:00.000Z');
  });

  it('goes by what an earlier build has recorded, since Next.js may give what it reuses a new time', async () => {
    fetchCacheEntry('.next', '2026-02-01T00:00:00.000Z');
    await recorded();
    fetchCacheEntry('.next', '2026-02-01T00:00:00.000Z', { newTime: '2026-03-01T00:00:00.000Z' });
    for (const _ of ['second', 'third']) {
      vi.stubEnv('EVERYPOD_CONTENT_TIME', undefined);
      expect((await recorded()).builtAt).toBe('2026-02-01T00:00:00.000Z');
    }
  });

  it('an earlier build counts no longer once its fetch cache is cleared', async () => {
    fetchCacheEntry('.next', '2026-02-01T00:00:00.000Z');
    await recorded();
    rmSync(fetchCache('.next'), { recursive: true });
    const before = Date.now();
    vi.stubEnv('EVERYPOD_CONTENT_TIME', undefined);
    expect(Date.parse((await recorded()).builtAt)).toBeGreaterThanOrEqual(before);
  });

  describe('does not know how old the content is, so that everything counts as old,', () => {
    it.each([
      [
        'an entry of the fetch cache cannot be read',
        () => symlinkSync('nowhere', join(fetchCache('.next'), 'b')),
      ],
      ['the fetch cache cannot be listed', () => replaceByFile(fetchCache('.next'))],
      ['what an earlier build has recorded is broken', () => writeFileSync(earlier(), '{"contentTime":')],
      ['what an earlier build has recorded cannot be read', () => mkdirSync(earlier())],
    ])('where %s', async (_, spoil) => {
      fetchCacheEntry('.next', '2026-02-01T00:00:00.000Z');
      spoil();
      const { builtAt } = await recorded();
      expect(builtAt).toBeNull();
      // A later worker, and a later build on the same cache, know no more.
      expect((await recorded()).builtAt).toBeNull();
    });

    const earlier = () => join(projectDir, '.next/cache/everypod-content-time.json');
    function replaceByFile(folder: string) {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
    }
  });

  it('looks for the fetch cache where the build writes', async () => {
    fetchCacheEntry('out', '2026-02-01T00:00:00.000Z');
    expect((await recorded({ distDir: 'out' })).builtAt).toBe('2026-02-01T00:00:00.000Z');
  });

  it('records nothing when the app is only served, where a function can tell', async () => {
    expect(await recorded(() => ({}), 'phase-production-server')).toBeNull();
  });
});

describe('the guard', () => {
  const handlerOf = async (config: Parameters<typeof withEverypod>[0], phase = buildPhase) =>
    (await loaded(config, phase)).cacheHandler;

  it.each([
    ['an object', {}],
    ['a promise', Promise.resolve({})],
    ['a function', () => ({})],
    ['an async function', async () => ({})],
  ])('is installed in %s, for the build and for the server alike', async (_, config) => {
    expect(await handlerOf(config)).toMatch(/cache-handler\.js$/);
    expect(await handlerOf(config, 'phase-production-server')).toMatch(/cache-handler\.js$/);
    expect(await recorded(config)).toMatchObject({ cacheHandler: 'guarded' });
  });

  it('leaves a handler of the user’s alone, and records that there is one', async () => {
    const own = { cacheHandler: '/app/redis.js' };
    expect(await handlerOf(own)).toBe('/app/redis.js');
    expect(await recorded(own)).toMatchObject({ cacheHandler: 'own' });
  });

  it('is not installed under next dev', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    expect(await handlerOf({})).toBeUndefined();
  });

  it('is not installed where that is asked for', () => {
    const config: NextConfig = withEverypod({}, { projectDir, cacheHandler: false });
    expect(config.cacheHandler).toBeUndefined();
    expect(JSON.parse(config.env?.EVERYPOD_BUILD ?? '')).toMatchObject({ cacheHandler: 'none' });
  });

  it.each([
    [{}, false],
    [{ cacheComponents: true }, true],
    [{ cacheComponents: false }, false],
    [{ experimental: { useCache: true } }, true],
    [{ experimental: { dynamicIO: true } as object }, true],
  ])('of %o records whether there may be entries that it does not see: %s', async (config, is) => {
    expect(await recorded(config)).toMatchObject({ useCache: is });
  });
});

describe('the header for a CDN that goes by tag', () => {
  const recordOf = (options: object) => {
    const config: NextConfig = withEverypod({}, { projectDir, ...options });
    return JSON.parse(config.env?.EVERYPOD_BUILD ?? '').cdnTags;
  };

  it.each(['Cache-Tag', 'Surrogate-Key', 'Edge-Cache-Tag', 'Netlify-Cache-Tag'])('may be %s', (cdnTags) => {
    expect(recordOf({ cdnTags })).toBe(cdnTags);
  });

  it('is none where nobody asks for one', () => {
    expect(recordOf({})).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['a name that no CDN reads', 'X-Tags', 'Set it to what your CDN reads (Cache-Tag, Surrogate-Key,'],
    ['nothing', '', 'or leave it out.'],
    ['one in other letters', 'cache-tag', "Write it as 'Cache-Tag'."],
    ['what is none of an own list', 'toString', 'or leave it out.'],
    ['no name', true, 'cdnTags is of type boolean'],
    ['several', ['Cache-Tag'], 'cdnTags is of type object'],
    ['null', null, 'or leave it out.'],
  ])('%s is refused, with what to do', (_, cdnTags, words) => {
    expect(() => recordOf({ cdnTags })).toThrow(words);
    expect(() => recordOf({ cdnTags })).toThrow('so it would go by no tag');
  });

  it('is refused where nothing is guarded, since nobody knows there what an answer was made of', () => {
    expect(() => recordOf({ cdnTags: 'Cache-Tag', cacheHandler: false })).toThrow(
      'Leave out cacheHandler: false',
    );
  });
});

describe('what was recorded', () => {
  const record = {
    builtAt: '2026-02-01T00:00:00.000Z',
    basePath: '',
    distDir: '.next',
    nextVersion: '16.4.6',
    cacheHandler: 'guarded',
    useCache: false,
    cdnTags: null,
  };

  it('names no folder under next dev, where an older build may lie', () => {
    vi.stubEnv('EVERYPOD_BUILD', JSON.stringify(record));
    vi.stubEnv('NODE_ENV', 'development');
    expect(readBuildRecord().distDir).toBeNull();
  });

  it('A14 tells no time where the server itself has just recorded it, and no build has put it in', () => {
    vi.stubEnv('EVERYPOD_BUILD', JSON.stringify(record));
    expect(readBuildRecord()).toEqual({ ...record, builtAt: null });
  });
});
