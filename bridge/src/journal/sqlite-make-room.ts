import type { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { removeOldest } from './sqlite-aside.ts';
import { isOutOfRoom } from './sqlite-errors.ts';
import { forgetForRoom } from './sqlite-forget.ts';
import { inMemory } from './sqlite-open.ts';
import { growWithinRoom, isShortOfRoom, mostPages } from './sqlite-room.ts';
import type { Statements } from './sqlite-statements.ts';

type Options = { path: string; log: Log; limits: Limits; now: () => number };

/**
 * For a write that found no room: one step, of those that are left the one that costs least
 * (docs/decisions/events-have-the-room-first.md). False when none is left.
 */
export function makeRoom(opened: { database: DatabaseSync; sql: Statements }, options: Options): boolean {
  const { path, limits } = options;
  if (isShortOfRoom(path, limits)) {
    return grow(opened.database, options) || removeAside(options) || forgetForRoom(opened, options);
  }
  // Otherwise too much came at once for the room there is.
  const isAtLimit = mostPages(opened.database, path, limits) >= limits.journalPages;
  return isAtLimit && forgetForRoom(opened, options);
}

/** Removes the oldest journal that was set aside; false when there is none. */
export function removeAside({ path, log }: Options): boolean {
  const removed = path === inMemory ? null : removeOldest(path);
  if (removed === null) return false;
  log.warn({ path, removed }, 'The disk is full: the oldest journal that was set aside was removed');
  return true;
}

function grow(database: DatabaseSync, { path, limits }: Options): boolean {
  try {
    return growWithinRoom(database, path, limits);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    if (isOutOfRoom(error)) return false;
    throw error;
  }
}
