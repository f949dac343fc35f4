import { describe } from 'vitest';
import { describeBridgeLess } from './surroundings/bridge-less-suite.ts';
import type { Variant } from './surroundings/build.ts';
import { describeClosed } from './surroundings/closed-suite.ts';
import { describeEdge } from './surroundings/edge-suite.ts';
import { describeKeep } from './surroundings/keep-suite.ts';
import { describeLife } from './surroundings/life-suite.ts';
import { describePagesRouter } from './surroundings/pages-router-suite.ts';
import { describeSpelling } from './surroundings/spelling-suite.ts';
import { describeStress } from './surroundings/stress-suite.ts';
import { describeVisitsWithComponents } from './surroundings/visits-components-suite.ts';
import { describeVisits } from './surroundings/visits-suite.ts';

const plain: Omit<Variant, 'pages'> = {
  next: 16,
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};

/** Apps with pages of another kind, each built once: in a file of its own, so that both versions' two run side by side. */
describe('Next.js 16', () => {
  describe('visits', () => describeVisits({ ...plain, pages: 'visits' }));
  describe('stress', () => describeStress({ ...plain, pages: 'stress' }));
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
  describe('closed pages', () => describeClosed({ ...plain, pages: 'closed' }));
});

describe('Next.js 16 with cacheComponents', () => {
  const components: Variant = { ...plain, pages: 'use-cache' };
  describe('spelling', () => describeSpelling(components));
  describe('life', () => describeLife(components));
  describe('without a bridge', () => describeBridgeLess(components));
  describe('visits', () => describeVisitsWithComponents(components));
});
