import type { Cursor } from '@everypod/contract';

/** True when a pod that is at `cursor` has applied everything up to `seq` of that epoch. */
export function covers(cursor: Cursor | null, epoch: string, seq: number): boolean {
  return cursor !== null && cursor.epoch === epoch && cursor.seq >= seq;
}
