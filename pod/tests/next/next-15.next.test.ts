import { describe } from 'vitest';
import type { Variant } from './surroundings/build.ts';
import { describeClock } from './surroundings/clock-suite.ts';
import { describeGuard } from './surroundings/guard-suite.ts';
import { describeLife } from './surroundings/life-suite.ts';
import { describeOwnAddress } from './surroundings/own-address-suite.ts';
import { describeSettling } from './surroundings/settling-suite.ts';
import { describeSlices } from './surroundings/slices-suite.ts';
import { describeSpelling } from './surroundings/spelling-suite.ts';

const plain: Variant = {
  next: 15,
  pages: 'isr',
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};

describe('Next.js 15', () => {
  describe('spelling', () => describeSpelling(plain));
  describe('life', () => describeLife(plain, { commands: false }));
  describe('without a bridge, whatever a pod knows of itself', () => describeOwnAddress(plain));
  describe('settling', () => describeSettling(plain));
  describe('slices', () => describeSlices(plain));
  describe('the guard', () => describeGuard(plain));
  describe('clock', () => describeClock(plain));
});
