import { describe, expect, it } from 'vitest';
import { planOf } from '../../src/seed/plan.ts';
import { createRandom } from '../../src/seed/random.ts';

const names = Array.from({ length: 30 }, (_, index) => `fault ${index}`);
const plan = (seed: string) =>
  planOf(createRandom(seed), {
    totalMs: 100_000,
    burstMs: 20_000,
    quietMs: 28_000,
    faultsPerSecond: 1,
    names,
  });

describe('A plan', () => {
  it('follows from its seed alone', () => {
    expect(plan('7')).toEqual(plan('7'));
    expect(plan('7')).not.toEqual(plan('8'));
  });

  it('has every kind of fault before any comes again', () => {
    const planned = plan('7').flatMap(({ steps }) => steps.map(({ name }) => name));
    expect(planned).toHaveLength(40);
    expect(new Set(planned).size).toBe(30);
  });

  it('ends every fault within its burst', () => {
    for (const { steps, burstMs } of plan('7')) {
      for (const { atMs, durationMs } of steps) expect(atMs + durationMs).toBeLessThanOrEqual(burstMs + 200);
    }
  });
});
