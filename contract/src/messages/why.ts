import { z } from 'zod';
import { limits } from '../limits.ts';
import { cdnHeaderSchema } from './cdn-tags.ts';
import { podIdentitySchema } from './pod-identity.ts';
import { pathSchema } from './target.ts';

/** What serves a path, and by what it goes. */
export const whyEntrySchema = z.object({
  /** The page, as the app calls it. */
  servedBy: z.string().max(limits.pathCharacters),
  /** How much the pod knows of what it was made from. */
  is: z.enum(['known', 'blind', 'unknown']),
  /** As answers name what was read: `p8`. */
  keys: z.array(z.string()).max(limits.whyNames),
  tags: z.array(z.string()).max(limits.whyNames),
  storedAt: z.iso.datetime().nullable(),
  /** For each tag that was asked about: by which of those it would go, or by what it is; null where it would stay. */
  goes: z.array(z.object({ tag: z.string(), by: z.string().nullable() })).max(limits.whyTags),
});
export type WhyEntry = z.infer<typeof whyEntrySchema>;

/**
 * `GET <push route>?why=PATH&tag=…` on a pod, signed as every GET: what serves a path there, and why it would go, or would not, with an
 * event that has these tags. Empty where nobody has asked this life of the pod for that path.
 */
export const whySchema = z.object({
  pod: podIdentitySchema,
  path: pathSchema,
  /** Left out by pods of before there was one. */
  cdn: cdnHeaderSchema.optional(),
  entries: z.array(whyEntrySchema).max(limits.whyEntries),
});
export type Why = z.infer<typeof whySchema>;
