import { z } from 'zod';
import { wireFaultSchema } from '../wire/fault.ts';

export const birthSchema = z.strictObject({
  ip: z.string(),
  port: z.int(),
  name: z.string(),
  bridgeUrl: z.string(),
  originUrl: z.string(),
  secretFile: z.string(),
  articles: z.int(),
  /** What the build has rendered. */
  baked: z.record(z.string(), z.int()),
  /** As the build has recorded it, by a clock that may be off. */
  builtAt: z.string().nullable(),
  /** The same as a monotonic time, which is true. */
  contentFrom: z.number(),
  skewMs: z.number(),
  longRenderMs: z.number(),
  /** Whether the guard is around its cache. */
  guarded: z.boolean(),
  environment: z.record(z.string(), z.string()),
});
export type Birth = z.infer<typeof birthSchema>;

/** What a host is told to do, over the channel that its parent holds. */
export const commandSchema = z.strictObject({
  number: z.int(),
  order: z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('birth'), birth: birthSchema }),
    z.strictObject({ do: z.literal('death'), ip: z.string() }),
    z.strictObject({ do: z.literal('wire'), ip: z.string(), fault: wireFaultSchema.nullable() }),
    z.strictObject({ do: z.literal('bridge'), ip: z.string(), url: z.string() }),
    z.strictObject({ do: z.literal('clock'), ip: z.string(), skewMs: z.number() }),
    /** The pushes overheard of late, in base64, oldest first. */
    z.strictObject({ do: z.literal('overheard') }),
  ]),
});
export type Command = z.infer<typeof commandSchema>;
export type Order = Command['order'];

export const doneSchema = z.strictObject({
  number: z.int(),
  ok: z.boolean(),
  value: z.array(z.string()),
});
export type Done = z.infer<typeof doneSchema>;
