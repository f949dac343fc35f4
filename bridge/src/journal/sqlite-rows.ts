import { reportSchema, type Target, targetOfKey } from '@everypod/contract';
import { z } from 'zod';
import { type About, aboutOf } from './about.ts';
import type { Changes, Gap, Position, StoredEvent } from './journal.ts';
import type { Statements } from './sqlite-statements.ts';

/** Where the journal is, without the gaps, which have rows of their own. */
export const positionRow = z
  .object({
    epoch: z.string(),
    started_at: z.number(),
    head: z.number(),
    floor: z.number(),
    floor_at: z.number(),
    life: z.string(),
  })
  .transform(({ started_at, floor_at, ...row }) => ({
    ...row,
    startedAt: started_at,
    floorAt: floor_at,
  })) satisfies z.ZodType<Omit<Position, 'gaps'>>;

export const gapRow = z.object({ before: z.number(), after: z.number() }) satisfies z.ZodType<Gap>;

export const eventRow = z
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

const aboutRow = z.object({ about: z.string() });
const keyRow = z.object({ key: z.string(), seq: z.number() });
export const cutRow = z.object({ seq: z.number(), changed_at: z.number() });
export const countRow = z.object({ count: z.number() });

export function readPosition(sql: Statements): Position {
  const { life: _, ...row } = positionRow.parse(sql.position.get());
  return { ...row, gaps: sql.gaps.all().map((gap) => gapRow.parse(gap)) };
}

/** Null when there are more: those are counted, and not read. */
export function readChanges(
  sql: Statements,
  from: { seq: number } | { time: number },
  most: number,
): Omit<Changes, 'position'> {
  const [point, count, read] =
    'seq' in from
      ? [from.seq, sql.countAfterSeq, sql.afterSeq]
      : [from.time, sql.countAfterTime, sql.afterTime];
  if (countRow.parse(count.get(point, most + 1)).count > most) return { targets: null, seqs: [] };
  return changesOf(read.all(point, most));
}

/** Those that vanish. */
export function readVanished(
  sql: Statements,
  from: { seq: number } | { time: number },
  most: number,
): Omit<Changes, 'position'> {
  const found =
    'seq' in from
      ? sql.vanishedAfterSeq.all(from.seq, most + 1)
      : sql.vanishedAfterTime.all(from.time, most + 1);
  return found.length > most ? { targets: null, seqs: [] } : changesOf(found);
}

function changesOf(found: unknown[]): Omit<Changes, 'position'> {
  const rows = found.map((row) => keyRow.parse(row));
  return { targets: rows.map(({ key }): Target => targetOfKey(key)), seqs: rows.map(({ seq }) => seq) };
}

export function eventById(sql: Statements, id: string): StoredEvent | null {
  const row = sql.eventById.get(id);
  return row ? eventRow.parse(row) : null;
}

export function aboutById(sql: Statements, id: string): About | null {
  const row = sql.aboutById.get(id);
  return row ? aboutOf(aboutRow.parse(row).about) : null;
}
