import { randomInt } from 'node:crypto';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { type Changes, type Journal, JournalUnavailable, type NewEvent, type Position } from './journal.ts';
import { newName } from './names.ts';
import { copyApart, type UnderWay } from './sqlite-apart.ts';
import { createAppend } from './sqlite-append.ts';
import { placeForCopy, remove } from './sqlite-aside.ts';
import { createConnection } from './sqlite-connection.ts';
import { forgetSurplus } from './sqlite-forget.ts';
import { createGroupCommit } from './sqlite-group-commit.ts';
import { inMemory } from './sqlite-open.ts';
import { createRefusals } from './sqlite-refusals.ts';
import { fitToDisk } from './sqlite-room.ts';
import { aboutById, eventById, eventRow, readChanges, readPosition, readVanished } from './sqlite-rows.ts';

type Options = { path: string; log: Log; limits: Limits; now?: () => number };

export type SqliteJournal = Journal & {
  /** Resolves once it can be asked, or will be without being opened anew; rejects with what is wrong with the place. */
  opened(): Promise<void>;
};

/**
 * The journal of a single bridge, in one SQLite file, which is opened at once unless it is large.
 * @throws what is wrong with the place, or that another bridge has it
 */
export function createSqliteJournal({ path, log, limits, now = Date.now }: Options): SqliteJournal {
  const connection = createConnection({ path, log, limits, now });
  const inOneCommit = createGroupCommit({
    database() {
      const { database } = connection.use();
      fitToDisk(database, path, limits);
      return database;
    },
    requireInPlace: connection.requireInPlace,
    log,
    limits,
    recover: connection.recover,
  });
  const touch = () => inOneCommit(() => connection.use().sql.touch.run());
  const refusals = createRefusals({ touch, rehearse, limits });
  const append = createAppend({ limits, forget: (sql) => forgetSurplus(sql, { path, log, limits, now }) });
  const write = (event: NewEvent) => append(connection.use().sql, event);
  const position = (): Position => connection.read(readPosition);
  let renewing: Promise<Position> | null = null;
  let copying: UnderWay | null = null;

  /**
   * Journals its targets, which invalidates them once more than needed, under an id that nobody asks for: less than that
   * would not show that it fits.
   */
  async function rehearse(event: NewEvent) {
    const done = await inOneCommit(() => {
      const { sql } = connection.use();
      const id = newName();
      append(sql, { ...event, id });
      sql.endEvent.run(id);
      sql.forgetAbout.run(id);
      return readPosition(sql);
    });
    if (done.kind === 'committed') connection.saw(done.value.head);
    return done;
  }

  async function renew(insteadOf: string): Promise<Position> {
    const before = position();
    if (before.epoch !== insteadOf || beganWithinLease(before, now(), limits)) return before;
    const aside = await keepCopy();
    log.error(
      { path, aside, epoch: insteadOf },
      'The journal has gone back, as a pod proves: a new epoch begins',
    );
    const done = await inOneCommit(() => {
      const { sql } = connection.use();
      const at = now();
      // Another file may have been found at its path meanwhile.
      if (readPosition(sql).epoch !== insteadOf) return readPosition(sql);
      const head = readPosition(sql).head + randomInt(limits.gapLeast, limits.gapMost + 1);
      sql.forgetGaps.run(head);
      sql.renew.run(newName(), at, head, head, at);
      return readPosition(sql);
    });
    if (done.kind === 'failed') throw new JournalUnavailable(done.reason);
    connection.saw(done.value.head);
    // Apart, as it takes more room than a full disk may have: what stays is below the floor, and nobody is sent it.
    await inOneCommit(() => connection.use().sql.forgetTargets.run(done.value.floor));
    return done.value;
  }

  /** A copy that can't be made must not keep pods from the truth. */
  async function keepCopy(): Promise<string> {
    if (path === inMemory) return 'none, as it is in memory';
    try {
      const place = placeForCopy(connection.use().database, { path, limits, now: now() });
      if (place === null) return 'none, as room is short';
      copying = copyApart(path, place);
      if ((await copying.said) === 'copied') return place;
      remove(place);
      return 'none, as it could not be made';
    } catch (error) {
      return `none (${error instanceof Error ? error.message : error})`;
    } finally {
      copying = null;
    }
  }

  return {
    opened: connection.opened,
    async append(event) {
      const done = await inOneCommit(() => write(event));
      refusals.note(event, done);
      if (done.kind === 'failed') return { kind: 'unavailable', reason: done.reason };
      if (done.value.kind === 'accepted') connection.saw(done.value.event.seq);
      return done.value;
    },
    async position() {
      return position();
    },
    async changedSince(from, most): Promise<Changes> {
      return connection.read((sql) => {
        // Position first: what another process writes between the two reads can only add targets.
        const at = readPosition(sql);
        return { position: at, ...readChanges(sql, from, most) };
      });
    },
    async vanishedSince(from, most): Promise<Changes> {
      return connection.read((sql) => {
        const at = readPosition(sql);
        return { position: at, ...readVanished(sql, from, most) };
      });
    },
    async event(id) {
      return connection.read((sql) => eventById(sql, id));
    },
    async about(id) {
      return connection.read((sql) => aboutById(sql, id));
    },
    async keepReport(report) {
      const done = await inOneCommit(() => {
        const { sql } = connection.use();
        sql.keepReport.run(JSON.stringify(report), report.final ? 1 : 0, report.id);
        if (report.final) sql.forgetAbout.run(report.id);
      });
      if (done.kind === 'failed') throw new JournalUnavailable(done.reason);
    },
    async unfinished(acceptedSince) {
      return connection.read((sql) => sql.unfinished.all(acceptedSince).map((row) => eventRow.parse(row)));
    },
    startNewEpoch(insteadOf) {
      renewing ??= renew(insteadOf).finally(() => {
        renewing = null;
      });
      return renewing;
    },
    async trouble() {
      const moved = connection.leaveMoved();
      if (moved !== null) return moved;
      position();
      return refusals.reason();
    },
    async close() {
      copying?.stop();
      if (connection.isOpen()) await inOneCommit(() => undefined);
      connection.close();
    },
  };
}

/** A clock that was set since then ends no lease, and makes none longer than twice. */
function beganWithinLease({ startedAt }: Position, now: number, { leaseMs }: Limits): boolean {
  return Math.abs(now - startedAt) < leaseMs;
}
