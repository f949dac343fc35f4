import type { Target } from '@everypod/contract';
import { describe, expect, it } from 'vitest';
import { planOf } from '../src/apply/plan.ts';
import { startPod } from './surroundings/pod.ts';

const routes = {
  app: {
    '/page': '/',
    '/(shop)/product/[id]/page': '/product/[id]',
    '/blog/@side/[slug]/page': '/blog/[slug]',
    '/blog/[slug]/page': '/blog/[slug]',
    '/docs/[[...path]]/page': '/docs/[[...path]]',
    '/feed/route': '/feed',
  },
  pages: ['/old', '/archive/[year]'],
};

async function told(
  target: { path: string; scope?: 'page' | 'layout' },
  known: (typeof routes & { pagesReached?: boolean }) | null = routes,
) {
  const { path, scope } = target;
  const pod = startPod({}, { routes: () => known, build: () => ({ builtAt: null, basePath: '/base' }) });
  const answer = await pod.push({ targets: [scope === undefined ? { path } : { path, scope }] });
  return { calls: pod.told, reason: answer.cannot?.[0]?.reason };
}

describe('a route pattern', () => {
  const found = [
    [
      'is found without its route group',
      { path: '/product/[id]', scope: 'page' },
      '/(shop)/product/[id] page',
    ],
    [
      'is found with its route group',
      { path: '/(shop)/product/[id]', scope: 'page' },
      '/(shop)/product/[id] page',
    ],
    ['is found without its slot', { path: '/blog/[slug]', scope: 'page' }, '/blog/@side/[slug] page'],
    ['is found in every slot', { path: '/blog/[slug]', scope: 'page' }, '/blog/[slug] page'],
    ['is found with the basePath', { path: '/base/blog/[slug]', scope: 'page' }, '/blog/[slug] page'],
    ['is found with a last slash', { path: '/blog/[slug]/', scope: 'page' }, '/blog/[slug] page'],
    [
      'is found as a layout in a route group',
      { path: '/product', scope: 'layout' },
      '/(shop)/product layout',
    ],
    ['without a scope means its page', { path: '/product/[id]' }, '/(shop)/product/[id] page'],
    ['that is one page means that page', { path: '/blog/b', scope: 'page' }, '/blog/b'],
    ['of the whole site stays as it is', { path: '/', scope: 'layout' }, '/ layout'],
  ] as const;
  it.each(found)('%s', async (_, target, call) => {
    const { calls, reason } = await told(target);
    expect(calls).toContain(call);
    expect(reason).toBeUndefined();
  });

  it.each([
    { path: '/product/[slug]', scope: 'page' },
    { path: '/nowhere', scope: 'layout' },
    { path: '/nowhere/[id]' },
  ] as const)('that no page has ($path) is said to do nothing', async (target) => {
    expect((await told(target)).reason).toContain(`has the route pattern ${target.path}`);
  });

  it('is called as it is where the routes are not known', async () => {
    const { calls, reason } = await told({ path: '/product/[id]', scope: 'page' }, null);
    expect(calls).toContain('/product/[id] page');
    expect(reason).toBeUndefined();
  });
});

describe('a path of the Pages Router', () => {
  it.each(['/old', '/old/', '/base/old', '/archive/2026', '/old?x=1'])(
    '%s is said to be out of reach',
    async (path) => {
      expect((await told({ path })).reason).toContain('Pages Router');
    },
  );

  it.each(['/', '/blog/b', '/docs', '/docs/a/b', '/feed', '/archive', '/unknown'])(
    '%s is none',
    async (path) => {
      expect((await told({ path })).reason).toBeUndefined();
    },
  );

  it('is said to be left out of everything', async () => {
    const pod = startPod({}, { routes: () => routes });
    const answer = await pod.push({ everything: true });
    expect(answer).toMatchObject({ ok: true, cannot: [{ target: { path: '/', scope: 'layout' } }] });
  });
});

describe('a pod that reaches the Pages Router', () => {
  const reaching = { ...routes, pagesReached: true };
  it.each([
    [{ path: '/old' }, '/old'],
    [{ path: '/base/archive/2026/' }, '/archive/2026'],
    [{ path: '/archive/[year]' }, '/archive/[year] page'],
    [{ path: '/archive/[year]/', scope: 'page' }, '/archive/[year] page'],
    [{ path: '/archive', scope: 'layout' }, '/archive layout'],
    [{ path: '/', scope: 'layout' }, '/ layout'],
  ] as const)('is told %o as %s', async (target, call) => {
    const { calls, reason } = await told(target, reaching);
    expect(calls).toContain(call);
    expect(reason).toBeUndefined();
  });

  it('still says which patterns no page has', async () => {
    const { reason } = await told({ path: '/archive/[month]', scope: 'page' }, reaching);
    expect(reason).toContain('/archive/[month]');
  });

  it('leaves nothing out of everything', async () => {
    const pod = startPod({}, { routes: () => reaching });
    expect((await pod.push({ everything: true })).cannot).toBeUndefined();
  });
});

describe('Planning for a path that is served behind a rewrite', () => {
  const site = {
    basePath: '/docs',
    routes: null,
    servedBy: (path: string) => (path === '/docs/hello' ? ['/en/hello', '/de/hello'] : []),
  };

  it('calls for the pages that serve it, in every spelling, beside the path', () => {
    const { calls } = planOf([{ path: '/hello/' }], site, new Set());
    for (const path of ['/hello', '/hello/', '/en/hello', '/en/hello/', '/de/hello', '/de/hello/'])
      expect(calls).toContainEqual({ path });
  });

  it('calls for the path alone where none is known', () => {
    const { calls } = planOf([{ path: '/other' }], site, new Set());
    expect(calls).toEqual([{ path: '/other' }, { path: '/other/' }]);
  });
});

describe('Planning for what vanishes', () => {
  const site = { basePath: '', routes: null };
  const plan = (...targets: Target[]) => planOf(targets, site, new Set(['flags']));

  it('makes the same calls as if it only changed, each once', () => {
    const plain: Target[] = [{ path: '/a' }, { path: '/[slug]', scope: 'page' }, { tag: 'a' }];
    const vanishing = plain.map((target) => ({ ...target, vanishes: true }) as Target);
    const { vanishing: none, ...changed } = plan(...plain);
    expect(none).toEqual([]);
    for (const targets of [vanishing, [...plain, ...vanishing], [...vanishing, ...plain]]) {
      expect(plan(...targets)).toMatchObject(changed);
    }
  });

  it('names the calls of what vanishes, and no other, as they are called', () => {
    const { vanishing } = plan(
      { path: '/a/', vanishes: true },
      { path: '/b' },
      { tag: 'b' },
      { tag: 'a', vanishes: true },
      { tag: 'a' },
      { topic: 'flags' },
    );
    expect(vanishing).toEqual([{ path: '/a' }, { path: '/a/' }, { tag: 'a' }]);
  });

  it('names all of them, where it is everything for their number, too', () => {
    const many = Array.from({ length: 1_500 }, (_, nth) => ({ path: `/${nth}` }));
    const { tooMany, vanishing } = plan(
      ...many,
      { path: '/last', vanishes: true },
      { tag: 'z', vanishes: true },
    );
    expect(tooMany).toBe(true);
    expect(vanishing).toEqual([{ path: '/last' }, { path: '/last/' }, { tag: 'z' }]);
  });

  it('says once what it cannot do', () => {
    const routes = { app: {}, pages: ['/old'] };
    const { cannot } = planOf(
      [{ path: '/old' }, { path: '/old', vanishes: true }],
      { ...site, routes },
      new Set(),
    );
    expect(cannot).toMatchObject([{ target: { path: '/old' } }]);
  });
});

describe('A13 planning for an app of many routes', () => {
  const many = (router: string) =>
    Array.from({ length: 150 }, (_, index) => `/${router}-${index}/[lang]/[...path]`);
  const large = {
    app: Object.fromEntries(many('app').map((route) => [`${route}/page`, route])),
    pages: many('pages'),
  };
  const targets = Array.from({ length: 500 }, (_, index) => ({
    path: `/app-${index % 150}/en/post-${index}/`,
  }));

  it('compiles nothing for each path: 500 paths take less than 50 ms of processor time', () => {
    const site = { basePath: '', routes: large };
    const planned = () => {
      const before = process.threadCpuUsage();
      const { calls, cannot } = planOf(targets, site, new Set());
      expect(cannot).toEqual([]);
      expect(calls.length).toBe(1_000);
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1_000;
    };
    planned();
    const fastest = Math.min(planned(), planned(), planned());
    // Mostly the spelling of 500 paths; with a RegExp for each route it took 280 ms.
    expect(fastest).toBeLessThan(50);
  });
});
