import { z } from 'zod';

/** Who a pod is: where it runs, its name, and which life of the process this is. */
export const podIdentitySchema = z.object({
  ip: z.union([z.ipv4(), z.ipv6()]),
  name: z.string().min(1).max(253),
  instance: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'an instance is 8 to 64 of A-Z a-z 0-9 _ -'),
});
export type PodIdentity = z.infer<typeof podIdentitySchema>;

/** Start of the build whose pages the pod was born with; null when that is not known. UTC. */
export const builtAtSchema = z.iso.datetime().nullable();
