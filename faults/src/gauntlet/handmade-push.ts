import { newMessageId, type Push, parseSecret, pushAnswerSchema, sign } from '@everypod/contract';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import type { Pod } from '../system/pods.ts';
import type { System } from '../system/system.ts';

/** A push as another bridge would send it, one that knows less of the pod. Rejects when the pod does not take it. */
export async function pushByHand(
  { network, secrets, chronicle }: System,
  pod: Pod,
  push: Push,
): Promise<void> {
  const body = JSON.stringify(push);
  const by = secrets.pods.current().map(parseSecret);
  const answered = await call({
    url: `http://${pod.ip}:${network.podPort}/siteapi/revalidate`,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sign(by, newMessageId('push'), Date.now(), body) },
    body,
    deadlineMs: limits.deliveryDeadlineMs,
  });
  if (answered.status !== 200) {
    throw new Error(`${pod.name} answered ${answered.status} to a push made by hand (${answered.reason}).`);
  }
  const { pod: identity, cursor, settled } = pushAnswerSchema.parse(JSON.parse(answered.text));
  chronicle.note({ what: 'answered', instance: identity.instance, cursor, settled });
}
