import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

async function recorded(config: Parameters<typeof withEverypod>[0] = {}, phase = buildPhase) {
  const { env } = await withEverypod(config, { projectDir })(phase, context);
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
    ['an object', config],
    ['a function', () => config],
    ['an async function', async () => config],
  ])('takes %s, and keeps what is in it', async (_, given) => {
    const wrapped = await withEverypod(given, { projectDir })(buildPhase, context);
    expect(wrapped).toMatchObject(config);
    expect(await recorded(given)).toMatchObject({ basePath: '/docs', distDir: '.next' });
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

  it('names no folder under next dev, where an older build may lie', async () => {
    expect((await recorded({}, 'phase-development-server')).distDir).toBeNull();
  });

  it('records nothing when the app is only served', async () => {
    expect(await recorded({}, 'phase-production-server')).toBeNull();
  });
});
