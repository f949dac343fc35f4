import { z } from 'zod';
import { cursorSchema, epochSchema, seqSchema } from './cursor.ts';
import { keylessSchema } from './keyless.ts';
import { builtAtSchema, podIdentitySchema } from './pod-identity.ts';
import { discoveryLineSchema } from './report.ts';

/** `GET /v1/pods`: every pod seen, against the journal's head. */
export const podsSchema = z.object({
  epoch: epochSchema,
  head: seqSchema,
  discovery: z.array(discoveryLineSchema),
  pods: z.array(
    z.object({
      ...podIdentitySchema.shape,
      cursor: cursorSchema.nullable(),
      settled: cursorSchema.nullable(),
      builtAt: builtAtSchema,
      /** Sequence numbers between cursor and head; null when the cursor is null or of another epoch. */
      behind: z.int().min(0).nullable(),
      lastSeen: z.iso.datetime(),
      /** In DNS now, or asked for catch-up within the lease. */
      live: z.boolean(),
      /** It gives its former pages while their content can't be had from where it comes. */
      keeps: z.literal(true).optional(),
      /** Why it has heard no keys. */
      keyless: keylessSchema.optional(),
    }),
  ),
  /** DNS lists them as ready for a whole lease, and they have never asked for catch-up; left out where there are none. */
  neverAsked: z
    .array(
      z.object({
        ip: z.union([z.ipv4(), z.ipv6()]),
        /** The address, of one that has never said its name. */
        name: z.string(),
        /** A sentence that a person can act on. */
        reason: z.string(),
      }),
    )
    .optional(),
});
export type Pods = z.infer<typeof podsSchema>;
