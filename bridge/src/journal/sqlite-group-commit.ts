import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../log.ts';
import { isOutOfRoom, reasonOf } from './sqlite-errors.ts';

export type Committed<T> = { kind: 'committed'; value: T } | { kind: 'failed'; reason: string };

type Options = {
  /** The database, ready to be written to. */
  database: () => DatabaseSync;
  log: Log;
  /** Does what it can about a failure; true when another attempt may succeed. */
  recover: (error: unknown) => boolean;
};

type Waiting = { write: () => void; commit: () => void; fail: (reason: string) => void };

/**
 * Runs everything that waits in one transaction, so that one fsync serves all of it. When the commit fails, and
 * nothing can be done about it, nothing of it is kept and all are told; where only room is missing, as much of it as
 * fits is kept.
 */
export function createGroupCommit({ database: current, log, recover }: Options) {
  let waiting: Waiting[] = [];

  function commitAll() {
    const group = waiting;
    waiting = [];
    commitOrTell(group);
  }

  function commitOrTell(group: readonly Waiting[]) {
    let attempt = tryOnce(group);
    while (attempt !== 'committed' && recover(attempt.error)) attempt = tryOnce(group);
    if (attempt === 'committed') {
      for (const { commit } of group) commit();
      return;
    }
    if (isOutOfRoom(attempt.error) && group.length > 1) {
      // What would fit must not fail because of what waits beside it.
      const half = Math.ceil(group.length / 2);
      commitOrTell(group.slice(0, half));
      commitOrTell(group.slice(half));
      return;
    }
    const reason = reasonOf(attempt.error, 'write');
    log.error({ reason, refused: group.length }, 'The journal could not be written');
    for (const { fail } of group) fail(reason);
  }

  function tryOnce(group: readonly Waiting[]): 'committed' | { error: unknown } {
    let database: DatabaseSync | undefined;
    try {
      database = current();
      database.exec('BEGIN IMMEDIATE');
      for (const { write } of group) write();
      database.exec('COMMIT');
      return 'committed';
    } catch (error) {
      return { error: rollBack(database) ?? error };
    }
  }

  /** Answers with what kept it from being rolled back. */
  function rollBack(database: DatabaseSync | undefined): unknown {
    try {
      if (database?.isTransaction) database.exec('ROLLBACK');
      return null;
    } catch (error) {
      return error;
    }
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
