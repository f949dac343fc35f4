import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Target } from '@everypod/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findClosed } from '../src/next/closed-pages.ts';
import { losesClosedPages } from '../src/next/version.ts';
import { startPod } from './surroundings/pod.ts';

const app = {
  '/page': '/',
  '/_not-found/page': '/_not-found',
  '/(shop)/product/[id]/page': '/product/[id]',
  '/(shop)/product/page': '/product',
  '/(shop)/product/[id]/feed/route': '/product/[id]/feed',
  '/(shop)/product/[id]/image/[size]/route': '/product/[id]/image/[size]',
  '/blog/[slug]/page': '/blog/[slug]',
  '/files/[name]/route': '/files/[name]',
};
const openCalls = [
  '/ page',
  '/_not-found page',
  '/(shop)/product page',
  '/(shop)/product/[id]/feed layout',
  '/(shop)/product/[id]/image/[size] layout',
  '/blog/[slug] page',
  '/files/[name] layout',
];
const page = '/product/[id]';
const tagsOf = (path: string, ...more: string[]) =>
  ['_N_T_/layout', '_N_T_/(shop)/layout', `_N_T_/(shop)${page}/page`, `_N_T_${path}`, ...more].join();

let build: string;
const lay = (file: string, content: unknown) => {
  mkdirSync(dirname(join(build, file)), { recursive: true });
  writeFileSync(join(build, file), JSON.stringify(content));
};

/** A build as Next.js 15 leaves it, of which one product's page is made again every minute. */
beforeEach(() => {
  build = mkdtempSync(join(tmpdir(), 'everypod-build-'));
  const built = { srcRoute: page, initialRevalidateSeconds: false };
  lay('prerender-manifest.json', {
    version: 4,
    routes: {
      '/product/1': { ...built, initialRevalidateSeconds: 60 },
      '/product/%C3%A4': built,
      '/blog/a': { srcRoute: '/blog/[slug]', initialRevalidateSeconds: false },
      '/': { srcRoute: '/', initialRevalidateSeconds: false },
    },
    dynamicRoutes: {
      [page]: { fallback: false, dataRoute: `${page}.rsc` },
      '/blog/[slug]': { fallback: null, dataRoute: '/blog/[slug].rsc' },
      '/old/[slug]': { fallback: false, dataRoute: '/_next/data/build/old/[slug].json' },
    },
  });
  const routeCache = { key: '/route-cache/APP_PAGE/abc/$/product/1' };
  lay('server/app/product/1.meta', {
    headers: { 'x-next-cache-tags': tagsOf('/product/1', 'item:1') },
    routeCache,
  });
  const encoded = tagsOf('/product/%C3%A4', 'item:caf%C3%A9');
  lay('server/app/product/ä.meta', { headers: { 'x-next-cache-tags': encoded } });
});
afterEach(() => rmSync(build, { recursive: true }));

function podOfBuild(environment: Record<string, string> = {}, pages: string[] = []) {
  const closed = findClosed(build);
  const routes = { app, pages, pagesReached: true, ...(closed && { closed }) };
  return startPod(environment, { routes: () => routes });
}

describe('A11 where a page with dynamicParams = false would be lost', () => {
  const layout = { path: '/', scope: 'layout' } as const;
  const told: [what: string, targets: Target[], calls: string[]][] = [
    ['the whole site means its open pages', [layout], openCalls],
    ['its path is not called', [{ path: '/product/1/' }], []],
    ['its path is not called as WordPress writes it', [{ path: '/product/%c3%a4/' }], []],
    ['its pattern is not called', [{ path: page, scope: 'page' }], []],
    ['its pattern without a scope is not called', [{ path: page }], []],
    [
      'a layout above it means the open pages under it',
      [{ path: '/product', scope: 'layout' }],
      openCalls.slice(2, 5),
    ],
    ['a tag that it carries means every open page', [{ tag: 'item:1' }], openCalls],
    ['a tag that it carries encoded, too', [{ tag: 'item:café' }], openCalls],
    ['and so does a tag of Next.js itself', [{ tag: '_N_T_/layout' }], openCalls],
  ];
  it.each(told)('%s, and the reason is told', async (_, targets, calls) => {
    const pod = podOfBuild();
    const answer = await pod.push({ targets });
    expect(pod.told).toEqual(calls);
    expect(answer).toMatchObject({ ok: true, cannot: [{ target: targets[0] }] });
    expect(answer.cannot?.[0]?.reason).toContain(`dynamicParams = false (${page})`);
  });

  it.each<[Target, string]>([
    [{ path: '/blog/a' }, '/blog/a'],
    [{ path: '/blog/[slug]', scope: 'page' }, '/blog/[slug] page'],
    [{ path: '/blog', scope: 'layout' }, '/blog layout'],
    [{ tag: 'item:2' }, '#item:2'],
  ])('what reaches no such page is called as ever: %o', async (target, call) => {
    const pod = podOfBuild();
    expect((await pod.push({ targets: [target] })).cannot).toBeUndefined();
    expect(pod.told).toContain(call);
  });

  it.each<[string, Target[], string[]]>([
    ['its path', [{ path: '/old/a' }], ['/old/a', '/old/a/']],
    ['its pattern', [{ path: '/old/[slug]', scope: 'page' }], ['/old/[slug] page']],
    ['a layout above both', [{ path: '/product', scope: 'layout' }], ['/product/old page']],
    ['the whole site', [layout], ['/old/[slug] page', '/product/old page']],
  ])('a page of the Pages Router beside it is reached by %s', async (_, targets, calls) => {
    const pod = podOfBuild({}, ['/old/[slug]', '/product/old']);
    await pod.push({ targets });
    expect(pod.told).toEqual(expect.arrayContaining(calls));
    expect(pod.told.filter((call) => call.endsWith(' layout') && !call.includes('['))).toEqual([]);
  });

  it('everything spares it, and so does the settling pass', async () => {
    const pod = podOfBuild();
    const answer = await pod.push({ everything: true });
    expect(answer.cannot?.[0]?.reason).toContain(page);
    expect(pod.told).toEqual(openCalls);
    pod.clock.nowMs += 10_000;
    await pod.probe();
    expect(pod.told).toEqual([...openCalls, ...openCalls]);
    expect(pod.state.settled).toEqual(pod.state.cursor);
  });

  it('nothing is spared where the guard makes it anew', async () => {
    const pod = startPod({}, { routes: () => ({ app, pages: [], closed: () => null }) });
    expect((await pod.push({ targets: [layout, { path: page, scope: 'page' }] })).cannot).toBeUndefined();
    expect(pod.told).toEqual(['/ layout', '/(shop)/product/[id] page']);
  });

  it('the start limit spares it', async () => {
    const pod = podOfBuild({ EVERYPOD_BRIDGE_URL: 'http://127.0.0.1:9', EVERYPOD_START_LIMIT_SECONDS: '0' });
    expect(await pod.probe()).toMatchObject({ status: 200, readyBy: 'start limit' });
    expect(pod.told).toEqual(openCalls);
  });

  it.each(['server/app/product/1.meta', 'server/route-cache/APP_PAGE/abc/$/product/1.meta'])(
    'what it carries since it was made again counts: %s',
    async (file) => {
      const pod = podOfBuild();
      await pod.push({ targets: [{ tag: 'gained' }] });
      expect(pod.told).toEqual(['#gained']);
      lay(file, { headers: { 'x-next-cache-tags': tagsOf('/shop/one', 'gained') } });
      utimesSync(join(build, file), new Date(), new Date(Date.now() + 1_000));
      await pod.push({ targets: [{ tag: 'gained' }] });
      expect(pod.told).toEqual(['#gained', ...openCalls]);
      // 15.5 marks a page with the address by which it was made, which may be rewritten.
      expect((await pod.push({ targets: [{ path: '/shop/one' }] })).cannot).toHaveLength(1);
    },
  );

  it('a handler with such a page under it is called by its file', async () => {
    const nested = { ...app, '/(shop)/product/[id]/feed/[page]/page': page };
    const closed = findClosed(build);
    const pod = startPod({}, { routes: () => ({ app: nested, pages: [], ...(closed && { closed }) }) });
    await pod.push({ everything: true });
    expect(pod.told).toContain('/(shop)/product/[id]/feed/route');
    expect(pod.told).not.toContain('/(shop)/product/[id]/feed layout');
  });
});

it.each(['no manifest', 'one of another form', 'no such route'])('A11 a build with %s has none', (what) => {
  const file = 'prerender-manifest.json';
  if (what === 'no manifest') rmSync(join(build, file));
  else lay(file, what === 'no such route' ? { routes: {}, dynamicRoutes: {} } : { version: 9 });
  expect(findClosed(build)).toBeNull();
});

describe('A11 a page with dynamicParams = false is lost', () => {
  it.each([
    ['15.1.0', true],
    ['15.5.29', true],
    ['16.0.0', true],
    ['16.3.8', true],
    ['16.4.0', false],
    ['16.4.6', false],
    ['17.0.0', false],
    [null, true],
  ])('in Next.js %s: %s', (version, lost) => expect(losesClosedPages(version)).toBe(lost));
});
