import type { DatabaseSync } from 'node:sqlite';

export type Statements = ReturnType<typeof prepareStatements>;

/** Everything that the journal says to SQLite. */
export function prepareStatements(database: DatabaseSync) {
  return {
    position: database.prepare('SELECT * FROM position'),
    gaps: database.prepare('SELECT * FROM gap ORDER BY before'),
    addGap: database.prepare('INSERT INTO gap (before, after) VALUES (?, ?)'),
    surplusGap: database.prepare('SELECT * FROM gap ORDER BY before DESC LIMIT 1 OFFSET ?'),
    forgetGaps: database.prepare('DELETE FROM gap WHERE before <= ?'),
    moveHead: database.prepare('UPDATE position SET head = ?, life = ?'),
    moveFloor: database.prepare('UPDATE position SET floor = max(floor, ?), floor_at = max(floor_at, ?)'),
    touch: database.prepare('UPDATE position SET floor_at = floor_at'),
    renew: database.prepare(
      'UPDATE position SET epoch = ?, started_at = ?, head = ?, floor = ?, floor_at = ?',
    ),
    addEvent: database.prepare(
      'INSERT INTO event (id, seq, body_hash, change, target_keys, accepted_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    addAbout: database.prepare('INSERT OR REPLACE INTO about (event_id, about) VALUES (?, ?)'),
    moveTarget: database.prepare('INSERT OR REPLACE INTO target (key, seq, changed_at) VALUES (?, ?, ?)'),
    aboutById: database.prepare('SELECT about FROM about WHERE event_id = ?'),
    forgetAbout: database.prepare('DELETE FROM about WHERE event_id = ?'),
    forgetEndedAbouts: database.prepare(
      'DELETE FROM about WHERE event_id NOT IN (SELECT id FROM event WHERE final = 0 AND accepted_at >= ?)',
    ),
    endEvent: database.prepare('UPDATE event SET final = 1 WHERE id = ?'),
    eventById: database.prepare('SELECT * FROM event WHERE id = ?'),
    afterSeq: database.prepare('SELECT key, seq FROM target WHERE seq > ? ORDER BY seq LIMIT ?'),
    afterTime: database.prepare('SELECT key, seq FROM target WHERE changed_at >= ? ORDER BY seq LIMIT ?'),
    countAfterSeq: database.prepare(
      'SELECT count(*) AS count FROM (SELECT 1 FROM target WHERE seq > ? LIMIT ?)',
    ),
    countAfterTime: database.prepare(
      'SELECT count(*) AS count FROM (SELECT 1 FROM target WHERE changed_at >= ? LIMIT ?)',
    ),
    // By their keys, which are in order and all begin alike; the plus keeps SQLite from reading all that came after a number.
    vanishedAfterSeq: database.prepare(
      "SELECT key, seq FROM target WHERE key >= 'vanishes ' AND key < 'vanishes!' AND +seq > ? ORDER BY +seq LIMIT ?",
    ),
    vanishedAfterTime: database.prepare(
      "SELECT key, seq FROM target WHERE key >= 'vanishes ' AND key < 'vanishes!' AND changed_at >= ? ORDER BY +seq LIMIT ?",
    ),
    keepReport: database.prepare('UPDATE event SET report = ?, final = ? WHERE id = ? AND final = 0'),
    unfinished: database.prepare(
      'SELECT id, seq, body_hash, change, target_keys, accepted_at, NULL AS report FROM event WHERE final = 0 AND accepted_at >= ? ORDER BY seq',
    ),
    surplusTarget: database.prepare('SELECT seq, changed_at FROM target ORDER BY seq DESC LIMIT 1 OFFSET ?'),
    forgetTargets: database.prepare('DELETE FROM target WHERE seq <= ?'),
    forgetEvents: database.prepare(`
      DELETE FROM event WHERE seq IN (
        SELECT seq FROM event
        WHERE accepted_at < ? OR seq <= (SELECT seq FROM event ORDER BY seq DESC LIMIT 1 OFFSET ?)
        ORDER BY seq LIMIT ?
      )
    `),
    countEvents: database.prepare('SELECT count(*) AS count FROM event'),
    forgetOldestEvents: database.prepare(`
      DELETE FROM event WHERE seq IN (
        SELECT seq FROM event
        WHERE seq NOT IN (SELECT seq FROM event WHERE final = 0 AND accepted_at >= ?)
        ORDER BY seq LIMIT ?
      )
    `),
  };
}
