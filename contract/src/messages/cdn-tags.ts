import { z } from 'zod';
import { limits } from '../limits.ts';
import { podIdentitySchema } from './pod-identity.ts';

/** The header by which a pod's answers tell a CDN their tags; null where the app has not opted in, so that it is *not by tag*. */
export const cdnHeaderSchema = z.string().min(1).max(limits.cdnHeaderCharacters).nullable();

/**
 * `GET <push route>?cdn=tags&path=…&page=…&layout=…&tag=…` on a pod, or `?cdn=everything`, signed as every GET: what has to be purged from a CDN once
 * these targets are new, as the answers there say it.
 */
export const cdnTagsSchema = z.object({
  pod: podIdentitySchema,
  header: cdnHeaderSchema,
  /** Empty where there is no header. */
  tags: z.array(z.string().min(1).max(limits.cdnTagCharacters)).max(limits.cdnTagsAtMost),
});
export type CdnTagsOfTargets = z.infer<typeof cdnTagsSchema>;
