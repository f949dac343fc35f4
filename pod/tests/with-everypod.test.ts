import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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

function fetchCacheEntry(distDir: string, at: string) {
  const folder = join(projectDir, distDir, 'cache', 'fetch-cache');
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, at.replace(/\W/g, ''));
  writeFileSync(entry, '{}');
  utimesSync(entry, new Date(at), new Date(at));
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
