import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../log.ts';
import { isBroken } from './sqlite-open.ts';

export type Committed<T> = { kind: 'committed'; value: T } | { kind: 'failed'; reason: string };

type Options = { database: () => DatabaseSync; log: Log; broken: (error: Error) => void };

type Waiting = { write: () => void; commit: () => void; fail: (reason: string) => void };

/**
 * Runs everything that waits in one transaction, so that one fsync serves all of it. When the commit fails,
 * nothing of it is kept and all are told; `broken` is told when the file is to blame.
 */
export function createGroupCommit({ database: current, log, broken }: Options) {
  let waiting: Waiting[] = [];

  function commitAll() {
    const group = waiting;
    waiting = [];
    const database = current();
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const { write } of group) write();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      if (isBroken(error)) broken(error);
      const reason = failureReason(error);
      log.error({ reason, refused: group.length }, 'The journal could not be written');
      for (const { fail } of group) fail(reason);
      return;
    }
    for (const { commit } of group) commit();
  }

  return function inOneCommit<T>(task: () => T): Promise<Committed<T>> {
    const { promise, resolve } = Promise.withResolvers<Committed<T>>();
    let value: T;
    if (waiting.length === 0) setImmediate(commitAll);
    waiting.push({
      write: () => {
        value = task();
      },
      commit: () => resolve({ kind: 'committed', value }),
      fail: (reason) => resolve({ kind: 'failed', reason }),
    });
    return promise;
  };
}

function failureReason(error: unknown): string {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  const full = 13;
  if (code === full)
    return 'The disk that holds the journal is full, or the journal as large as it may be. Make room; WordPress will send this again.';
  const message = error instanceof Error ? error.message : String(error);
  return `SQLite could not write the journal (${message}). WordPress will send this again.`;
}
