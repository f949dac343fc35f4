import type { Life } from './lives.ts';
import { advance, type Span } from './spans.ts';

export type Bounds = { boundMs: number; boundWithoutBridgeMs: number };

/**
 * From when on a life must not serve anything older than an event accepted at `acceptedAt`; null when it was never
 * ready for that long. The short bound counts from when pod and bridge could reach each other, the long one always.
 */
export function dueAt(life: Life, acceptedAt: number, bounds: Bounds): number | null {
  const found = [
    firstEnd(life.readyInReach, acceptedAt, bounds.boundMs, life),
    firstEnd(life.ready, acceptedAt, bounds.boundWithoutBridgeMs, life),
  ].filter((moment) => moment !== null);
  return found.length === 0 ? null : Math.min(...found);
}

function firstEnd(
  spans: readonly Span[],
  acceptedAt: number,
  ms: number,
  { notRunning }: Life,
): number | null {
  for (const { from, to } of spans) {
    if (to <= acceptedAt) continue;
    const moment = advance(Math.max(from, acceptedAt), ms, notRunning);
    if (moment <= to) return moment;
  }
  return null;
}
