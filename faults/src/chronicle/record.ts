import { cursorSchema } from '@everypod/contract';
import { z } from 'zod';

const at = z.number();
const cursor = cursorSchema.nullable();
/** What is on a page, as the origin counts it. */
const effect = z.strictObject({ path: z.string(), version: z.int() });

/** One line of a chronicle: what one process saw or did, written down at once and read only after the run. */
export const recordSchema = z.discriminatedUnion('what', [
  // The sender.
  z.strictObject({
    what: z.literal('saved'),
    at,
    id: z.string(),
    effects: z.array(effect),
    /** Keys of the event's targets, see `targetKey`. */
    targets: z.array(z.string()),
  }),
  /** `seq`: null when a bridge has fetched the event, and said only that it has it. */
  z.strictObject({ what: z.literal('accepted'), at, id: z.string(), seq: z.int().nullable() }),
  z.strictObject({ what: z.literal('not accepted'), at, id: z.string(), reason: z.string() }),
  z.strictObject({
    what: z.literal('report'),
    at,
    id: z.string(),
    state: z.string(),
    final: z.boolean(),
    seq: z.int(),
    /** Instances whose line says applied; `settled` those of them with a time of settling. */
    applied: z.array(z.string()),
    settled: z.array(z.string()),
    others: z.int(),
  }),
  // Hosts, which run pods.
  z.strictObject({
    what: z.literal('born'),
    at,
    ip: z.string(),
    pod: z.string(),
    instance: z.string(),
    host: z.string(),
    /** When its content was fetched, as a monotonic time. */
    contentFrom: z.number(),
    /** Whether what it applies is written down; a real Next.js pod is judged by its pages alone. */
    logs: z.boolean(),
    guarded: z.boolean(),
    /** By how much this pod's own bound is shorter: behind a guard the render under way stands in for the settling delay. */
    shorterMs: z.number(),
  }),
  z.strictObject({ what: z.literal('died'), at, instance: z.string() }),
  /** `keys`: those of the invalidator's calls, or `everything`. */
  z.strictObject({ what: z.literal('applied'), at, instance: z.string(), keys: z.array(z.string()) }),
  /** Calls that the framework would not have heard. */
  z.strictObject({ what: z.literal('unheard'), at, instance: z.string(), keys: z.array(z.string()) }),
  z.strictObject({ what: z.literal('stalled'), at, process: z.string(), from: z.number() }),
  // What surrounds them.
  z.strictObject({
    what: z.literal('probe'),
    at,
    from: z.number(),
    ip: z.string(),
    /** The status, or 0 when nothing was answered. */
    status: z.int(),
    instance: z.string(),
    cursor,
    settled: cursor,
    readyBy: z.string(),
  }),
  z.strictObject({
    what: z.literal('read'),
    at,
    from: z.number(),
    ip: z.string(),
    instance: z.string(),
    versions: z.record(z.string(), z.int()),
    /** The first answer of a pod that has just become ready. */
    first: z.boolean(),
  }),
  /** A pod's signed answer to a push that the suite itself sent. */
  z.strictObject({ what: z.literal('answered'), at, instance: z.string(), cursor, settled: cursor }),
  /** Where the journal was, as the bridge told. */
  z.strictObject({ what: z.literal('head'), at, epoch: z.string(), seq: z.int() }),
  z.strictObject({ what: z.literal('frozen'), at, process: z.string() }),
  z.strictObject({ what: z.literal('thawed'), at, process: z.string() }),
  /** Whether any bridge answered that it is ready. */
  z.strictObject({ what: z.literal('reach'), at, inReach: z.boolean() }),
  /** A pod that cannot reach, or cannot be believed by, a bridge that is up: cut off, or its clock is off. */
  z.strictObject({ what: z.literal('cut off'), at, ip: z.string(), reason: z.string() }),
  z.strictObject({ what: z.literal('joined'), at, ip: z.string(), reason: z.string() }),
  z.strictObject({
    what: z.literal('fault'),
    at,
    /** When it was begun, or ended; `at`, once it was. */
    from: z.number(),
    name: z.string(),
    phase: z.enum(['begins', 'ends']),
    on: z.string(),
  }),
  /** `broken`: not for want of a victim; the suite itself failed. */
  z.strictObject({
    what: z.literal('not injected'),
    at,
    name: z.string(),
    reason: z.string(),
    broken: z.boolean(),
  }),
  /** The journal's disk went back to what it was before `since`, 0 for nobody knows when. */
  z.strictObject({ what: z.literal('gone back'), at, since: z.number() }),
  z.strictObject({ what: z.literal('quiet'), at, phase: z.enum(['begins', 'ends']) }),
  /** A message that nobody may act on, and the status that it was answered with; 0 for none. */
  z.strictObject({
    what: z.literal('forged'),
    at,
    kind: z.string(),
    on: z.string(),
    status: z.int(),
    mark: z.string(),
  }),
  z.strictObject({
    what: z.literal('sample'),
    at,
    process: z.string(),
    kind: z.enum(['bridge', 'host', 'journal', 'valkey', 'next']),
    memoryBytes: z.number(),
    descriptors: z.int(),
    sockets: z.int(),
    diskBytes: z.number(),
  }),
  /** What stood at the end of a quiet window. */
  z.strictObject({
    what: z.literal('standing'),
    at,
    head: cursor,
    waiting: z.int(),
    pods: z.array(z.strictObject({ ip: z.string(), ready: z.boolean(), cursor, settled: cursor })),
    wanted: z.int(),
  }),
  /** Something that is checked while it happens, such as an event that must be in the journal after a kill. */
  z.strictObject({ what: z.literal('checked'), at, name: z.string(), ok: z.boolean(), detail: z.string() }),
]);

export type Record = z.infer<typeof recordSchema>;
export type RecordOf<What extends Record['what']> = Extract<Record, { what: What }>;
