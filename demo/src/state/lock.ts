import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Trouble } from '../trouble.ts';

export const lockFiles = ['lock.sqlite', 'lock.sqlite-journal', 'lock.pid'];

/**
 * Keeps a second start off the same folder. SQLite's lock is the operating system's: it ends with this process,
 * however that ends, so no left-over lock has to be guessed at.
 * @returns the way to give it back
 * @throws {Trouble} naming the process that holds it
 */
export function lock(folder: string): () => void {
  const database = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new Trouble(
      `Another start (process ${holder(folder)}) uses ${folder}. End that one, or give this one a folder of its own: --state DIR.`,
    );
  }
  writeFileSync(join(folder, 'lock.pid'), `${process.pid}\n`);
  return () => database.close();
}

function holder(folder: string): string {
  try {
    return readFileSync(join(folder, 'lock.pid'), 'utf8').trim();
  } catch {
    return 'of an unknown number';
  }
}
