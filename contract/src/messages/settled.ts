import { z } from 'zod';
import { limits } from '../limits.ts';
import { cursorSchema, epochSchema, seqSchema } from './cursor.ts';
import { type Keyless, keylessSchema } from './keyless.ts';
import { oneKindOf } from './kinds.ts';
import { builtAtSchema, podIdentitySchema } from './pod-identity.ts';

/**
 * By what a pod has settled. `drained`: every render that began before the invalidation has ended. `capped`: all but those
 * that are named beside it, for which nobody waits any longer. `second pass`: the same was applied once more.
 */
export const settledWays = ['drained', 'capped', 'second pass'] as const;
export const settledWaySchema = z.enum(settledWays);
export type SettledWay = z.infer<typeof settledWaySchema>;

/** Renders that had not ended when the cap was reached: a few by their path, the others by their number. */
export const heldSchema = z.object({
  renders: z
    .array(
      z.object({
        path: z.string().min(1).max(limits.heldPathCharacters),
        /** How long it had been under way. */
        forMs: z.int().min(0),
      }),
    )
    .min(1)
    .max(limits.heldRenders),
  /** How many more there were; left out where there were none. */
  more: z.int().min(1).optional(),
});
export type Held = z.infer<typeof heldSchema>;

/** Stands beside `settled` where it is told how it got there. Only to a peer that speaks the second protocol. */
export const howSettledShape = {
  how: settledWaySchema.optional(),
  /** With `capped`. */
  held: heldSchema.optional(),
  /** It gives its former pages while their content can't be had from where it comes, and settles nothing meanwhile. */
  keeps: z.literal(true).optional(),
  /** It has heard no keys, so that its pages go by paths and tags, or with every change. */
  keyless: keylessSchema.optional(),
};
export type HowSettled = {
  how?: SettledWay | undefined;
  held?: Held | undefined;
  keeps?: true | undefined;
  keyless?: Keyless | undefined;
};

/**
 * Bridge to pod, on the push route, right after the pod has answered a push: "tell me when you have settled up to here".
 * Only to a pod that speaks the second protocol: for one of the first it would be no push.
 */
export const settledQuestionSchema = oneKindOf(
  [
    z.strictObject({
      ask: z.literal('settled'),
      epoch: epochSchema,
      upTo: seqSchema,
      /** The pod answers as things stand once this is over, or sooner where it can't wait. */
      waitMs: z.int().min(0).max(limits.settledWaitMs),
    }),
  ],
  // Those of a push.
  ['after', 'targets', 'everything'],
);
export type SettledQuestion = z.infer<typeof settledQuestionSchema>;

/** The pod's answer: with `how` where it has settled that far, by the least sure of all ways since. */
export const settledAnswerSchema = z.object({
  ok: z.boolean(),
  pod: z.object({ ...podIdentitySchema.shape, builtAt: builtAtSchema }),
  cursor: cursorSchema.nullable(),
  settled: cursorSchema.nullable(),
  ...howSettledShape,
});
export type SettledAnswer = z.infer<typeof settledAnswerSchema>;
