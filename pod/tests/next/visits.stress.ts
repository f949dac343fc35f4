import { describe } from 'vitest';
import type { Variant } from './surroundings/build.ts';
import { describeVisits } from './surroundings/visits-suite.ts';

/** In each version; a quarter of them are of a page that 15 keeps for nobody. */
const claims = 700;

const plain: Omit<Variant, 'next'> = {
  pages: 'visits',
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};

describe.each([15, 16] as const)('Next.js %s', (next) => {
  describe('visits', () => describeVisits({ ...plain, next }, claims));
});
