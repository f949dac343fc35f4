import { z } from 'zod';

/** What the sender is told as it starts. */
export const senderSettingsSchema = z.strictObject({
  chronicle: z.string(),
  outbox: z.string(),
  bridgeUrl: z.string(),
  /** Where bridges look into the outbox. */
  outboxIp: z.string(),
  outboxPort: z.int(),
  originUrl: z.string(),
  secretFile: z.string(),
  articles: z.int(),
  savesPerSecond: z.number(),
  seed: z.string(),
  readReports: z.boolean(),
  deliveryDeadlineMs: z.int(),
});
export type SenderSettings = z.infer<typeof senderSettingsSchema>;

export const senderOrderSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('begin'), settings: senderSettingsSchema }),
  /** Saves no more; what waits is still delivered. */
  z.strictObject({ do: z.literal('rest') }),
  z.strictObject({ do: z.literal('resume') }),
  /** Delivers nothing by itself, as a WordPress whose cron is dead. */
  z.strictObject({ do: z.literal('deliveries'), paused: z.boolean() }),
  z.strictObject({ do: z.literal('clock'), skewMs: z.number() }),
  /** One change, given rather than drawn. */
  z.strictObject({ do: z.literal('save'), paths: z.array(z.string()), tags: z.array(z.string()) }),
]);
export type SenderOrder = z.infer<typeof senderOrderSchema>;

/** What the sender tells: which pages have just changed, which event was accepted, and how many events wait. */
export const senderNewsSchema = z.discriminatedUnion('news', [
  z.strictObject({ news: z.literal('saved'), id: z.string(), paths: z.array(z.string()) }),
  z.strictObject({ news: z.literal('accepted'), id: z.string() }),
  z.strictObject({ news: z.literal('waiting'), count: z.int() }),
]);
export type SenderNews = z.infer<typeof senderNewsSchema>;
