import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JournalUnavailable } from './journal.ts';
import { isBusy } from './sqlite-errors.ts';

/** Which file there is under this name, whatever it is called later; null where there is none to be seen. */
export function fileAt(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/** With its write-ahead log. */
export function bytesAt(path: string): number {
  const sizeOf = (part: string) => statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  return sizeOf(path) + sizeOf(`${path}-wal`);
}

/** Another bridge has the journal. */
export class JournalTaken extends JournalUnavailable {
  override name = 'JournalTaken';
}

/** One process at a time has the journal, for as long as it lives. */
export type JournalLock = {
  /** @throws {JournalTaken} */
  hold(): void;
  release(): void;
};

/**
 * Holds a transaction in an empty database beside the journal: what SQLite locks, the system lets go of when the process
 * ends, however it ends. The journal itself stays free for those who read it or copy it.
 */
export function createLock(path: string): JournalLock {
  let held: { database: DatabaseSync; file: string | null; place: string } | null = null;

  function release() {
    held?.database.close();
    held = null;
  }

  return {
    hold() {
      mkdirSync(dirname(path), { recursive: true });
      // The same place for all who come by a link.
      const place = `${realPath(path)}.lock`;
      if (held?.place === place && held.file === fileAt(place)) return;
      release();
      const database = new DatabaseSync(place, { timeout: 0 });
      try {
        // Nothing is ever written, so that a full disk is no hindrance.
        database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      } catch (error) {
        database.close();
        throw isBusy(error) ? new JournalTaken(takenBy(path, place)) : unusable(place, error);
      }
      held = { database, file: fileAt(place), place };
    },
    release,
  };
}

function realPath(path: string): string {
  return fileAt(path) === null ? join(realpathSync(dirname(path)), basename(path)) : realpathSync(path);
}

function takenBy(path: string, place: string): string {
  return (
    `Another bridge has the journal ${path} (it holds a lock on ${place}, which ends with its process). ` +
    'Two bridges cannot share an SQLite file: stop the other one, or give this one a journal of its own. ' +
    'For several bridges set EVERYPOD_JOURNAL to a Valkey.'
  );
}

/** Without SQLite's code, which would tell of the journal itself. */
function unusable(place: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(
    `The journal's lock ${place} cannot be used (${message}). Remove that file and start again.`,
  );
}
