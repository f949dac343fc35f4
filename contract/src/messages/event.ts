import { z } from 'zod';
import { limits } from '../limits.ts';
import { evidenceSchema } from './evidence.ts';
import { targetSchema } from './target.ts';

const dotted = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, 'two or more lower-case words with dots between them');

const subject = z.object({
  kind: z.string().min(1).max(64),
  id: z.string().min(1).max(128),
  title: z.string().max(300).optional(),
});

/** `POST /v1/events`: a change and its targets. Its webhook-id stays the same over retries. */
export const eventSchema = z.object({
  /** `content.changed` from WordPress; other senders name their own. */
  type: dotted,
  /** When the change happened, UTC. */
  timestamp: z.iso.datetime(),
  data: z.object({
    /** Home address of the site that the change was made on. */
    site: z.url({ protocol: /^https?$/ }),
    /** What the editor did: `post.updated`, `post.published`, `term.renamed`, `connection.tested`. */
    change: dotted,
    /** What it was done to; of several, the one that says most. */
    subject,
    /** All that one request changed, each with what was done to it, where that is more than one. */
    subjects: z
      .array(subject.extend({ change: dotted }))
      .min(2)
      .max(limits.subjectsPerEvent)
      .optional(),
    /** Who did it; null for cron and other processes without a user. */
    actor: z.object({ id: z.string().min(1).max(128), name: z.string().max(200).optional() }).nullable(),
    targets: z.array(targetSchema).min(1).max(limits.targetsPerEvent),
    /** By what its pages can be known to show it. */
    evidence: evidenceSchema.optional(),
  }),
});
export type Event = z.infer<typeof eventSchema>;

/** The one signed message id form, also used for push and catch-up. */
export const messageIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id is 1 to 64 of A-Z a-z 0-9 _ -');
