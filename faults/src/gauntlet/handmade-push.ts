import {
  newMessageId,
  type Push,
  type PushAnswer,
  parseSecret,
  pushAnswerSchema,
  sign,
} from '@everypod/contract';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

/** A push as another bridge would send it, one that knows less of the pod. Rejects when the pod does not take it. */
export async function pushByHand(
  podUrl: string,
  secrets: readonly string[],
  push: Push,
): Promise<PushAnswer> {
  const body = JSON.stringify(push);
  const headers = sign(secrets.map(parseSecret), newMessageId('push'), Date.now(), body);
  const { status, text, reason } = await call({
    url: `${podUrl}/siteapi/revalidate`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    deadlineMs: limits.deliveryDeadlineMs,
  });
  if (status !== 200) throw new Error(`${podUrl} answered ${status} to a push made by hand (${reason}).`);
  return pushAnswerSchema.parse(JSON.parse(text));
}
