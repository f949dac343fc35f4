import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/**
 * What takes longer than an answer may, in a process of its own: SQLite can't be interrupted, so a thread would hold up
 * the bridge's end for as long as it takes.
 */
export type UnderWay = {
  /** What it said; null when it failed, or was stopped. */
  said: Promise<string | null>;
  stop(): void;
};

/**
 * Says `ok`, or what is broken. Read once from start to end first, which leaves the file in the system's cache: SQLite
 * visits the pages in another order, which takes a disk four times as long.
 */
export function checkApart(path: string): UnderWay {
  return runApart(
    `
    const { closeSync, openSync, readSync } = require('node:fs');
    const { DatabaseSync } = require('node:sqlite');
    const [, path] = process.argv;
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
    `,
    [resolve(path)],
  );
}

/** Says `copied`, of what the journal was at one moment. */
export function copyApart(path: string, to: string): UnderWay {
  return runApart(
    `
    const { DatabaseSync } = require('node:sqlite');
    const [, path, to] = process.argv;
    new DatabaseSync(path).prepare('VACUUM INTO ?').run(to);
    process.stdout.write('copied');
    `,
    [resolve(path), resolve(to)],
  );
}

function runApart(program: string, values: string[]): UnderWay {
  const { promise, resolve: tell } = Promise.withResolvers<string | null>();
  const child = execFile(process.execPath, ['-e', program, ...values], (error, said) =>
    tell(error ? null : said),
  );
  return { said: promise, stop: () => void child.kill('SIGKILL') };
}
