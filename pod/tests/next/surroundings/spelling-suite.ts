import type { Target } from '@everypod/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp, type Variant } from './build.ts';
import { cachedCopyOf, expectFresh, type NextPod } from './fresh.ts';
import { startNextPod } from './pod.ts';

type Line = readonly [title: string, page: string, target: Target];

/** Calls that answer 200 and do nothing (docs/facts.md). Each line has a page of its own. */
const lines: Line[] = [
  ['the path', '/blog/plain', { path: '/blog/plain' }],
  ['the path with a last slash', '/blog/slash', { path: '/blog/slash/' }],
  ['the path with a query', '/blog/query', { path: '/blog/query?x=1' }],
  ['the path with a fragment', '/blog/fragment', { path: '/blog/fragment/#x' }],
  ['the path of one page with the scope page', '/blog/scope', { path: '/blog/scope', scope: 'page' }],
  ['a route pattern', '/blog/pattern', { path: '/blog/[slug]', scope: 'page' }],
  ['a route pattern without a scope', '/blog/bare-pattern', { path: '/blog/[slug]' }],
  ['a route pattern without its route group', '/product/1', { path: '/product/[id]', scope: 'page' }],
  ['a route pattern with its route group', '/product/2', { path: '/(shop)/product/[id]', scope: 'page' }],
  ['a layout pattern without its route group', '/product/3', { path: '/product', scope: 'layout' }],
  ['a slug as WordPress writes it', '/blog/%ce%b1', { path: '/blog/%ce%b1/' }],
  ['a slug as WordPress writes it, asked as browsers do', '/blog/%CE%B2', { path: '/blog/%ce%b2/' }],
  ['a slug decoded', '/blog/%CE%B3', { path: '/blog/γ' }],
  ['a slug decoded, asked in lower-case hex', '/blog/%ce%b4', { path: '/blog/δ' }],
  ['a slug in upper-case hex', '/blog/%CE%B5', { path: '/blog/%CE%B5' }],
  ['a slug in upper-case hex, asked in lower', '/blog/%ce%b6', { path: '/blog/%CE%B6' }],
  ['an emoji', '/blog/%f0%9f%8c%b1', { path: '/blog/%f0%9f%8c%b1/' }],
  ['an encoded slash', '/blog/x%2Fy', { path: '/blog/x%2fy' }],
  ['an encoded space', '/blog/a%20b', { path: '/blog/a%20b' }],
  ["characters that need no encoding: ! ' ( ) + @", "/blog/a!'(b)+@", { path: "/blog/a!'(b)+@" }],
  ['a comma', '/blog/a,b,c', { path: '/blog/a,b,c' }],
  ['the front page', '/', { path: '/' }],
  ['the whole site', '/blog/whole', { path: '/', scope: 'layout' }],
  ['a tag', '/tagged/t', { tag: 'item:t' }],
  ['a tag that is not ASCII', '/tagged/caf%C3%A9', { tag: 'item:café' }],
];

export function describeSpelling(variant: Variant): void {
  let pod: NextPod;
  beforeAll(async () => {
    pod = await startNextPod(await buildApp(variant));
  });
  afterAll(() => pod?.stop());

  it('A3 a signed question is known by the path that was asked, and tells how the pod stands', async () => {
    expect(await pod.probe()).toMatchObject({ status: 200, ready: true, pod: { name: 'nextjs-a' } });
  });

  describe('after a signed push the next visitor gets a new page, by', () => {
    const here = [
      ...(variant.pages === 'use-cache' ? lines.map(byUseCache) : lines),
      ...basePathLines(variant),
    ];
    it.each(here)('%s', async (_, page, target) => {
      const answer = await expectFresh(pod, page, { targets: [target] });
      expect(answer.cannot).toBeUndefined();
    });

    it('everything', async () => {
      await expectFresh(pod, '/blog/everything', { everything: true });
    });

    it('more targets than are spelled out', async () => {
      const targets = Array.from({ length: 2_000 }, (_, i) => ({ path: `/gone/${i}` }));
      await expectFresh(pod, '/blog/many', { targets });
    });

    it('and a page that nothing was said about stays', async () => {
      const old = await cachedCopyOf(pod, '/blog/other');
      await pod.push({ targets: [{ path: '/blog/plain' }, { tag: 'item:t' }] });
      expect(await pod.copyOf('/blog/other')).toBe(old);
    });
  });

  if (variant.pages === 'use-cache') return;
  describe('beyond single pages', () => {
    it('a page in a catch-all route', async () => {
      await expectFresh(pod, '/deep/a/b', { targets: [{ path: '/deep/a/b/' }] });
    });

    it('a post that was not there when it was first asked for', async () => {
      expect(await cachedCopyOf(pod, '/maybe/post')).toBe('status 404');
      pod.publish('post');
      await expectFresh(pod, '/maybe/post', { targets: [{ path: '/maybe/post/' }] });
    });

    it('a path of the Pages Router, behind the guard', async () => {
      const answer = await expectFresh(pod, '/old', { targets: [{ path: '/old' }] });
      expect(answer.cannot).toBeUndefined();
    });

    it('a pattern that no page has is said to do nothing', async () => {
      const answer = await pod.push({ targets: [{ path: '/nowhere/[id]', scope: 'page' }] });
      expect(answer.cannot?.[0]?.reason).toContain('/nowhere/[id]');
    });
  });
}

/** Under `cacheComponents` the pages of the test app carry their tags themselves. */
function byUseCache([title, page, target]: Line): Line {
  return [title, page.replace('/tagged/', '/blog/'), target];
}

function basePathLines({ basePath }: Variant): Line[] {
  return basePath === ''
    ? []
    : [['the path with the basePath', '/blog/base', { path: `${basePath}/blog/base` }]];
}
