import { describe, expect, it } from 'vitest';
import { readArguments } from '../src/arguments.ts';
import { suites } from '../src/suites/table.ts';

const chosen = (...args: string[]) => {
  const wish = readArguments(args, suites);
  return wish.wants === 'help' ? wish.because : wish.suites.map(({ name }) => name);
};

describe('The gate', () => {
  it('runs everything when it is told nothing', () => {
    expect(chosen()).toEqual(suites.map(({ name }) => name));
  });

  it('gives every suite a name of its own', () => {
    expect(new Set(chosen()).size).toBe(suites.length);
  });

  it('runs only what is named, in its own order', () => {
    expect(chosen('--only', 'unit', '--only', 'types,lint')).toEqual(['lint', 'types', 'unit']);
  });

  it('leaves out what is slow with --fast', () => {
    expect(chosen('--fast')).not.toContain('e2e');
    expect(chosen('--fast')).toContain('unit');
  });

  it.each([
    [['--only', 'tpyes'], /no suite tpyes/],
    [['--quick'], /--quick/],
    [['unit'], /unit/],
  ])('runs nothing and says why for %j', (args, reason) => {
    expect(chosen(...args)).toMatch(reason);
  });
});
