import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../limits.ts';

type Options = { path: string; limits: Limits; now: number };

const parts = ['', '-wal', '-shm'];

/** Moves a journal that can't be read out of the way. Answers with its new place. */
export function moveAside({ path, limits, now }: Options): string {
  const aside = asidePath(path, 'broken', now);
  for (const part of parts) {
    if (existsSync(path + part)) renameSync(path + part, aside + part);
  }
  forgetOldest(path, 'broken', limits);
  return aside;
}

/** Copies a journal that has gone back, and that goes on under a new epoch. Answers with the copy's place. */
export function copyAside(database: DatabaseSync, { path, limits, now }: Options): string {
  const aside = asidePath(path, 'rolled-back', now);
  database.prepare('VACUUM INTO ?').run(aside);
  forgetOldest(path, 'rolled-back', limits);
  return aside;
}

type Why = 'broken' | 'rolled-back';

function asidePath(path: string, why: Why, now: number): string {
  return `${path}.${why}-${new Date(now).toISOString().replaceAll(':', '')}`;
}

/** What was set aside is for a person to look at; it must not fill the disk that the journal needs. */
function forgetOldest(path: string, why: Why, limits: Limits) {
  const folder = dirname(path);
  const prefix = `${basename(path)}.${why}-`;
  const found = readdirSync(folder).filter((name) => name.startsWith(prefix) && !/-(wal|shm)$/.test(name));
  for (const name of found.sort().slice(0, -limits.journalsSetAside)) {
    for (const part of parts) rmSync(join(folder, name + part), { force: true });
  }
}
