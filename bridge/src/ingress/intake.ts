import { createHash } from 'node:crypto';
import { eventSchema, limits as messageLimits } from '@everypod/contract';
import type { Appended, Journal } from '../journal/journal.ts';
import type { Metrics } from '../metrics.ts';
import type { Reach } from '../push/reach.ts';
import { readMessage } from './read-message.ts';

/** What became of one event's trusted bytes, whichever way they came. */
export type Taken =
  | Appended
  /** The reason says which part of the message is wrong. */
  | { kind: 'malformed'; reason: string };

export type Intake = { take(id: string, body: Buffer): Promise<Taken> };

type Options = { journal: Journal; reach: Reach; metrics: Metrics; now: () => number };

/** The one way into the journal: an event is journaled once by its id, and on its way to the pods from then on. */
export function createIntake({ journal, reach, metrics, now }: Options): Intake {
  return {
    async take(id, body) {
      if (body.length > messageLimits.eventBodyBytes) {
        return { kind: 'malformed', reason: `An event has at most ${messageLimits.eventBodyBytes} bytes.` };
      }
      const read = readMessage(eventSchema, body);
      if ('wrong' in read) return { kind: 'malformed', reason: read.wrong };
      const { change, targets, site, evidence } = read.message.data;
      const bodyHash = createHash('sha256').update(body).digest('hex');
      const about = { site, ...(evidence && { evidence }) };
      const appended = await journal.append({ id, bodyHash, change, targets, acceptedAt: now(), about });
      metrics.appended(appended.kind);
      if (appended.kind === 'accepted') reach.start(appended.event, about);
      return appended;
    },
  };
}
