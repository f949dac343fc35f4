import { reportSchema, type Target, targetKey, targetOfKey } from '@everypod/contract';
import { z } from 'zod';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Appended, Changes, Journal, NewEvent, Position, StoredEvent } from './journal.ts';
import { createGroupCommit } from './sqlite-group-commit.ts';
import { openDatabase } from './sqlite-open.ts';
import { newEpoch } from './sqlite-schema.ts';

type Options = { path: string; log: Log; limits: Limits; now?: () => number };

const positionRow = z
  .object({
    epoch: z.string(),
    started_at: z.number(),
    head: z.number(),
    floor: z.number(),
    floor_at: z.number(),
  })
  .transform(
    (row): Position => ({
      epoch: row.epoch,
      startedAt: row.started_at,
      head: row.head,
      floor: row.floor,
      floorAt: row.floor_at,
    }),
  );

const eventRow = z
  .object({
    id: z.string(),
    seq: z.number(),
    body_hash: z.string(),
    change: z.string(),
    target_keys: z.string(),
    accepted_at: z.number(),
    report: z.string().nullable(),
  })
  .transform(
    (row): StoredEvent => ({
      id: row.id,
      seq: row.seq,
      bodyHash: row.body_hash,
      change: row.change,
      targets: z.array(z.string()).parse(JSON.parse(row.target_keys)).map(targetOfKey),
      acceptedAt: row.accepted_at,
      report: row.report === null ? null : reportSchema.parse(JSON.parse(row.report)),
    }),
  );

const keyRow = z.object({ key: z.string() }).transform(({ key }): Target => targetOfKey(key));
const cutRow = z.object({ seq: z.number(), changed_at: z.number() });

/** The journal of a single bridge, in one SQLite file. */
export function createSqliteJournal({ path, log, limits, now = Date.now }: Options): Journal {
  const database = openDatabase({ path, log, busyMs: limits.sqliteBusyMs, now });
  const inOneCommit = createGroupCommit(database, log);
  const sql = {
    position: database.prepare('SELECT epoch, started_at, head, floor, floor_at FROM position'),
    moveHead: database.prepare('UPDATE position SET head = ?'),
    moveFloor: database.prepare('UPDATE position SET floor = ?, floor_at = max(floor_at, ?)'),
    renew: database.prepare(
      'UPDATE position SET epoch = ?, started_at = ?, head = ?, floor = ?, floor_at = ?',
    ),
    addEvent: database.prepare(
      'INSERT INTO event (id, seq, body_hash, change, target_keys, accepted_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    moveTarget: database.prepare('INSERT OR REPLACE INTO target (key, seq, changed_at) VALUES (?, ?, ?)'),
    eventById: database.prepare('SELECT * FROM event WHERE id = ?'),
    afterSeq: database.prepare('SELECT key FROM target WHERE seq > ? ORDER BY seq LIMIT ?'),
    afterTime: database.prepare('SELECT key FROM target WHERE changed_at >= ? ORDER BY seq LIMIT ?'),
    keepReport: database.prepare('UPDATE event SET report = ?, final = ? WHERE id = ? AND final = 0'),
    unfinished: database.prepare('SELECT * FROM event WHERE final = 0 AND accepted_at >= ? ORDER BY seq'),
    surplusTarget: database.prepare('SELECT seq, changed_at FROM target ORDER BY seq DESC LIMIT 1 OFFSET ?'),
    forgetTargets: database.prepare('DELETE FROM target WHERE seq <= ?'),
    forgetEvents: database.prepare('DELETE FROM event WHERE accepted_at < ? OR seq <= ?'),
  };
  let sinceForgetting = 0;

  const position = () => positionRow.parse(sql.position.get());
  const eventById = (id: string) => {
    const row = sql.eventById.get(id);
    return row ? eventRow.parse(row) : null;
  };

  function write(event: NewEvent): Appended {
    const known = eventById(event.id);
    if (known)
      return known.bodyHash === event.bodyHash ? { kind: 'duplicate', event: known } : { kind: 'id-reused' };
    const seq = position().head + 1;
    const keys = [...new Set(event.targets.map(targetKey))];
    sql.moveHead.run(seq);
    sql.addEvent.run(event.id, seq, event.bodyHash, event.change, JSON.stringify(keys), event.acceptedAt);
    for (const key of keys) sql.moveTarget.run(key, seq, event.acceptedAt);
    sinceForgetting += 1;
    if (sinceForgetting >= limits.forgetEvery) forget(seq);
    return { kind: 'accepted', event: { ...event, seq, report: null } };
  }

  function forget(head: number) {
    sinceForgetting = 0;
    sql.forgetEvents.run(now() - limits.eventsKeptMs, head - limits.eventsKept);
    const surplus = sql.surplusTarget.get(limits.journalTargets);
    if (!surplus) return;
    const cut = cutRow.parse(surplus);
    sql.forgetTargets.run(cut.seq);
    sql.moveFloor.run(cut.seq, cut.changed_at);
    log.warn(
      { floor: cut.seq },
      'The journal is full: pods that were away since before its floor start over',
    );
  }

  return {
    async append(event) {
      const done = await inOneCommit(() => write(event));
      return done.kind === 'committed' ? done.value : { kind: 'unavailable', reason: done.reason };
    },
    async position() {
      return position();
    },
    async changedSince(from, most): Promise<Changes> {
      // Position first: what another process writes between the two reads can only add targets.
      const at = position();
      const rows =
        'seq' in from ? sql.afterSeq.all(from.seq, most + 1) : sql.afterTime.all(from.time, most + 1);
      return { position: at, targets: rows.length > most ? null : rows.map((row) => keyRow.parse(row)) };
    },
    async event(id) {
      return eventById(id);
    },
    async keepReport(report) {
      await inOneCommit(() => sql.keepReport.run(JSON.stringify(report), report.final ? 1 : 0, report.id));
    },
    async unfinished(acceptedSince) {
      return sql.unfinished.all(acceptedSince).map((row) => eventRow.parse(row));
    },
    async startNewEpoch(atLeast) {
      const done = await inOneCommit(() => {
        const at = now();
        const head = Math.max(position().head, atLeast);
        sql.forgetTargets.run(head);
        sql.renew.run(newEpoch(), at, head, head, at);
        return position();
      });
      if (done.kind === 'failed') throw new Error(done.reason);
      return done.value;
    },
    async close() {
      await inOneCommit(() => undefined);
      database.close();
    },
  };
}
