import { z } from 'zod';
import { cursorSchema, epochSchema, seqSchema } from './cursor.ts';
import { oneKindOf } from './kinds.ts';
import { builtAtSchema, podIdentitySchema } from './pod-identity.ts';
import { howSettledShape } from './settled.ts';
import { targetSchema, vanishingShape } from './target.ts';

/**
 * For want of a bridge a pod invalidated everything: as it started, when its limit had passed, or at the end of a lease.
 */
export const withoutBridgeSchema = z.enum(['start limit', 'lease']);
export type WithoutBridge = z.infer<typeof withoutBridgeSchema>;

/** `POST /v1/catch-up`: "what have I missed since my cursor, or since I was built?" */
export const catchUpSchema = z.object({
  pod: podIdentitySchema,
  cursor: cursorSchema.nullable(),
  settled: cursorSchema.nullable(),
  ...howSettledShape,
  builtAt: builtAtSchema,
  /** What it had to do since it last heard from a bridge; left out where that was nothing. */
  withoutBridge: withoutBridgeSchema.optional(),
  /** Up to here it has applied, in slices, what it had missed: they go on from here. Its cursor stays until the last. */
  slicesUpTo: cursorSchema.optional(),
  /** A slice could not be applied whole, and none can come behind it: it wants all at once. */
  inOnePiece: z.literal(true).optional(),
});
export type CatchUp = z.infer<typeof catchUpSchema>;

/** The bridge's answer: all that was missed, or the oldest slice of it. */
export const catchUpAnswerSchema = oneKindOf(
  [
    z.strictObject({
      epoch: epochSchema,
      upTo: seqSchema,
      targets: z.array(targetSchema),
      /** Behind `upTo` there is more, so no cursor may stand there yet; only for who speaks the second protocol. */
      more: z.literal(true).optional(),
    }),
    z.strictObject({ epoch: epochSchema, upTo: seqSchema, everything: z.literal(true), ...vanishingShape }),
  ],
  // A push has all that an answer has.
  ['after'],
);
export type CatchUpAnswer = z.infer<typeof catchUpAnswerSchema>;
