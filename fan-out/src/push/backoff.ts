import { limits } from '../limits.ts';

/**
 * How long to wait after the nth failure in a row (from 1): doubling, with jitter, so that pods that failed
 * together are not all called together.
 */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const doubled = Math.min(limits.retryFirstMs * 2 ** (failures - 1), limits.retryMostMs);
  return Math.round(doubled * (0.5 + random() / 2));
}
