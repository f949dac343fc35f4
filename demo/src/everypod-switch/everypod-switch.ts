import { type Event, newMessageId, parseSecret, sign, wholeSite } from '@everypod/contract';
import type { Cluster } from '../cluster.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import { Trouble } from '../trouble.ts';

/**
 * The wall's switch. Off, WordPress hands its changes to the webhook of old instead of the bridge; on again, one
 * event for the whole site makes good what was missed meanwhile.
 */
export function createEverypodSwitch(options: {
  bridgeUrl: string;
  secret: string;
  site: string;
  /** Tells WordPress. */
  tell: (on: boolean) => Promise<void>;
  changed: () => void;
}): Cluster['everypod'] {
  let on = true;
  return {
    on: () => on,
    turn: async (wanted) => {
      if (wanted === on) return;
      await options.tell(wanted);
      on = wanted;
      options.changed();
      if (on) await postWholeSite(options);
    },
  };
}

async function postWholeSite({
  bridgeUrl,
  secret,
  site,
}: {
  bridgeUrl: string;
  secret: string;
  site: string;
}) {
  const event: Event = {
    type: 'content.changed',
    timestamp: new Date().toISOString(),
    data: {
      site,
      change: 'everypod.switched_on',
      subject: { kind: 'site', id: 'demo', title: 'Everypod switched on' },
      actor: null,
      targets: [wholeSite],
    },
  };
  const body = JSON.stringify(event);
  const answer = await call(`${bridgeUrl}/v1/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...sign([parseSecret(secret)], newMessageId('demo'), Date.now(), body),
    },
    body,
    timeoutMs: limits.everypodOnTimeoutMs,
  });
  if ('unanswered' in answer) throw new Trouble(`The bridge was not told. ${answer.unanswered}`);
  if (answer.status >= 300)
    throw new Trouble(`The bridge answered ${answer.status} to the event for the whole site.`);
}
