import { z } from 'zod';

/** Pages that all pods together make: since they started, at this moment, and at most at one. */
export const makesSchema = z.strictObject({ made: z.number(), underWay: z.number(), most: z.number() });
export type Makes = z.infer<typeof makesSchema>;
