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
 * Where room is short the database must not grow within a commit, whose size nobody knows: what is in the write-ahead
 * log and no longer fits into the file would hold the log, and so the disk, for ever. Then that log is also written
 * back at once, so that it can always begin again at its start.
 */
export function fitToDisk(database: DatabaseSync, path: string, limits: Limits) {
  if (path === inMemory) return;
  const isShort = isShortOfRoom(path, limits);
  const writeBack = isShort ? 1 : limits.writeBackPages;
  const most = isShort ? pagesOf(database).count : mostPages(database, path, limits);
  database.exec(`PRAGMA max_page_count = ${most}; PRAGMA wal_autocheckpoint = ${writeBack}`);
}

/** Each new page is written twice, and as much again stays for what is written meanwhile. */
export function mostPages(database: DatabaseSync, path: string, limits: Limits): number {
  const { count, bytes } = pagesOf(database);
  return Math.min(limits.journalPages, count + Math.floor(roomOn(path).bytes / (4 * bytes)));
}

/**
 * Lets the database grow where room is short, by pages that a next commit can use, and never into the reserve:
 * forgetting needs room too. Answers whether it could.
 */
export function growWithinRoom(database: DatabaseSync, path: string, limits: Limits): boolean {
  const { count, free, bytes } = pagesOf(database);
  const room = roomOn(path);
  const reserve = Math.min(limits.roomReservedBytes, room.ofBytes / 8);
  const { growthOwnPages: ownPages } = limits;
  const framed = bytes + limits.walFrameHeadBytes;
  const affordable = Math.floor((room.bytes - reserve - free * framed) / (bytes + framed)) - ownPages;
  const more = Math.min(affordable, limits.pagesGrownAtOnce, limits.journalPages - count - ownPages);
  if (more < 1 || free >= limits.pagesFreedAtOnce) return false;
  // Written and written back before they are free, as a file system may give a page no room until then.
  database.exec(`
    PRAGMA max_page_count = ${count + more + ownPages};
    DROP TABLE IF EXISTS growth;
    BEGIN IMMEDIATE;
    CREATE TABLE growth (filler BLOB);
    INSERT INTO growth VALUES (zeroblob(${(free + more) * bytes}));
    COMMIT;
    PRAGMA wal_checkpoint(TRUNCATE);
    DROP TABLE growth;
  `);
  return true;
}
