import { z } from 'zod';
import { cursorSchema, epochSchema, seqSchema } from './cursor.ts';
import { builtAtSchema, podIdentitySchema } from './pod-identity.ts';
import { targetSchema } from './target.ts';

/** `POST /v1/catch-up`: "what have I missed since my cursor, or since I was built?" */
export const catchUpSchema = z.strictObject({
  pod: podIdentitySchema,
  cursor: cursorSchema.nullable(),
  settled: cursorSchema.nullable(),
  builtAt: builtAtSchema,
});
export type CatchUp = z.infer<typeof catchUpSchema>;

/** The bridge's answer, in one piece. */
export const catchUpAnswerSchema = z.union([
  z.strictObject({ epoch: epochSchema, upTo: seqSchema, targets: z.array(targetSchema) }),
  z.strictObject({ epoch: epochSchema, upTo: seqSchema, everything: z.literal(true) }),
]);
export type CatchUpAnswer = z.infer<typeof catchUpAnswerSchema>;
