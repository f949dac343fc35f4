import { isTopic, type SavedEvent } from './evidence.ts';
import type { Life } from './lives.ts';
import { advance, type Span } from './spans.ts';

export type Bounds = { boundMs: number; boundWithoutBridgeMs: number };

/** `alone`: by the long bound, since pod and bridge did not reach each other for long enough before. */
export type Due = { at: number; alone: boolean };

/**
 * From when on a life must not serve anything older than an accepted event; null when it was never ready for that
 * long. Each pod has bounds of its own. The short one counts from when pod and bridge could reach each other, the long one always.
 */
export function dueAt(life: Life, { acceptedAt, targets }: SavedEvent, bounds: Bounds): Due | null {
  if (acceptedAt === null) return null;
  // A guard knows of pages alone: what is kept beside them settles by its second application.
  const shorterMs = targets.some(isTopic) ? 0 : life.shorterMs;
  const inReach = firstEnd(life.readyInReach, acceptedAt, bounds.boundMs - shorterMs, life);
  const alone = firstEnd(life.ready, acceptedAt, bounds.boundWithoutBridgeMs - shorterMs, life);
  if (alone !== null && (inReach === null || alone < inReach)) return { at: alone, alone: true };
  return inReach === null ? null : { at: inReach, alone: false };
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
