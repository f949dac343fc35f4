import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../limits.ts';
import { inMemory } from './sqlite-open.ts';

/** What is left on the disk that holds the journal, and its whole size. */
export function roomOn(path: string): { bytes: number; ofBytes: number } {
  const { bavail, blocks, bsize } = statfsSync(dirname(path));
  return { bytes: bavail * bsize, ofBytes: blocks * bsize };
}

export function isShortOfRoom(path: string, limits: Limits): boolean {
  return path !== inMemory && roomOn(path).bytes < limits.shortOfRoomBytes;
}

/** Pages of the database, how many of them are free to be written again, and how large each is. */
export function pagesOf(database: DatabaseSync): { count: number; free: number; bytes: number } {
  const ask = (what: string) => Number(Object.values(database.prepare(`PRAGMA ${what}`).get() ?? {})[0]);
  return { count: ask('page_count'), free: ask('freelist_count'), bytes: ask('page_size') };
}

/**
 * Lets the database grow only so far that a reserve of the disk stays: what is forgotten on a full disk has to be
 * written too, first to the write-ahead log and from there to the file. Where room is short that log is written
 * back at once, so that it can always begin again at its start.
 */
export function fitToDisk(database: DatabaseSync, path: string, limits: Limits) {
  if (path === inMemory) return;
  const room = roomOn(path);
  const isShort = room.bytes < limits.shortOfRoomBytes;
  let most = limits.journalPages;
  if (isShort) {
    const reserve = Math.min(limits.roomReservedBytes, room.ofBytes / 8);
    const { count, bytes } = pagesOf(database);
    // Each new page is written twice.
    most = Math.min(most, count + Math.max(0, Math.floor((room.bytes - reserve) / (2 * bytes))));
  }
  const commitPages = isShort ? 1 : limits.writeBackPages;
  database.exec(`PRAGMA max_page_count = ${most}; PRAGMA wal_autocheckpoint = ${commitPages}`);
}
