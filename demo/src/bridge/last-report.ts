import { getBody, newMessageId, parseSecret, type Report, reportSchema, sign } from '@everypod/contract';
import { eventIdOf } from '../events/events.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

export type LastReport = {
  /** To be given each line of the bridge's log, where events tell their ids. */
  hear(logLine: string): void;
  /** What each pod answered for the last event; null where there was none, or the bridge does not say. */
  ask(): Promise<Report | null>;
};

export function createLastReport({ bridgeUrl, secret }: { bridgeUrl: string; secret: string }): LastReport {
  let lastId: string | null = null;
  return {
    hear(logLine) {
      lastId = eventIdOf(logLine) ?? lastId;
    },
    async ask() {
      if (lastId === null) return null;
      const path = `/v1/events/${lastId}`;
      const answer = await call(`${bridgeUrl}${path}`, {
        headers: sign([parseSecret(secret)], newMessageId('demo'), Date.now(), getBody(path)),
        timeoutMs: limits.standingsTimeoutMs,
      });
      if ('unanswered' in answer || answer.status !== 200) return null;
      const read = reportSchema.safeParse(JSON.parse(answer.body.toString('utf8')));
      return read.success ? read.data : null;
    },
  };
}
