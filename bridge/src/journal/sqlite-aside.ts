import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../limits.ts';
import { pagesOf, roomOn } from './sqlite-room.ts';

type Options = { path: string; limits: Limits; now: number };

type Why = 'broken' | 'rolled-back';

const parts = ['', '-wal', '-shm', '-journal'];

/** Moves a journal that can't be read out of the way. Answers with its new place. */
export function moveAside({ path, limits, now }: Options): string {
  const aside = asidePath(path, 'broken', now);
  for (const part of parts) {
    if (existsSync(path + part)) renameSync(path + part, aside + part);
  }
  keepNewest(path, 'broken', limits.journalsSetAside);
  return aside;
}

/**
 * Where a copy goes of a journal that has gone back, and that goes on under a new epoch; null where the journal itself
 * may soon need the room.
 */
export function placeForCopy(database: DatabaseSync, { path, limits, now }: Options): string | null {
  keepNewest(path, 'rolled-back', limits.journalsSetAside - 1);
  const { count, bytes } = pagesOf(database);
  if (roomOn(path).bytes < count * bytes + limits.shortOfRoomBytes) return null;
  const aside = asidePath(path, 'rolled-back', now);
  remove(aside);
  return aside;
}

/** Removes what was set aside first, whatever the reason. Answers with its name, or null when there is nothing. */
export function removeOldest(path: string): string | null {
  const [oldest] = setAside(path, ['broken', 'rolled-back']).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  if (!oldest) return null;
  remove(join(dirname(path), oldest.name));
  return oldest.name;
}

function asidePath(path: string, why: Why, now: number): string {
  return `${path}.${why}-${new Date(now).toISOString().replaceAll(':', '')}`;
}

/** What was set aside is for a person to look at; it must not fill the disk that the journal needs. */
function keepNewest(path: string, why: Why, most: number) {
  const found = setAside(path, [why]).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  for (const { name } of found.slice(Math.max(0, most))) remove(join(dirname(path), name));
}

function setAside(path: string, reasons: readonly Why[]): Array<{ name: string; at: string }> {
  const names = readdirSync(dirname(path)).map((name) => name.replace(/-(wal|shm|journal)$/, ''));
  return reasons.flatMap((why) => {
    const prefix = `${basename(path)}.${why}-`;
    const found = new Set(names.filter((name) => name.startsWith(prefix)));
    return [...found].map((name) => ({ name, at: name.slice(prefix.length) }));
  });
}

/** A journal with all that is beside it. */
export function remove(path: string) {
  for (const part of parts) rmSync(path + part, { force: true });
}
