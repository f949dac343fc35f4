import { z } from 'zod';
import { limits } from '../limits.ts';

/** The random name of one journal's life. */
export const epochSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, 'an epoch is 8 to 64 of A-Z a-z 0-9 _ -');

/** A position in a journal. 0 is the empty journal. */
export const seqSchema = z.int().min(0).max(limits.seqMost);

/** How far one pod process has got, in which life of the journal. */
export const cursorSchema = z.object({ epoch: epochSchema, seq: seqSchema });
export type Cursor = z.infer<typeof cursorSchema>;
