import { z } from 'zod';
import { limits } from '../limits.ts';
import { pushAnswerSchema } from './push.ts';
import { targetSchema } from './target.ts';

/** Pod to pod, without a bridge: `POST <same path>?fanout=1`. Whoever gets it applies it and calls nobody. */
export const relaySchema = z.object({
  targets: z.array(targetSchema).min(1).max(limits.targetsPerEvent),
});
export type Relay = z.infer<typeof relaySchema>;

/** What the other pod answers: who it is. It moves no cursor, so it tells none. */
export const relayAnswerSchema = pushAnswerSchema.omit({
  cursor: true,
  settled: true,
  how: true,
  held: true,
  visits: true,
  pages: true,
});
export type RelayAnswer = z.infer<typeof relayAnswerSchema>;
