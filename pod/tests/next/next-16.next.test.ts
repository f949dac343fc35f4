import { describe } from 'vitest';
import { describeBridgeLess } from './surroundings/bridge-less-suite.ts';
import type { Variant } from './surroundings/build.ts';
import { describeClock } from './surroundings/clock-suite.ts';
import { describeGuard } from './surroundings/guard-suite.ts';
import { describeLife } from './surroundings/life-suite.ts';
import { describePlainPods } from './surroundings/plain-suite.ts';
import { describeSettling } from './surroundings/settling-suite.ts';
import { describeSlices } from './surroundings/slices-suite.ts';
import { describeSpelling } from './surroundings/spelling-suite.ts';
import { describeFromTheWriteUp } from './surroundings/write-up-suite.ts';

const plain: Variant = {
  next: 16,
  pages: 'isr',
  basePath: '',
  trailingSlash: false,
  config: 'next.config.ts',
};
describe('Next.js 16', () => {
  describe('spelling', () => describeSpelling(plain));
  describe('life', () => describeLife(plain));
  describe('without a bridge', () => describeBridgeLess(plain));
  describe('plain pods', () => describePlainPods({ ...plain, pages: 'plain' }, plain));
  describe('from the write-up', () => describeFromTheWriteUp(plain, { ...plain, pages: 'plain' }));
  describe('settling', () => describeSettling(plain));
  describe('slices', () => describeSlices(plain));
  describe('the guard', () => describeGuard(plain));
  describe('clock', () => describeClock(plain));
});
