import type { CatchUpAnswer, Cursor, Push } from '@everypod/contract';

/**
 * Where the cursor stands once a push has been applied whole.
 * Over a gap, or from another epoch, it stays: only `everything` covers what lies before.
 */
export function afterPush(cursor: Cursor | null, push: Push): Cursor | null {
  const follows = cursor !== null && cursor.epoch === push.epoch && cursor.seq >= push.after;
  return follows || push.everything ? furthest(cursor, { epoch: push.epoch, seq: push.upTo }) : cursor;
}

/** Where the cursor stands once a catch-up's answer has been applied whole; a push may have moved it meanwhile. */
export function afterCatchUp(cursor: Cursor | null, answer: CatchUpAnswer): Cursor {
  return furthest(cursor, { epoch: answer.epoch, seq: answer.upTo });
}

/**
 * From where slices go on; null where there are none to go on with, as the cursor has come that far by another way. A
 * position between two slices is no cursor: what an event named may have changed once more, and lie in a later one.
 */
export function beyondCursor(cursor: Cursor | null, slicesUpTo: Cursor | null): Cursor | null {
  if (slicesUpTo === null || cursor === null) return slicesUpTo;
  return cursor.epoch === slicesUpTo.epoch && cursor.seq < slicesUpTo.seq ? slicesUpTo : null;
}

/** How far is settled once a settling pass is over; what was reached in another epoch is no position in this one. */
export function afterSettling(
  settled: Cursor | null,
  reached: Cursor | null,
  cursor: Cursor | null,
): Cursor | null {
  return reached === null || reached.epoch !== cursor?.epoch ? settled : furthest(settled, reached);
}

/** Targets cover only what lies after the cursor that was asked with, so another epoch always means everything. */
export function meansEverything(asked: Cursor | null, answer: CatchUpAnswer): boolean {
  return 'everything' in answer || (asked !== null && asked.epoch !== answer.epoch);
}

function furthest(cursor: Cursor | null, reached: Cursor): Cursor {
  return cursor?.epoch === reached.epoch && cursor.seq > reached.seq ? cursor : reached;
}
