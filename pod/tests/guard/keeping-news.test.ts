import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Keeping } from '../../src/guard/keeping.ts';
import { limits } from '../../src/limits.ts';

const wordpress = 'http://wordpress.test';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }));
afterEach(() => vi.useRealTimers());

/** Of a pod that knows where its content comes from. */
function keeping(isUp: () => boolean): Keeping {
  const kept = new Keeping();
  kept.isAllowed = true;
  kept.origins.lookBy(async () => isUp(), 600_000);
  kept.origins.add(wordpress);
  return kept;
}

describe('what WordPress had just said', () => {
  it('is settled without a look at WordPress', () => {
    expect(keeping(() => false).holdsBack(performance.now(), true)).toBe(false);
  });

  it('tells nothing any more once its pages were kept for longer: a pod that has made none looks before it settles', async () => {
    const kept = keeping(() => false);
    const saidAtMs = performance.now();
    kept.keep(['/a'], 8_000);
    expect(kept.holdsBack(saidAtMs, true)).toBe(true);
    vi.advanceTimersByTime(8_001);
    expect(kept.holdsBack(saidAtMs, true)).toBe(true);
    await kept.origins.looked();
    expect(kept.holdsBack(saidAtMs, true)).toBe(true);
    expect(kept.origins.downForMs()).not.toBeNull();
  });

  it('is settled then as soon as WordPress has answered', async () => {
    const kept = keeping(() => true);
    const saidAtMs = performance.now();
    vi.advanceTimersByTime(limits.originNewsMs + 1);
    expect(kept.holdsBack(saidAtMs, true)).toBe(true);
    await kept.origins.looked();
    expect(kept.holdsBack(saidAtMs, true)).toBe(false);
  });
});
