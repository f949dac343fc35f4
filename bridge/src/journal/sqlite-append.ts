import { randomInt } from 'node:crypto';
import { targetKey } from '@everypod/contract';
import type { Limits } from '../limits.ts';
import type { Appended, NewEvent } from './journal.ts';
import { newName } from './names.ts';
import { eventById, gapRow, positionRow } from './sqlite-rows.ts';
import type { Statements } from './sqlite-statements.ts';

type Options = { limits: Limits; forget: (sql: Statements) => void };

/** Writes an event and its targets, within a transaction. */
export function createAppend({ limits, forget }: Options) {
  const life = newName();
  let sinceForgetting = 0;

  /** Jumps ahead before the first event of each life but the very first, and remembers the numbers left out. */
  function headOfThisLife(sql: Statements): number {
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

  return function append(sql: Statements, { about, ...event }: NewEvent): Appended {
    const known = eventById(sql, event.id);
    if (known)
      return known.bodyHash === event.bodyHash ? { kind: 'duplicate', event: known } : { kind: 'id-reused' };
    const seq = headOfThisLife(sql) + 1;
    const keys = [...new Set(event.targets.map(targetKey))];
    sql.moveHead.run(seq, life);
    sql.addEvent.run(event.id, seq, event.bodyHash, event.change, JSON.stringify(keys), event.acceptedAt);
    if (about) sql.addAbout.run(event.id, JSON.stringify(about));
    for (const key of keys) sql.moveTarget.run(key, seq, event.acceptedAt);
    sinceForgetting += 1;
    if (sinceForgetting >= limits.forgetEvery) {
      sinceForgetting = 0;
      forget(sql);
    }
    return { kind: 'accepted', event: { ...event, seq, report: null } };
  };
}
