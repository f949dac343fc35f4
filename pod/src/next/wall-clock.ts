import { limits } from '../limits.ts';

type Clocks = { wallMs: () => number; monotonicMs: () => number; bornAtWallMs: number };

const ofThisProcess: Clocks = {
  wallMs: Date.now,
  monotonicMs: () => performance.now(),
  bornAtWallMs: performance.timeOrigin,
};

/** Watches for a wall clock that is set back: whatever was stored before then looks newer than what invalidates it. */
export function watchWallClock({ wallMs, monotonicMs, bornAtWallMs }: Clocks = ofThisProcess) {
  let aheadMs = bornAtWallMs;
  let latestStoredMs = 0;
  return {
    /** Up to when pages may have been stored by a clock that was then set back, if that is still to come; else null. */
    setBackFrom(): number | null {
      // The wall clock first: a process that is stopped between the two readings must not look ahead of itself.
      const wall = wallMs();
      const monotonic = monotonicMs();
      const untouched = aheadMs + monotonic;
      const setBack = wall < untouched - limits.clockSetBackMs;
      if (setBack) latestStoredMs = Math.max(latestStoredMs, untouched);
      aheadMs = setBack ? wall - monotonic : Math.max(aheadMs, wall - monotonic);
      return wall > latestStoredMs ? null : latestStoredMs;
    },
  };
}

/**
 * Next.js stores pages by `Date.now()`, but asks `performance` whether an invalidation's time has come. Those two part
 * when the wall clock is set forward, or the machine has slept; then none takes effect for as long as that was.
 */
export function keepTimeOriginUp(): void {
  const leftBehindMs = Date.now() - (performance.timeOrigin + performance.now());
  if (leftBehindMs < limits.clockLeftBehindMs) return;
  const value = performance.timeOrigin + leftBehindMs;
  Object.defineProperty(performance, 'timeOrigin', { value, configurable: true, enumerable: true });
}
