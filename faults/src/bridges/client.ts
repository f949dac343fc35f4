import { readFileSync } from 'node:fs';
import {
  getBody,
  newMessageId,
  type Pods,
  parseSecrets,
  podsSchema,
  type Report,
  reportSchema,
  type Secret,
  sign,
} from '@everypod/contract';
import { type Answered, call } from '../outbound.ts';

type Options = {
  url: string;
  secretFile: string;
  deadlineMs: number;
  nowMs?: () => number;
};

/** What a sender can ask of a bridge, signed with the secrets of the moment, which are `secrets`. */
export function createBridgeClient({ url, secretFile, deadlineMs, nowMs = Date.now }: Options) {
  let lastGood: Secret[] = [];
  const secrets = () => {
    try {
      lastGood = parseSecrets(readFileSync(secretFile, 'utf8'));
    } catch {
      // Half-written: what was good before still is.
    }
    return lastGood;
  };

  async function get(path: string): Promise<Answered> {
    const headers = sign(secrets(), newMessageId('get'), nowMs(), getBody(path));
    return call({ url: url + path, headers, deadlineMs });
  }

  return {
    secrets,
    deliver: (id: string, body: string) =>
      call({
        url: `${url}/v1/events`,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sign(secrets(), id, nowMs(), body) },
        body,
        deadlineMs,
      }),
    /** Null when there is no such event, or no answer. */
    async report(id: string): Promise<Report | null> {
      const { status, text } = await get(`/v1/events/${id}`);
      return status === 200 ? reportSchema.parse(JSON.parse(text)) : null;
    },
    async pods(): Promise<Pods | null> {
      const { status, text } = await get('/v1/pods');
      return status === 200 ? podsSchema.parse(JSON.parse(text)) : null;
    },
    get,
  };
}
export type BridgeClient = ReturnType<typeof createBridgeClient>;
