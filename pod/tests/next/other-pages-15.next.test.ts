import { describe } from 'vitest';
import type { Variant } from './surroundings/build.ts';
import { describeClosed, describeClosedUnguarded } from './surroundings/closed-suite.ts';
import { describeEdge } from './surroundings/edge-suite.ts';
import { describeKeep } from './surroundings/keep-suite.ts';
import { describePagesRouter } from './surroundings/pages-router-suite.ts';
import { describeStress } from './surroundings/stress-suite.ts';
import { describeVisits } from './surroundings/visits-suite.ts';

const plain: Omit<Variant, 'pages'> = {
  next: 15,
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};

/** Apps with pages of another kind, each built once: in a file of its own, so that both versions' two run side by side. */
describe('Next.js 15', () => {
  describe('visits', () => describeVisits({ ...plain, pages: 'visits' }));
  describe('stress', () => describeStress({ ...plain, pages: 'stress' }));
  describe('keep', () => describeKeep({ ...plain, pages: 'stress' }));
  describe('the edge', () => describeEdge({ ...plain, pages: 'edge' }));
  describe('the Pages Router', () => describePagesRouter({ ...plain, pages: 'pages-router' }));
  const closed: Variant = { ...plain, basePath: '/docs', trailingSlash: true, pages: 'closed' };
  describe('closed pages', () => describeClosed(closed));
  describe('closed pages without the guard', () => describeClosedUnguarded(closed));
});
