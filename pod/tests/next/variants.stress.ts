import { describe } from 'vitest';
import { describeBridgeLess } from './surroundings/bridge-less-suite.ts';
import type { Variant } from './surroundings/build.ts';
import { describeClosed } from './surroundings/closed-suite.ts';
import { describeLife } from './surroundings/life-suite.ts';
import { describeVisitsWithComponents } from './surroundings/visits-components-suite.ts';

const plain: Variant = {
  next: 16,
  pages: 'isr',
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};
const components: Variant = { ...plain, pages: 'use-cache' };

/** `npm run test:stress -- variants`: what `npm test` shows on one variant of the app, on the others. */
describe('Next.js 15', () => {
  describe('without a bridge', () => describeBridgeLess({ ...plain, next: 15 }));
});

describe('Next.js 16', () => {
  describe('closed pages', () => describeClosed({ ...plain, pages: 'closed' }));
});

describe('Next.js 16 with cacheComponents', () => {
  describe('life', () => describeLife(components));
  describe('without a bridge', () => describeBridgeLess(components));
  describe('visits', () => describeVisitsWithComponents(components, 50));
});
