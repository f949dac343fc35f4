import { z } from 'zod';
import { limits } from '../limits.ts';

/** Of a post, by the time that WordPress itself gives as that of its last modification. */
export const versionSchema = z.object({
  /** The post's id, as the event's subject has it. */
  post: z.string().regex(/^[1-9][0-9]{0,19}$/),
  /** UTC, to the second, as WordPress keeps it. */
  modified: z.iso.datetime({ precision: 0 }),
});
export type Version = z.infer<typeof versionSchema>;

/**
 * By what a page can be known to show a change, the one or the other or both. Runs of new words of what anyone may read, each
 * as the first 16 hexadecimal digits of SHA-256 over the event's id, a line feed and the words, in lower case with one space
 * between them: no text. And the version of the post that is new, for pages that name theirs.
 */
export const evidenceSchema = z
  .object({
    words: z.int().min(1).max(limits.evidenceWords).optional(),
    runs: z
      .array(z.string().regex(/^[0-9a-f]{16}$/))
      .min(1)
      .max(limits.evidenceRuns)
      .optional(),
    version: versionSchema.optional(),
  })
  .refine(({ words, runs }) => (words === undefined) === (runs === undefined), 'words go with runs')
  .refine(({ runs, version }) => runs !== undefined || version !== undefined, 'evidence of something');
export type Evidence = z.infer<typeof evidenceSchema>;
