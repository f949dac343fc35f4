import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { isBusy, isOutOfRoom, reasonOf } from './sqlite-errors.ts';

export type Failed = { kind: 'failed'; reason: string; noRoom: boolean };
export type Committed<T> = { kind: 'committed'; value: T } | Failed;

type Options = {
  /** The database, ready to be written to. */
  database: () => DatabaseSync;
  /** Throws where what is committed would be lost all the same, or was. */
  requireInPlace: () => void;
  log: Log;
  limits: Limits;
  /** Does what it can about a failure; true when another attempt may succeed. */
  recover: (error: unknown) => boolean;
};

type Waiting = { since: number; write: () => void; commit: () => void; fail: (failed: Failed) => void };

/**
 * Runs everything that waits in one transaction, so that one fsync serves all of it. When the commit fails, and
 * nothing can be done about it, nothing of it is kept and all are told; where only room is missing, as much of it as
 * fits is kept. While another process writes, it waits for a while, and holds up nothing else.
 */
export function createGroupCommit({ database: current, requireInPlace, log, limits, recover }: Options) {
  let waiting: Waiting[] = [];
  let running = false;

  async function commitAll() {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      const held = commitOrTell(group);
      if (held.length > 0) await sleep(limits.sqliteBusyRetryMs);
      waiting = [...held, ...waiting];
    }
    running = false;
  }

  /** Answers with what has to wait for another process. */
  function commitOrTell(group: readonly Waiting[]): Waiting[] {
    let attempt = tryOnce(group);
    while (attempt !== 'committed' && recover(attempt.error)) attempt = tryOnce(group);
    if (attempt === 'committed') {
      for (const { commit } of group) commit();
      return [];
    }
    const { error } = attempt;
    if (isOutOfRoom(error) && group.length > 1) {
      // What would fit must not fail because of what waits beside it.
      const half = Math.ceil(group.length / 2);
      return [...commitOrTell(group.slice(0, half)), ...commitOrTell(group.slice(half))];
    }
    const isLate = ({ since }: Waiting) => performance.now() - since >= limits.sqliteBusyMs;
    const late = isBusy(error) ? group.filter(isLate) : group;
    if (late.length > 0) refuse(late, error);
    return group.filter((one) => !late.includes(one));
  }

  function refuse(group: readonly Waiting[], error: unknown) {
    const reason = reasonOf(error, 'write');
    log.error({ reason, refused: group.length }, 'The journal could not be written');
    for (const { fail } of group) fail({ kind: 'failed', reason, noRoom: isOutOfRoom(error) });
  }

  function tryOnce(group: readonly Waiting[]): 'committed' | { error: unknown } {
    let database: DatabaseSync | undefined;
    try {
      requireInPlace();
      database = current();
      database.exec('BEGIN IMMEDIATE');
      for (const { write } of group) write();
      database.exec('COMMIT');
      requireInPlace();
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
    if (!running) setImmediate(commitAll);
    running = true;
    waiting.push({
      since: performance.now(),
      write: () => {
        value = task();
      },
      commit: () => resolve({ kind: 'committed', value }),
      fail: resolve,
    });
    return promise;
  };
}
