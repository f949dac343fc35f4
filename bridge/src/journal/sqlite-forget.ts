import type { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { isOutOfRoom } from './sqlite-errors.ts';
import { fitToDisk, isShortOfRoom, pagesOf } from './sqlite-room.ts';
import { countRow, cutRow } from './sqlite-rows.ts';
import type { Statements } from './sqlite-statements.ts';

type Options = { path: string; log: Log; limits: Limits; now: () => number };

type Opened = { database: DatabaseSync; sql: Statements };

/**
 * Within a transaction: events that are too old or too many, what visits are told of events that nobody follows any
 * longer, and the oldest targets where they are too many.
 */
export function forgetSurplus(sql: Statements, { log, limits, now }: Options) {
  sql.forgetEvents.run(now() - limits.eventsKeptMs, limits.eventsKept, limits.eventsForgottenAtOnce);
  sql.forgetEndedAbouts.run(now() - limits.eventBudgetMs);
  const surplus = sql.surplusTarget.get(limits.journalTargets);
  if (!surplus) return;
  const cut = cutRow.parse(surplus);
  sql.forgetTargets.run(cut.seq);
  sql.moveFloor.run(cut.seq, cut.changed_at);
  log.warn({ floor: cut.seq }, 'The journal is full: pods that were away since before its floor start over');
}

/** The same when a journal is opened, as many a life of a bridge sees few events. */
export function forgetAtOpening({ database, sql }: Opened, options: Options) {
  try {
    inTransaction(database, () => forgetSurplus(sql, options));
  } catch (error) {
    if (!isOutOfRoom(error)) throw error;
    options.log.warn('The disk is too full to forget what the journal need not keep any longer');
  }
}

/**
 * Forgets the oldest events with their reports, for a journal that can't grow: their targets stay. Events that are
 * still followed stay too. Answers whether another attempt at a write may fit; not where pages were free anyway.
 */
export function forgetForRoom({ database, sql }: Opened, { path, log, limits, now }: Options): boolean {
  const isShort = isShortOfRoom(path, limits);
  if (isShort) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  fitToDisk(database, path, limits);
  // Now and then a delete needs a page of its own before it frees others.
  if (!isShort) database.exec(`PRAGMA max_page_count = ${limits.journalPages + limits.pagesToForgetWith}`);

  const wanted = Math.min(limits.pagesFreedAtOnce, Math.ceil(pagesOf(database).count / 4));
  let atOnce = Math.ceil(countRow.parse(sql.countEvents.get()).count / 16);
  let forgotten = 0;
  while (atOnce >= 1 && pagesOf(database).free < wanted) {
    try {
      const followedSince = now() - limits.eventBudgetMs;
      const { changes } = inTransaction(database, () => {
        sql.forgetEndedAbouts.run(followedSince);
        return sql.forgetOldestEvents.run(followedSince, atOnce);
      });
      if (changes === 0) break;
      forgotten += Number(changes);
    } catch (error) {
      if (!isOutOfRoom(error)) throw error;
      atOnce = Math.floor(atOnce / 2);
    }
  }
  if (forgotten === 0) return false;
  log.warn(
    { path, events: forgotten },
    'The journal had no room: its oldest events and reports were forgotten',
  );
  return true;
}

function inTransaction<T>(database: DatabaseSync, task: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = task();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
