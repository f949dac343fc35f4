import { z } from 'zod';
import { cursorSchema, epochSchema, seqSchema } from './cursor.ts';
import { oneKindOf } from './kinds.ts';
import { builtAtSchema, podIdentitySchema } from './pod-identity.ts';
import { howSettledShape } from './settled.ts';
import { targetSchema } from './target.ts';

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
});
export type CatchUp = z.infer<typeof catchUpSchema>;

/** The bridge's answer, in one piece. */
export const catchUpAnswerSchema = oneKindOf(
  [
    z.strictObject({ epoch: epochSchema, upTo: seqSchema, targets: z.array(targetSchema) }),
    z.strictObject({ epoch: epochSchema, upTo: seqSchema, everything: z.literal(true) }),
  ],
  // A push has all that an answer has.
  ['after'],
);
export type CatchUpAnswer = z.infer<typeof catchUpAnswerSchema>;
