import { describe } from 'vitest';
import type { Variant } from './surroundings/build.ts';
import { describeCdnTags } from './surroundings/cdn-suite.ts';
import { describeClosed } from './surroundings/closed-suite.ts';
import { describeEdge } from './surroundings/edge-suite.ts';
import { describeKeep } from './surroundings/keep-suite.ts';
import { describeKeysOfUseCache } from './surroundings/keys-components-suite.ts';
import { describeKeys } from './surroundings/keys-suite.ts';
import { describePagesRouter } from './surroundings/pages-router-suite.ts';
import { describeSpelling } from './surroundings/spelling-suite.ts';
import { describeStress } from './surroundings/stress-suite.ts';
import { describeVisitsWithComponents } from './surroundings/visits-components-suite.ts';
import { describeVisitsInShort } from './surroundings/visits-short-suite.ts';

const plain: Omit<Variant, 'pages'> = {
  next: 16,
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};
const mounted: Variant = {
  ...plain,
  pages: 'closed',
  basePath: '/docs',
  trailingSlash: true,
  config: 'next.config.js',
};

/** Apps with pages of another kind, each built once: in a file of its own, so that both versions' two run side by side. */
describe('Next.js 16', () => {
  describe('a visit', () => describeVisitsInShort({ ...plain, pages: 'stress' }, '::'));
  describe('stress', () => describeStress({ ...plain, pages: 'stress' }));
  describe('keys', () => describeKeys({ ...plain, pages: 'stress' }));
  describe('a CDN by tag', () => describeCdnTags({ ...plain, pages: 'stress' }, mounted));
  describe('keep', () => describeKeep({ ...plain, pages: 'stress' }));
  describe('the edge', () => describeEdge({ ...plain, pages: 'edge' }));
  describe('the Pages Router', () =>
    describePagesRouter({
      ...plain,
      basePath: '/docs',
      trailingSlash: true,
      locales: true,
      pages: 'pages-router',
    }));
});

describe('Next.js 16 under a basePath, with trailingSlash', () => {
  describe('spelling', () => describeSpelling(mounted));
  describe('closed pages', () => describeClosed(mounted));
});

describe('Next.js 16 with cacheComponents', () => {
  const components: Variant = { ...plain, pages: 'use-cache' };
  describe('spelling', () => describeSpelling(components));
  describe('visits', () => describeVisitsWithComponents(components, 4));
  describe('keys', () => describeKeysOfUseCache(components));
});
