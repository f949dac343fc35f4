import { type Cursor, limits as messageLimits, type Target } from '@everypod/contract';
import type { Journal, Position } from './journal.ts';

/** What a pod at some point has to apply to be at `upTo`. */
export type Missed = { epoch: string; upTo: number } & (
  | { targets: Target[] }
  /** `why` is for the log. */
  | { everything: true; why: Everything }
);

export type Everything =
  | 'another epoch'
  | 'the journal has gone back'
  | 'claimed again within the lease'
  | 'before the floor'
  | 'before this epoch'
  | 'build time unknown'
  | 'build time in the future'
  | 'too many calls';

/**
 * From a cursor. One that this journal never gave is a claim that it has gone back: a new epoch starts, at most one in
 * each lease. Who claims it again before that has passed starts over alone, and is judged again by its next question.
 */
export async function missedSinceCursor(journal: Journal, cursor: Cursor): Promise<Missed> {
  const { position, targets } = await journal.changedSince(
    { seq: cursor.seq },
    messageLimits.callsBeforeEverything,
  );
  if (cursor.epoch !== position.epoch) return everything(position, 'another epoch');
  if (wasNeverGiven(position, cursor.seq)) {
    const renewed = await journal.startNewEpoch(cursor.epoch);
    const isNew = renewed.epoch !== cursor.epoch;
    return everything(renewed, isNew ? 'the journal has gone back' : 'claimed again within the lease');
  }
  if (cursor.seq < position.floor) return everything(position, 'before the floor');
  return unlessTooMany(position, targets);
}

/**
 * From the start of a build, for a pod that has no cursor yet.
 * @param builtAt milliseconds, or null when it is not known
 */
export async function missedSinceBuild(
  journal: Journal,
  builtAt: number | null,
  { lookBackMs, nowMs }: { lookBackMs: number; nowMs: number },
): Promise<Missed> {
  const time = (builtAt ?? 0) - lookBackMs;
  const { position, targets } = await journal.changedSince({ time }, messageLimits.callsBeforeEverything);
  if (builtAt === null) return everything(position, 'build time unknown');
  if (builtAt > nowMs) return everything(position, 'build time in the future');
  if (time < position.startedAt) return everything(position, 'before this epoch');
  if (time <= position.floorAt) return everything(position, 'before the floor');
  return unlessTooMany(position, targets);
}

function wasNeverGiven({ head, gaps }: Position, seq: number): boolean {
  return seq > head || gaps.some(({ before, after }) => before < seq && seq < after);
}

type Head = { epoch: string; head: number };

function everything({ epoch, head }: Head, why: Everything): Missed {
  return { epoch, upTo: head, everything: true, why };
}

function unlessTooMany(position: Head, targets: Target[] | null): Missed {
  if (targets === null || callsOf(targets) > messageLimits.callsBeforeEverything) {
    return everything(position, 'too many calls');
  }
  return { epoch: position.epoch, upTo: position.head, targets };
}

/** Calls into Next.js once a pod has spelled the targets out: with and without slash, and each way to write a byte. */
function callsOf(targets: readonly Target[]): number {
  return targets.reduce((sum, target) => sum + callsOfOne(target), 0);
}

function callsOfOne(target: Target): number {
  if (!('path' in target) || 'scope' in target) return 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII has several spellings
  return /%|[^\x00-\x7f]/.test(target.path) ? 8 : 2;
}
