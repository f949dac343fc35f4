import { z } from 'zod';
import { limits } from '../limits.ts';
import { cursorSchema, epochSchema, seqSchema } from './cursor.ts';
import { messageIdSchema } from './event.ts';
import { builtAtSchema, podIdentitySchema } from './pod-identity.ts';
import { howSettledShape } from './settled.ts';
import { pathSchema, targetSchema, vanishingShape } from './target.ts';

/**
 * For what a push is sent, where it carries that and nothing older: the bridge comes back and grants visits of its pages. Only
 * to a pod that speaks the second protocol.
 */
export const pushedEventSchema = z.object({
  id: messageIdSchema,
  /** Where the content comes from, as WordPress calls itself. */
  site: z.url({ protocol: /^https?$/ }).optional(),
  /** How long ago WordPress said it: it was there then. Left out where that is not known. */
  ageMs: z.int().min(0).optional(),
  /** For so long the pod may give visitors the pages as they were, until each has been made anew. */
  keepMs: z.int().min(0).max(limits.keepMs),
});

/** Bridge to pod: the event's own targets, and every other journal target in (after, upTo]. */
export const pushSchema = z
  .object({
    epoch: epochSchema,
    after: seqSchema,
    upTo: seqSchema,
    targets: z.array(targetSchema),
    everything: z.literal(true).optional(),
    /** Since `after`: of a pod that was not there yet it is not known. */
    ...vanishingShape,
    event: pushedEventSchema.optional(),
  })
  .refine((push) => push.after <= push.upTo, { message: 'after is at most upTo', path: ['after'] });
export type Push = z.infer<typeof pushSchema>;

/** Pod to bridge: who answered, and how far it has got. */
export const pushAnswerSchema = z.object({
  ok: z.boolean(),
  pod: z.object({ ...podIdentitySchema.shape, builtAt: builtAtSchema }),
  cursor: cursorSchema.nullable(),
  settled: cursorSchema.nullable(),
  ...howSettledShape,
  /** It takes grants of visits: a guard sees there what is made. Only to a peer that speaks the second protocol. */
  visits: z.literal(true).optional(),
  /** Public paths of pages that carry tags of this push, as its visitors ask for them; those asked for most first. */
  pages: z.array(pathSchema).max(limits.visitPaths).optional(),
  /** Targets that this pod has no way to invalidate, each with a sentence why. */
  cannot: z
    .array(z.object({ target: targetSchema, reason: z.string().max(500) }))
    .max(20)
    .optional(),
  /** With `ok: false`: a sentence why nothing, or not everything, was applied. */
  reason: z.string().max(500).optional(),
});
export type PushAnswer = z.infer<typeof pushAnswerSchema>;
