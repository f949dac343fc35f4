import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closedGuardOf, closedPagesOf } from '../../src/guard/closed-pages.ts';

/** Where Next.js puts what `res.revalidate` calls. */
const methods = Symbol.for('@next/router-server-methods');
const global = globalThis as { [methods]?: unknown };

let build: string;
let asked: unknown[];

beforeEach(() => {
  asked = [];
  serve({ '': { nextConfig: { basePath: '/docs' }, revalidate: async (what: unknown) => asked.push(what) } });
  build = mkdtempSync(join(tmpdir(), 'everypod-build-'));
  mkdirSync(join(build, 'server'));
  const app = { srcRoute: '/closed/[slug]' };
  const manifest = {
    routes: {
      '/closed/a': app,
      '/closed/%C3%A4': app,
      '/closed/100%25%20a%2Fb': app,
      '/': { srcRoute: '/[[...path]]' },
      '/open/a': { srcRoute: '/open/[slug]' },
      '/old/a': { srcRoute: '/old/[slug]' },
    },
    dynamicRoutes: {
      '/[[...path]]': { fallback: false, dataRoute: '/[[...path]].rsc' },
      '/closed/[slug]': { fallback: false, dataRoute: '/closed/[slug].rsc' },
      '/open/[slug]': { fallback: null, dataRoute: '/open/[slug].rsc' },
      '/old/[slug]': { fallback: false, dataRoute: '/_next/data/build/old/[slug].json' },
    },
    preview: { previewModeId: 'secret' },
  };
  writeFileSync(join(build, 'prerender-manifest.json'), JSON.stringify(manifest));
});
afterEach(() => {
  rmSync(build, { recursive: true });
  delete global[methods];
});

const serve = (servers: Record<string, unknown>) => {
  global[methods] = servers;
};
const pages = () => closedPagesOf(join(build, 'server'));
const keyOf = (path: string) => `/route-cache/APP_PAGE/0a1b/$${path}`;

describe('A11 closed pages', () => {
  it.each([
    ['/closed/a', true],
    ['/index', true],
    ['/closed/ä', true],
    ['/closed/100% a%2Fb', true],
    ['/closed/never', false],
    ['/closed', false],
    ['/open/a', false],
    ['/old/a', false],
  ])('are those of the build and no others: %s %s', (path, isOne) => {
    expect(pages()?.has(keyOf(path))).toBe(isOne);
    // As older versions name it.
    expect(pages()?.has(path)).toBe(isOne);
  });

  it.each([
    ['/closed/a', '/docs/closed/a'],
    ['/index', '/docs/'],
    ['/closed/ä', '/docs/closed/%C3%A4'],
    ['/closed/100% a%2Fb', '/docs/closed/100%25%20a%2Fb'],
  ])('are asked for by their own path: %s by %s', async (path, urlPath) => {
    await pages()?.askAnew(keyOf(path));
    const headers = { 'x-prerender-revalidate': 'secret' };
    expect(asked).toEqual([{ urlPath, revalidateHeaders: headers, headers, opts: {} }]);
  });

  it.each([
    ['the secret of the build', { 'x-prerender-revalidate': 'secret' }, true],
    ['what a visitor made up', { 'x-prerender-revalidate': 'guess' }, false],
    ['nothing', {}, false],
    ['no headers', undefined, false],
  ])('are asked for by Next.js itself with %s: %s', (_, headers, is) => {
    expect(pages()?.isAskedAnew(headers)).toBe(is);
  });

  it('are none where the build has left no manifest', () => {
    expect(closedPagesOf(join(build, 'elsewhere/server'))).toBeNull();
  });

  it.each([
    ['15.3.9', 'left alone'],
    ['15.4.0', 'asked for anew'],
    ['15.5.29', 'asked for anew'],
    ['16.3.7', 'asked for anew'],
    ['16.3.8', 'made before the answer'],
    ['16.4.0', 'none there'],
    ['17.0.0', 'none there'],
    [null, 'left alone'],
  ])('in Next.js %s are %s', (version, how) => expect(closedGuardOf(version)).toBe(how));

  it.each<[what: string, servers: Record<string, unknown>]>([
    ['has no way to', { '': { nextConfig: {} } }],
    ['has not started', {}],
    ['serves several apps', { a: { revalidate() {} }, b: { revalidate() {} } }],
  ])('are left alone where Next.js %s', (_, servers) => {
    serve(servers);
    expect(closedGuardOf('15.5.29')).toBe('left alone');
  });
});
