import { describe } from 'vitest';
import type { Variant } from './surroundings/build.ts';
import { describeCdnTags } from './surroundings/cdn-suite.ts';
import { describeClosed, describeClosedUnguarded } from './surroundings/closed-suite.ts';
import { describeKeys } from './surroundings/keys-suite.ts';
import { describePagesRouter } from './surroundings/pages-router-suite.ts';
import { describeSpelling } from './surroundings/spelling-suite.ts';
import { describeVisitsInShort } from './surroundings/visits-short-suite.ts';

const plain: Omit<Variant, 'pages'> = {
  next: 15,
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};
const mounted: Variant = {
  ...plain,
  pages: 'closed',
  basePath: '/docs',
  trailingSlash: true,
  config: 'next.config.mjs',
};

/** Apps with pages of another kind, each built once: in a file of its own, so that both versions' two run side by side. */
describe('Next.js 15', () => {
  describe('a visit', () => describeVisitsInShort({ ...plain, pages: 'stress' }, '0.0.0.0'));
  describe('keys', () => describeKeys({ ...plain, pages: 'stress' }, { pagesAtOnce: 200 }));
  describe('a CDN by tag', () => describeCdnTags({ ...plain, pages: 'stress' }, mounted));
  describe('the Pages Router', () => describePagesRouter({ ...plain, pages: 'stress' }));
});

describe('Next.js 15 under a basePath, with trailingSlash', () => {
  describe('spelling', () => describeSpelling(mounted));
  describe('closed pages', () => describeClosed(mounted));
  describe('closed pages without the guard', () => describeClosedUnguarded(mounted));
});
