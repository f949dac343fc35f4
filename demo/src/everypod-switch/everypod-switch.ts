import { type Event, newMessageId, parseSecret, sign, wholeSite } from '@everypod/contract';
import type { Cluster, Switched } from '../cluster.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';
import { Trouble } from '../trouble.ts';

export type EverypodSwitch = Cluster['everypod'] & {
  /** Sends the event that is owed, if one is. @throws {Trouble} when the bridge does not accept it */
  bridgeIsBack(): Promise<void>;
};

/**
 * The wall's switch. Off, WordPress hands its changes to the webhook of old instead of the bridge; on again, one
 * event for the whole site makes good what was missed meanwhile, as soon as there is a bridge to accept it.
 */
export function createEverypodSwitch(options: {
  bridgeUrl: string;
  secret: string;
  site: string;
  /** Everypod was off when the demo was ended, so the event is owed from the start. */
  wasOff: boolean;
  /** Tells WordPress. */
  tell: (on: boolean) => Promise<void>;
  changed: () => void;
}): EverypodSwitch {
  let on = true;
  let eventOwed = options.wasOff;

  const postWhatIsOwed = async (): Promise<Switched> => {
    if (!eventOwed) return 'done';
    const answer = await postWholeSite(options);
    if ('unanswered' in answer) return 'event owed';
    if (answer.status >= 300)
      throw new Trouble(`The bridge answered ${answer.status} to the event for the whole site.`);
    eventOwed = false;
    return 'done';
  };

  return {
    on: () => on,
    turn: async (wanted) => {
      if (wanted !== on) {
        await options.tell(wanted);
        on = wanted;
        eventOwed = wanted;
        options.changed();
      }
      return postWhatIsOwed();
    },
    bridgeIsBack: async () => {
      await postWhatIsOwed();
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
  return call(`${bridgeUrl}/v1/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...sign([parseSecret(secret)], newMessageId('demo'), Date.now(), body),
    },
    body,
    timeoutMs: limits.everypodOnTimeoutMs,
  });
}
