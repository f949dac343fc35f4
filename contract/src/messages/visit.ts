import { z } from 'zod';
import { limits } from '../limits.ts';
import { epochSchema, seqSchema } from './cursor.ts';
import { messageIdSchema } from './event.ts';
import { evidenceSchema } from './evidence.ts';
import { oneKindOf } from './kinds.ts';
import { podIdentitySchema } from './pod-identity.ts';
import { pathSchema } from './target.ts';

/**
 * What came of visiting a path on one pod, the worst first. `failed`: it could not be made. `no page`: nothing answers there.
 * `redirected`: it leads elsewhere. `denied`: who visits without a login is turned away. `left`: nobody visited, so the next
 * visitor makes it. `not cached`: each visitor gets it made anew. `gone`: it is away, as it was to be. `made`: what is stored,
 * and the oldest answer in it that the event touches, began after the event was applied. `seen`: and it said what is new.
 */
export const visitResults = [
  'failed',
  'no page',
  'redirected',
  'denied',
  'left',
  'not cached',
  'gone',
  'made',
  'seen',
] as const;
export const visitResultSchema = z.enum(visitResults);
export type VisitResult = z.infer<typeof visitResultSchema>;

/** One path on one pod. */
export const visitLineSchema = z.object({
  path: z.string().min(1).max(limits.pathCharacters),
  result: visitResultSchema,
  /** The page whose entry serves that path, where it is called otherwise, as behind a rewrite. */
  servedBy: z.string().min(1).max(limits.pathCharacters).optional(),
  /** Where `redirected` leads. */
  to: z.string().max(limits.pathCharacters).optional(),
  /** Of the last answer. */
  status: z.int().min(100).max(599).optional(),
  /** When what is stored was stored, by the pod's clock. */
  madeAt: z.iso.datetime().optional(),
  tries: z.int().min(0),
  /** A sentence that a person can act on. */
  reason: z.string().max(500).optional(),
});
export type VisitLine = z.infer<typeof visitLineSchema>;

/** Of one pod and one event: how many paths were to be visited, what came of them, and the worst of them by name. */
export const visitsSchema = z.object({
  of: z.int().min(0),
  made: z.int().min(0),
  seen: z.int().min(0),
  gone: z.int().min(0),
  failed: z.int().min(0),
  denied: z.int().min(0),
  left: z.int().min(0),
  /** The worst first; the others are counted. */
  paths: z.array(visitLineSchema).max(limits.visitLines),
});
export type Visits = z.infer<typeof visitsSchema>;

/**
 * Bridge to pod, on the push route: "make what you serve at this path anew, and tell what came of it". It is the grant: over
 * all pods a bridge has only a few of them open. Only to a pod that speaks the second protocol.
 */
export const makeQuestionSchema = oneKindOf(
  [
    z.strictObject({
      ask: z.literal('make'),
      epoch: epochSchema,
      upTo: seqSchema,
      event: z.object({
        /** The event's own id, which its evidence is salted with. */
        id: messageIdSchema,
        /** Home address of the site that the change was made on: answers from there must not be older. */
        site: z.url({ protocol: /^https?$/ }).optional(),
        evidence: evidenceSchema.optional(),
      }),
      path: pathSchema,
      /** The pod answers by then. */
      waitMs: z.int().min(0).max(limits.makeWaitMs),
    }),
  ],
  // Those of a push.
  ['after', 'targets', 'everything'],
);
export type MakeQuestion = z.infer<typeof makeQuestionSchema>;

export const makeAnswerSchema = z.object({
  ok: z.boolean(),
  pod: podIdentitySchema,
  visit: visitLineSchema,
});
export type MakeAnswer = z.infer<typeof makeAnswerSchema>;
