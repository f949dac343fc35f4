import { z } from 'zod';
import { limits } from '../limits.ts';

/**
 * By what a page can be known to show a change: runs of new words of what anyone may read, each as the first 16 hexadecimal
 * digits of SHA-256 over the event's id, a line feed and the words, in lower case with one space between them. No text.
 */
export const evidenceSchema = z.object({
  words: z.int().min(1).max(limits.evidenceWords),
  runs: z
    .array(z.string().regex(/^[0-9a-f]{16}$/))
    .min(1)
    .max(limits.evidenceRuns),
});
export type Evidence = z.infer<typeof evidenceSchema>;
