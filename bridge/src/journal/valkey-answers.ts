import { reportSchema, type Target, targetOfKey } from '@everypod/contract';
import { z } from 'zod';
import type { Position, StoredEvent } from './journal.ts';

/** Why a script has started a new epoch; empty when it has not. */
const whySchema = z.enum([
  '',
  'new',
  'lost',
  'torn',
  'out of reach',
  'another replication id',
  'gone back',
  'a pod proves it',
]);
export type WhyRenewed = Exclude<z.infer<typeof whySchema>, ''>;

const number = z.coerce.number();

export type FoundPosition = { position: Position; generation: number; why: z.infer<typeof whySchema> };

const toldPosition = z
  .tuple([z.string(), number, number, number, number, number, whySchema])
  .transform(([epoch, generation, startedAt, head, floor, floorAt, why]): FoundPosition => {
    return { position: { epoch, startedAt, head, floor, floorAt, gaps: [] }, generation, why };
  });

const targetKeys = z.array(z.string());

/** Fields and values in turn, as HGETALL answers. */
function fieldsOf(flat: string[]): unknown {
  return Object.fromEntries(flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]]] : [])));
}

const eventFields = z.object({
  id: z.string(),
  seq: number,
  bodyHash: z.string(),
  change: z.string(),
  targets: z.string(),
  acceptedAt: number,
  report: z.string().optional(),
});

const eventAnswer = z
  .array(z.string())
  .transform(fieldsOf)
  .pipe(eventFields)
  .transform(({ targets, report, ...event }): StoredEvent => {
    return {
      ...event,
      targets: targetKeys.parse(JSON.parse(targets)).map(targetOfKey),
      report: report === undefined ? null : reportSchema.parse(JSON.parse(report)),
    };
  });

/** Of an event that may not be there. */
export const foundEvent = z.union([z.tuple([]).transform(() => null), eventAnswer]);
export const textAnswer = z.string().nullable();
export const idsAnswer = z.array(z.string());
export const positionAnswer = z.tuple([toldPosition]);

export const appendAnswer = z.union([
  z.tuple([toldPosition, z.literal('accepted'), number]),
  z.tuple([toldPosition, z.literal('duplicate'), eventAnswer]),
  z.tuple([toldPosition, z.literal('id-reused')]),
]);

export const vanishedAnswer = z
  .tuple([toldPosition, z.string(), targetKeys, z.array(number)])
  .transform(([found, last, keys, seqs]) => ({ found, last, keys, seqs }));

export const targetsAnswer = z
  .tuple([toldPosition, number, targetKeys, z.array(number)])
  .transform(([found, count, keys, seqs]) => {
    const inOrder = keys.map((key, nth) => ({ key, seq: seqs[nth] ?? 0 })).sort((a, b) => a.seq - b.seq);
    const targets = inOrder.map(({ key }): Target => targetOfKey(key));
    return { found, count, targets, seqs: inOrder.map(({ seq }) => seq) };
  });
