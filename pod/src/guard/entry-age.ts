import { limits } from '../limits.ts';
import type { GuardOfProcess } from './guard.ts';
import type { Entry, Value } from './next-cache.ts';
import { stampOf } from './stamp.ts';

/** The tick of each value that was handed out: what Next.js stores again after a failed render is this very object. */
export const given = new WeakMap<Value, number>();

/** What could not be written to disk, or was read while it was, leaves an older entry in place of the one kept. */
export function keptAs({ ledger }: GuardOfProcess, key: string, entry: Entry): number | null {
  const last = ledger.kept(key);
  return last !== undefined && isThat(entry, last.atMs) ? last.tick : null;
}

/** Where a store keeps no stamps, times alone tell whose it is. */
export function tickOfOwn(guarding: GuardOfProcess, key: string, entry: Entry): number | null {
  const stamp = stampOf(entry.value);
  if (stamp === null) return keptAs(guarding, key, entry);
  return stamp.life === guarding.life ? stamp.tick : null;
}

function isThat({ lastModified }: Entry, storedAtMs: number): boolean {
  return lastModified === undefined || lastModified >= storedAtMs - limits.fileTimeBehindMs;
}

/** Whether the time is up after which it is to be made again. */
export function isOver(lastModified: number | undefined, revalidateSeconds: number): boolean {
  if (lastModified === undefined) return false;
  return lastModified + revalidateSeconds * 1000 < performance.timeOrigin + performance.now();
}
