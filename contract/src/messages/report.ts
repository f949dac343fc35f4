import { z } from 'zod';
import { seqSchema } from './cursor.ts';
import { messageIdSchema } from './event.ts';
import { howSettledShape } from './settled.ts';
import { targetSchema } from './target.ts';
import { visitsSchema } from './visit.ts';

/**
 * One pod's line. `asked`: a push is under way. `starting`: listed by DNS, but not yet listening. `told`: it answered 2xx to
 * a call that moves no cursor, so whether its pages are new can't be known.
 */
export const podStates = [
  'asked',
  'applied',
  'behind',
  'refused',
  'failed',
  'unreachable',
  'starting',
  'gone',
  'told',
] as const;
export const podStateSchema = z.enum(podStates);
export type PodState = z.infer<typeof podStateSchema>;

export const eventStateSchema = z.enum(['accepted', 'applied', 'settled']);
export type EventState = z.infer<typeof eventStateSchema>;

export const podLineSchema = z.object({
  name: z.string(),
  ip: z.string(),
  /** Empty until the pod has said who it is. */
  instance: z.string(),
  state: podStateSchema,
  /** From the first attempt to the last answer, or so far. */
  ms: z.int().min(0),
  attempts: z.int().min(0),
  /** A sentence that a person can act on. */
  reason: z.string().optional(),
  /** When the pod got there by asking, not by the push. */
  caughtUpAt: z.iso.datetime().optional(),
  settledAt: z.iso.datetime().optional(),
  ...howSettledShape,
  /** What came of visiting the event's paths. Only for who speaks the second protocol; left out where nothing was visited. */
  visits: visitsSchema.optional(),
});
export type PodLine = z.infer<typeof podLineSchema>;

export const discoveryLineSchema = z.object({
  service: z.string(),
  addresses: z.int().min(0),
  ms: z.int().min(0),
  /** True when DNS gave no answer and the last good one was used. */
  stale: z.boolean().optional(),
  /** A sentence that says why there are no addresses, or fewer than DNS listed. */
  reason: z.string().optional(),
});
export type DiscoveryLine = z.infer<typeof discoveryLineSchema>;

/** `GET /v1/events/{id}` and the answer to `POST /v1/events`: what each pod answered for one event. */
export const reportSchema = z.object({
  id: messageIdSchema,
  state: eventStateSchema,
  /** No line will change any more. */
  final: z.boolean(),
  seq: seqSchema,
  acceptedAt: z.iso.datetime(),
  targets: z.array(targetSchema),
  discovery: z.array(discoveryLineSchema),
  pods: z.array(podLineSchema),
  counts: z.object({
    pods: z.int().min(0),
    asked: z.int().min(0),
    applied: z.int().min(0),
    behind: z.int().min(0),
    refused: z.int().min(0),
    failed: z.int().min(0),
    unreachable: z.int().min(0),
    starting: z.int().min(0),
    gone: z.int().min(0),
    /** Left out by bridges of before that word. */
    told: z.int().min(0).optional(),
    settled: z.int().min(0),
  }),
  /** Why the event is where it is, when no pod's line says it: no pods, no DNS. */
  reason: z.string().optional(),
});
export type Report = z.infer<typeof reportSchema>;
