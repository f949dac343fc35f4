import type { DatabaseSync } from 'node:sqlite';
import { newName } from './names.ts';

/** Of the tables below; to be raised with every change that another version would read wrongly. */
export const schemaForm = 2;

/** Tables of journal and reports, and the one row of `position`, where they are missing. */
export function prepareSchema(database: DatabaseSync, now: number) {
  database.exec(`
    CREATE TABLE IF NOT EXISTS position (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      epoch TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      head INTEGER NOT NULL,
      floor INTEGER NOT NULL,
      floor_at INTEGER NOT NULL,
      life TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS gap (
      before INTEGER PRIMARY KEY,
      after INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS target (
      key TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS target_by_seq ON target (seq);
    CREATE TABLE IF NOT EXISTS event (
      id TEXT NOT NULL UNIQUE,
      seq INTEGER PRIMARY KEY,
      body_hash TEXT NOT NULL,
      change TEXT NOT NULL,
      target_keys TEXT NOT NULL,
      accepted_at INTEGER NOT NULL,
      report TEXT,
      final INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE IF NOT EXISTS about (
      event_id TEXT PRIMARY KEY,
      about TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS event_unfinished ON event (accepted_at) WHERE final = 0;
  `);
  // Only where it is not so yet: a full disk must not keep a bridge from opening what it has.
  if (database.prepare('PRAGMA user_version').get()?.user_version !== schemaForm) {
    database.exec(`PRAGMA user_version = ${schemaForm}`);
  }
  // A journal that nothing was ever written to may be a copy of another's beginning: it gets a name of its own.
  database
    .prepare(`
      INSERT INTO position VALUES (1, ?, ?, 0, 0, 0, '')
      ON CONFLICT DO UPDATE SET epoch = excluded.epoch, started_at = excluded.started_at WHERE life = ''
    `)
    .run(newName(), now);
}
