import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { limits as messageLimits } from '@everypod/contract';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { Broken } from './sqlite-errors.ts';
import { prepareSchema, schemaForm } from './sqlite-schema.ts';

type Options = { path: string; log: Log; limits: Limits; now: () => number; isWhole: boolean };

export const inMemory = ':memory:';

/** Opens the database so that a commit is on disk when it returns. */
export function openDatabase({ path, log, limits, now, isWhole }: Options): DatabaseSync {
  if (path === inMemory) {
    log.warn(
      'The journal is in memory: when the bridge stops, pods have to start over. Use sqlite:PATH to keep it.',
    );
    return prepared(new DatabaseSync(path), now());
  }
  if (!existsSync(path)) log.warn({ path }, 'There is no journal yet: a new epoch begins');
  // SQLite would wait for another process by holding up this one.
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    requireDurable(database);
    if (!isWhole) requireWhole(database);
    requireThisForm(database);
    database.exec(`PRAGMA max_page_count = ${limits.journalPages}`);
    prepared(database, now());
    requireHeadWithinReach(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepared(database: DatabaseSync, now: number): DatabaseSync {
  prepareSchema(database, now);
  return database;
}

function requireDurable(database: DatabaseSync) {
  const mode = database.prepare('PRAGMA journal_mode').get()?.journal_mode;
  const synchronous = database.prepare('PRAGMA synchronous').get()?.synchronous;
  if (mode !== 'wal' || synchronous !== 2) {
    throw new Error(
      `SQLite would not keep the journal safely (journal_mode ${mode}, synchronous ${synchronous}). ` +
        'Put it on a local file system; network file systems cannot hold it.',
    );
  }
}

function requireWhole(database: DatabaseSync) {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (found !== 'ok') throw new Broken(String(found));
}

/** An older version took over whatever number a pod claimed, above which none may be left to give. */
function requireHeadWithinReach(database: DatabaseSync) {
  const { seqMost } = messageLimits;
  const beyond = database.prepare('SELECT 1 FROM position WHERE head > ?').get(seqMost);
  if (beyond) throw new Broken(`its head is above ${seqMost}, which no journal can reach`);
}

/** Pods start over, which is safe; reading another version's tables would not be. */
function requireThisForm(database: DatabaseSync) {
  const form = database.prepare('PRAGMA user_version').get()?.user_version;
  const tables = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables;
  if (tables !== 0 && form !== schemaForm) {
    throw new Broken(`its form is ${form}, and this bridge reads form ${schemaForm}`);
  }
}
