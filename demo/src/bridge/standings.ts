import { getBody, newMessageId, type Pods, parseSecret, podsSchema, sign } from '@everypod/contract';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

const path = '/v1/pods';

/** Asks the bridge how far each pod has got. Null when it does not answer, or not as a bridge does. */
export function createStandings({ bridgeUrl, secret }: { bridgeUrl: string; secret: string }) {
  return async (): Promise<Pods | null> => {
    const answer = await call(`${bridgeUrl}${path}`, {
      headers: sign([parseSecret(secret)], newMessageId('demo'), Date.now(), getBody(path)),
      timeoutMs: limits.standingsTimeoutMs,
    });
    if ('unanswered' in answer || answer.status !== 200) return null;
    const read = podsSchema.safeParse(JSON.parse(answer.body.toString('utf8')));
    return read.success ? read.data : null;
  };
}
