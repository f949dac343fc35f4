import { z } from 'zod';
import { limits } from '../limits.ts';
import { podIdentitySchema } from './pod-identity.ts';
import { pathSchema } from './target.ts';

/** A page that a pod serves, as its visitors ask for it. */
export const servedPageSchema = z.object({
  path: pathSchema,
  /** The page whose entry serves it, where it is called otherwise, as behind a rewrite. */
  servedBy: z.string().max(limits.pathCharacters).optional(),
  /** What it is invalidated by; the first ones, where they are many. */
  tags: z.array(z.string()).max(limits.tagsPerServedPage),
  /** When it was stored, by the pod's clock; null where that is not known. */
  storedAt: z.iso.datetime().nullable(),
  /** How often it was asked for, since the pod has known it. */
  asked: z.int().min(0),
});
export type ServedPage = z.infer<typeof servedPageSchema>;

/**
 * `GET <push route>?pages=N` on a pod, signed as every GET: what it serves, from the Nth page on, those asked for most first.
 * It knows what it was asked for in this life, up to a limit.
 */
export const servedPagesSchema = z.object({
  pod: podIdentitySchema,
  /** How many it knows. */
  of: z.int().min(0),
  from: z.int().min(0),
  pages: z.array(servedPageSchema).max(limits.servedPagesAtOnce),
});
export type ServedPages = z.infer<typeof servedPagesSchema>;
