import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** A look at every page of a journal, while the bridge answers others. */
export type CheckUnderWay = {
  /** `ok`, or what is broken; null when it could not be found out, or was stopped. */
  found: Promise<string | null>;
  stop(): void;
};

/**
 * Read once from start to end first, which leaves the file in the system's cache: SQLite visits the pages in another
 * order, which takes a disk four times as long.
 */
const look = `
  const { closeSync, openSync, readSync } = require('node:fs');
  const { DatabaseSync } = require('node:sqlite');
  const path = process.argv[1];
  const file = openSync(path);
  const piece = Buffer.allocUnsafe(1048576);
  while (readSync(file, piece) > 0);
  closeSync(file);
  let found;
  try {
    const database = new DatabaseSync(path);
    found = database.prepare('PRAGMA quick_check(1)').get().quick_check;
  } catch (error) {
    if (![11, 26].includes(error.errcode & 255)) throw error;
    found = error.message;
  }
  process.stdout.write(found);
`;

/**
 * In a process of its own, as SQLite can't be interrupted: a thread that checks would hold up the bridge's end for as
 * long as it takes.
 */
export function checkApart(path: string): CheckUnderWay {
  const { promise, resolve: tell } = Promise.withResolvers<string | null>();
  const child = execFile(process.execPath, ['-e', look, resolve(path)], (error, said) =>
    tell(error ? null : said),
  );
  return { found: promise, stop: () => void child.kill('SIGKILL') };
}
