import { z } from 'zod';
import { limits } from '../limits.ts';
import { messageIdSchema } from './event.ts';

/**
 * `GET …/everypod/v1/outbox` on a WordPress site, asked by the bridge: what still waits there, oldest first.
 * A list that is full says that there may be more, once these are accepted.
 */
export const outboxSchema = z.object({
  events: z
    .array(
      z.object({
        /** The event's webhook-id, the same as in every delivery. */
        id: messageIdSchema,
        /** The event's raw text, byte for byte as a delivery would carry it. */
        body: z.string().min(1).max(limits.eventBodyBytes),
      }),
    )
    .max(limits.outboxEvents),
});
export type Outbox = z.infer<typeof outboxSchema>;

/** `POST …/everypod/v1/outbox/accepted`, from the bridge: these are in its journal, so nobody has to deliver them. */
export const outboxAcceptedSchema = z.object({
  ids: z.array(messageIdSchema).min(1).max(limits.outboxEvents),
});
export type OutboxAccepted = z.infer<typeof outboxAcceptedSchema>;

/** Its answer: those of them that wait there no longer. 0.1.0 gives back all of them. */
export const outboxAcceptedAnswerSchema = z.object({
  ids: z.array(messageIdSchema).max(limits.outboxEvents),
});
export type OutboxAcceptedAnswer = z.infer<typeof outboxAcceptedAnswerSchema>;
