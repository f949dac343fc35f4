import type { Target, VisitLine } from '@everypod/contract';
import type { Variant } from './build.ts';

type Line = Partial<VisitLine>;

/** A page of one of the apps, as a visitor asks for it, and what is to come of an event about it. */
export type Shape = {
  shape: string;
  app: Extract<Variant['pages'], 'visits' | 'shapes' | 'intl' | 'use-cache'>;
  path: string;
  /** What the origin calls its content; null where it shows the moment of its render. */
  name: string | null;
  /** What the origin has before the event, and from it on. */
  from?: string;
  to?: string;
  /** What the event names; the path itself where nothing is said. */
  target?: Target;
  host?: string;
  /** As a link from another page of the app asks for it. */
  nextUrl?: string;
  only?: Variant['next'];
  /** What the visit tells, and what a reader is then given. */
  told: Line | Record<Variant['next'], Line>;
  reader?: string;
  /** Whether the visit makes something else than this reader is given, who has it made then. */
  isMadeForReader?: true;
  /** What is to be known of it, where versions differ. */
  because?: string;
};

const made: Line = { result: 'made', status: 200 };
const behindMiddleware =
  '15 keeps no page that is made on demand behind a rewrite of middleware, so each visitor gets it made anew; 16 keeps it, under the folder’s name.';
const componentsAreOf16 = '15.5 has no such setting in a release.';
const notCached: Line = { result: 'not cached', status: 200 };

export const shapes: Shape[] = [
  { shape: 'a page', app: 'shapes', path: '/posts/a', name: 'a', told: made },
  {
    shape: 'middleware to `/[locale]`',
    app: 'visits',
    path: '/story/one',
    name: 'one',
    told: { 15: notCached, 16: { ...made, servedBy: '/en/story/one' } },
    because: behindMiddleware,
  },
  {
    shape: 'middleware to `/[domain]` by Host',
    app: 'shapes',
    path: '/lamp',
    name: 'acme.shops.example.lamp',
    host: 'acme.shops.example',
    told: { 15: notCached, 16: { ...made, servedBy: '/acme.shops.example/lamp' } },
    because: behindMiddleware,
  },
  {
    shape: 'a rewrite of next.config, `beforeFiles`',
    app: 'shapes',
    path: '/hidden/before',
    name: 'before',
    told: { ...made, servedBy: '/posts/before' },
  },
  {
    shape: 'a rewrite of next.config',
    app: 'shapes',
    path: '/articles/plain',
    name: 'plain',
    told: { ...made, servedBy: '/posts/plain' },
  },
  {
    shape: 'a rewrite of next.config, `fallback`',
    app: 'shapes',
    path: '/former/2024/fallback',
    name: 'fallback',
    told: { ...made, servedBy: '/posts/fallback' },
  },
  {
    shape: 'next-intl, the default locale without a prefix',
    app: 'intl',
    path: '/news/harbour',
    name: 'en.harbour',
    told: { 15: notCached, 16: { ...made, servedBy: '/en/news/harbour' } },
    because: behindMiddleware,
  },
  {
    shape: 'next-intl, another locale and its own words',
    app: 'intl',
    path: '/de/neues/hafen',
    name: 'de.hafen',
    told: { 15: notCached, 16: { ...made, servedBy: '/de/news/hafen' } },
    because: behindMiddleware,
  },
  {
    shape: 'next-intl, the prefix that it takes away',
    app: 'intl',
    path: '/en/news/pier',
    name: 'en.pier',
    told: { result: 'redirected', to: '/news/pier' },
    reader: 'redirected to /news/pier',
  },
  { shape: 'parallel routes', app: 'shapes', path: '/board/b', name: 'b', told: made },
  { shape: 'the content of a slot', app: 'shapes', path: '/board/b', name: 'side.b', told: made },
  {
    shape: 'an intercepted route, asked for directly',
    app: 'shapes',
    path: '/gallery/photo/d',
    name: 'd',
    told: made,
  },
  {
    shape: 'the same by a link within the gallery',
    app: 'shapes',
    path: '/gallery/photo/e',
    name: 'e',
    nextUrl: '/gallery',
    told: made,
    isMadeForReader: true,
    because:
      'the visit makes the page at the address, as whoever has no link is given it; the event has what is shown over the gallery forgotten, too, and who comes by the link next makes that.',
  },
  {
    shape: 'a catch-all route with `generateStaticParams` empty',
    app: 'visits',
    path: '/rest/deep/down',
    name: 'deep.down',
    told: made,
  },
  { shape: 'not ASCII', app: 'visits', path: '/rest/caf%C3%A9', name: 'caf%C3%A9', told: made },
  { shape: 'a closed route', app: 'visits', path: '/closed/built', name: 'built', told: made },
  { shape: 'the Pages Router', app: 'visits', path: '/old/f', name: 'f', told: made },
  { shape: '`sitemap.ts`', app: 'shapes', path: '/sitemap.xml', name: 'sitemap', told: made },
  { shape: 'a feed, `rss.xml/route.ts`', app: 'shapes', path: '/rss.xml', name: 'rss', told: made },
  {
    shape: '`opengraph-image.tsx`',
    app: 'shapes',
    path: '/cards/house/opengraph-image',
    name: 'house',
    told: made,
  },
  {
    shape: 'the same under `[slug]`',
    app: 'shapes',
    path: '/cards/g/opengraph-image',
    name: 'g',
    told: made,
  },
  {
    shape: '404 that becomes a post',
    app: 'shapes',
    path: '/posts/new',
    name: 'new',
    from: '0',
    told: made,
  },
  {
    shape: 'a post that becomes a 404',
    app: 'shapes',
    path: '/posts/gone',
    name: 'gone',
    to: '0',
    told: { result: 'no page', status: 404 },
    reader: '404',
  },
  {
    shape: 'a post that leads elsewhere, `redirect()`',
    app: 'shapes',
    path: '/posts/moved',
    name: 'moved',
    to: '/posts/elsewhere',
    told: { result: 'redirected', to: '/posts/elsewhere' },
    reader: 'redirected to /posts/elsewhere',
  },
  {
    shape: 'what led elsewhere is a post again',
    app: 'shapes',
    path: '/posts/back',
    name: 'back',
    from: '/posts/elsewhere',
    told: made,
  },
  {
    shape: 'a login wall',
    app: 'visits',
    path: '/walled/h',
    name: 'h',
    told: { result: 'denied', status: 401 },
    reader: '401',
  },
  { shape: 'made for each visitor', app: 'visits', path: '/mine/i', name: 'i', told: notCached },
  {
    shape: '`cacheComponents`, by its tag',
    app: 'use-cache',
    path: '/blog/b',
    name: null,
    target: { tag: 'item:b' },
    only: 16,
    because: componentsAreOf16,
    told: made,
  },
  {
    shape: '`cacheComponents`, by its path',
    app: 'use-cache',
    path: '/blog/c',
    name: null,
    only: 16,
    because: componentsAreOf16,
    told: made,
  },
];

/** What is to come of it in one version. */
export function toldBy({ told }: Shape, next: Variant['next']): Line {
  return 15 in told ? told[next] : told;
}
