import { getBody, newMessageId, parseSecret, type Report, reportSchema, sign } from '@everypod/contract';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { System } from '../system/start.ts';

/** The bridge as those who send to it use it. */
export function createSender({ bridge }: Pick<System, 'bridge'>) {
  const secrets = [parseSecret(bridge.secret)];
  return {
    /** @returns the event's id */
    async send(body: string): Promise<string> {
      const id = newMessageId('sender');
      const { status, text } = await call(`${bridge.url}/v1/events`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...sign(secrets, id, Date.now(), body) },
        timeoutMs: limits.callMs,
      });
      if (status !== 202) throw new Error(`The bridge answered ${status}: ${text}`);
      return id;
    },
    /** What the bridge knows of an event. */
    async report(id: string): Promise<Report> {
      const path = `/v1/events/${id}`;
      const { status, text } = await call(`${bridge.url}${path}`, {
        headers: { ...sign(secrets, newMessageId('get'), Date.now(), getBody(path)) },
        timeoutMs: limits.callMs,
      });
      if (status !== 200) throw new Error(`The bridge answered ${status}: ${text}`);
      return reportSchema.parse(JSON.parse(text));
    },
  };
}

export type Sender = ReturnType<typeof createSender>;
