import { describe, expect, it } from 'vitest';
import { createSite } from '../../src/origin/site.ts';
import { createRandom } from '../../src/seed/random.ts';
import { nextChange } from '../../src/workload/changes.ts';

describe('What an editor does next', () => {
  it('tells of a state by its topic alone, also right after it has changed', () => {
    const site = createSite(20);
    const random = createRandom('1');
    const recent = site.states.map(({ path }) => path);
    const ofStates = Array.from({ length: 500 }, () => nextChange(site, random, recent)).filter(({ paths }) =>
      paths.some((path) => recent.includes(path)),
    );
    expect(ofStates.length).toBeGreaterThan(0);
    expect(new Set(ofStates.map(({ change }) => change))).toEqual(new Set(['flags.changed']));
  });
});
