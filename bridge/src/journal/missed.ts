import { type Cursor, limits as messageLimits, type Target } from '@everypod/contract';
import type { Changes, Journal, Position } from './journal.ts';
import { firstSlice } from './slice.ts';

/** What a pod at some point has to apply to be at `upTo`. */
export type Missed = {
  epoch: string;
  upTo: number;
} /** `more`: this is the oldest slice, and what the pod has to apply lies behind it too. */ & (
  | { targets: Target[]; more?: true }
  /** `vanishing`: all that did since then; left out where it isn't known, or is too much to name. `why` is for the log. */
  | { everything: true; vanishing?: Target[]; why: Everything }
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

/** Whether who asks takes what was missed in slices, too; else it is one piece, or everything. */
type InSlices = { inSlices: boolean };

/**
 * From a cursor. One that this journal never gave is a claim that it has gone back: a new epoch starts, at most one in
 * each lease. Who claims it again before that has passed starts over alone, and is judged again by its next question.
 */
export async function missedSinceCursor(
  journal: Journal,
  cursor: Cursor,
  asked: InSlices = { inSlices: false },
): Promise<Missed> {
  const from = { seq: cursor.seq };
  const changes = await journal.changedSince(from, mostOf(asked));
  const { position } = changes;
  if (cursor.epoch !== position.epoch) return everything(position, 'another epoch');
  if (wasNeverGiven(position, cursor.seq)) {
    const renewed = await journal.startNewEpoch(cursor.epoch);
    const isNew = renewed.epoch !== cursor.epoch;
    return everything(renewed, isNew ? 'the journal has gone back' : 'claimed again within the lease');
  }
  if (cursor.seq < position.floor) return everything(position, 'before the floor');
  return unlessTooMany(journal, from, changes, asked);
}

/**
 * From the start of a build, for a pod that has no cursor yet.
 * @param builtAt milliseconds, or null when it is not known
 */
export async function missedSinceBuild(
  journal: Journal,
  builtAt: number | null,
  { lookBackMs, nowMs, ...asked }: { lookBackMs: number; nowMs: number } & InSlices,
): Promise<Missed> {
  const time = (builtAt ?? 0) - lookBackMs;
  const changes = await journal.changedSince({ time }, mostOf(asked));
  const { position } = changes;
  if (builtAt === null) return everything(position, 'build time unknown');
  if (builtAt > nowMs) return everything(position, 'build time in the future');
  if (time < position.startedAt) return everything(position, 'before this epoch');
  if (time <= position.floorAt) return everything(position, 'before the floor');
  return unlessTooMany(journal, { time }, changes, asked);
}

function wasNeverGiven({ head, gaps }: Position, seq: number): boolean {
  return seq > head || gaps.some(({ before, after }) => before < seq && seq < after);
}

type Head = { epoch: string; head: number };

function everything({ epoch, head }: Head, why: Everything): Missed {
  return { epoch, upTo: head, everything: true, why };
}

type From = { seq: number } | { time: number };

async function unlessTooMany(
  journal: Journal,
  from: From,
  { position, targets, seqs }: Changes,
  { inSlices }: InSlices,
): Promise<Missed> {
  const { epoch, head } = position;
  const slice = targets && firstSlice(targets, seqs, { head, inSlices });
  if (slice !== null) return { epoch, ...slice };
  const vanishing = await vanishingSince(journal, from, epoch);
  return { ...everything(position, 'too many calls'), ...(vanishing && { vanishing }) };
}

/** What is read after the position was may be more than was asked for, and must not be less. */
async function vanishingSince(journal: Journal, from: From, epoch: string): Promise<Target[] | null> {
  const { position, targets } = await journal.vanishedSince(from, messageLimits.vanishingBesideEverything);
  const isForgotten = 'seq' in from ? from.seq < position.floor : from.time <= position.floorAt;
  return position.epoch !== epoch || isForgotten ? null : targets;
}

/** More than this is too much, whatever it is. */
function mostOf({ inSlices }: InSlices): number {
  const { callsBeforeEverything, callsInOnePiece, tagsBeforeEverything } = messageLimits;
  return inSlices ? callsBeforeEverything + tagsBeforeEverything : callsInOnePiece;
}
