import { randomInt } from 'node:crypto';
import { targetKey } from '@everypod/contract';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import {
  type Appended,
  type Changes,
  type Journal,
  JournalUnavailable,
  type NewEvent,
  type Position,
} from './journal.ts';
import { newName } from './names.ts';
import { copyAside } from './sqlite-aside.ts';
import { createGroupCommit } from './sqlite-group-commit.ts';
import { isBroken, openAnew, openDatabase } from './sqlite-open.ts';
import { cutRow, eventRow, gapRow, keyRow, positionRow } from './sqlite-rows.ts';
import { prepareStatements } from './sqlite-statements.ts';

type Options = { path: string; log: Log; limits: Limits; now?: () => number };

/** The journal of a single bridge, in one SQLite file. */
export function createSqliteJournal({ path, log, limits, now = Date.now }: Options): Journal {
  let database = openDatabase({ path, log, limits, now });
  let sql = prepareStatements(database);
  const inOneCommit = createGroupCommit({ database: () => database, log, broken: startOver });
  const life = newName();
  let headSeen = 0;
  let sinceForgetting = 0;
  let renewing: Promise<Position> | null = null;

  /** A file that turns out to be broken while it is in use fares like one that is found so. */
  function startOver(error: Error) {
    database.close();
    database = openAnew({ path, log, limits, now }, error.message);
    sql = prepareStatements(database);
    const at = now();
    // Events that are under way keep their numbers, so those of the new epoch go on from there.
    sql.renew.run(newName(), at, headSeen, headSeen, at);
  }

  function reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!isBroken(error)) throw error;
      startOver(error);
      return read();
    }
  }

  const position = (): Position => {
    const { life: _, ...row } = positionRow.parse(sql.position.get());
    return { ...row, gaps: sql.gaps.all().map((gap) => gapRow.parse(gap)) };
  };
  const eventById = (id: string) => {
    const row = sql.eventById.get(id);
    return row ? eventRow.parse(row) : null;
  };

  headSeen = reading(position).head;

  function write(event: NewEvent): Appended {
    const known = eventById(event.id);
    if (known)
      return known.bodyHash === event.bodyHash ? { kind: 'duplicate', event: known } : { kind: 'id-reused' };
    const seq = headOfThisLife() + 1;
    const keys = [...new Set(event.targets.map(targetKey))];
    sql.moveHead.run(seq, life);
    sql.addEvent.run(event.id, seq, event.bodyHash, event.change, JSON.stringify(keys), event.acceptedAt);
    for (const key of keys) sql.moveTarget.run(key, seq, event.acceptedAt);
    headSeen = seq;
    sinceForgetting += 1;
    if (sinceForgetting >= limits.forgetEvery) forget();
    return { kind: 'accepted', event: { ...event, seq, report: null } };
  }

  /** Jumps ahead before the first event of each life but the very first, and remembers the numbers left out. */
  function headOfThisLife(): number {
    const { head, life: writer } = positionRow.parse(sql.position.get());
    if (writer === life || writer === '') return head;
    const after = head + randomInt(limits.gapLeast, limits.gapMost + 1);
    sql.addGap.run(head, after);
    const surplus = sql.surplusGap.get(limits.gapsRemembered);
    if (surplus) {
      const oldest = gapRow.parse(surplus);
      sql.forgetGaps.run(oldest.before);
      sql.moveFloor.run(oldest.after, 0);
    }
    return after;
  }

  function forget() {
    sinceForgetting = 0;
    sql.forgetEvents.run(now() - limits.eventsKeptMs, limits.eventsKept);
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

  async function renew(insteadOf: string, atLeast: number): Promise<Position> {
    if (position().epoch !== insteadOf) return position();
    log.error(
      { path, aside: keepCopy(), epoch: insteadOf },
      'The journal has gone back, as a pod proves: a new epoch begins',
    );
    const done = await inOneCommit(() => {
      const at = now();
      const head = Math.max(position().head, atLeast);
      sql.forgetTargets.run(head);
      sql.forgetGaps.run(head);
      sql.renew.run(newName(), at, head, head, at);
      return position();
    });
    if (done.kind === 'failed') throw new JournalUnavailable(done.reason);
    return done.value;
  }

  /** A copy that can't be made, on a full disk for instance, must not keep pods from the truth. */
  function keepCopy(): string {
    if (path === ':memory:') return 'none, as it is in memory';
    try {
      return copyAside(database, { path, limits, now: now() });
    } catch (error) {
      return `none (${error instanceof Error ? error.message : error})`;
    }
  }

  return {
    async append(event) {
      const done = await inOneCommit(() => write(event));
      return done.kind === 'committed' ? done.value : { kind: 'unavailable', reason: done.reason };
    },
    async position() {
      return reading(position);
    },
    async changedSince(from, most): Promise<Changes> {
      return reading(() => {
        // Position first: what another process writes between the two reads can only add targets.
        const at = position();
        const rows =
          'seq' in from ? sql.afterSeq.all(from.seq, most + 1) : sql.afterTime.all(from.time, most + 1);
        return { position: at, targets: rows.length > most ? null : rows.map((row) => keyRow.parse(row)) };
      });
    },
    async event(id) {
      return reading(() => eventById(id));
    },
    async keepReport(report) {
      const done = await inOneCommit(() =>
        sql.keepReport.run(JSON.stringify(report), report.final ? 1 : 0, report.id),
      );
      if (done.kind === 'failed') throw new JournalUnavailable(done.reason);
    },
    async unfinished(acceptedSince) {
      return reading(() => sql.unfinished.all(acceptedSince).map((row) => eventRow.parse(row)));
    },
    startNewEpoch(insteadOf, atLeast) {
      renewing ??= renew(insteadOf, atLeast).finally(() => {
        renewing = null;
      });
      return renewing;
    },
    async trouble() {
      reading(position);
      return null;
    },
    async close() {
      await inOneCommit(() => undefined);
      database.close();
    },
  };
}
