import { describe } from 'vitest';
import { describeBridgeLess } from './surroundings/bridge-less-suite.ts';
import type { Variant } from './surroundings/build.ts';
import { describeClosed } from './surroundings/closed-suite.ts';
import { describeEdge } from './surroundings/edge-suite.ts';
import { describeKeep } from './surroundings/keep-suite.ts';
import { describeKeys } from './surroundings/keys-suite.ts';
import { describeLife } from './surroundings/life-suite.ts';
import { describeStress } from './surroundings/stress-suite.ts';
import { describeVisitsWithComponents } from './surroundings/visits-components-suite.ts';

const plain: Variant = {
  next: 16,
  pages: 'isr',
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};
const components: Variant = { ...plain, pages: 'use-cache' };
const mounted: Variant = {
  next: 15,
  pages: 'closed',
  basePath: '/docs',
  trailingSlash: true,
  config: 'next.config.mjs',
};

/** `npm run test:stress -- variants`: what `npm test` shows on one variant of the app, on the others. */
describe('Next.js 15', () => {
  describe('life', () => describeLife({ ...plain, next: 15 }));
  describe('keys', () => describeKeys({ ...plain, next: 15, pages: 'stress' }));
  describe('keep', () => describeKeep({ ...plain, next: 15, pages: 'stress' }));
  describe('without a bridge', () => describeBridgeLess({ ...plain, next: 15 }));
  describe('the edge', () => describeEdge({ ...plain, next: 15, pages: 'edge' }));
  describe('stress', () => describeStress({ ...plain, next: 15, pages: 'stress' }));
});

describe('Next.js 15 under a basePath, with trailingSlash', () => {
  describe('without a bridge', () => describeBridgeLess(mounted));
});

describe('Next.js 16', () => {
  describe('closed pages', () => describeClosed({ ...plain, pages: 'closed' }));
});

describe('Next.js 16 with cacheComponents', () => {
  describe('life', () => describeLife(components));
  describe('without a bridge', () => describeBridgeLess(components));
  describe('visits', () => describeVisitsWithComponents(components, 50));
});
