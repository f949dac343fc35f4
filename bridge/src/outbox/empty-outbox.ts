import {
  createAnswerTrust,
  limits as messageLimits,
  newMessageId,
  type Outbox,
  type OutboxAccepted,
  outboxAcceptedAnswerSchema,
  outboxSchema,
} from '@everypod/contract';
import type { Intake } from '../ingress/intake.ts';
import { readMessage } from '../ingress/read-message.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import { askSite, type RestRoot, restRoots, type Said } from './ask-site.ts';
import type { Site } from './site.ts';

/** What one look into a site's outbox came to. */
export type Emptied = { kind: 'emptied'; events: number } | { kind: 'failed'; reason: string };

type Options = {
  site: Site;
  intake: Intake;
  secrets: SecretSource;
  log: Log;
  limits: Limits;
  now: () => number;
  stopped: () => boolean;
};

const pathChanged: Said = {
  kind: 'nothing',
  reason:
    'It accepts the secret, but sees another path than was asked for: something in front of it changes the path. Let it pass the path on as it is.',
  elsewhere: false,
};

/** Takes what waits in one WordPress outbox, as if each event had been posted, and tells WordPress what it has. */
export function createEmptyOutbox(options: Options): () => Promise<Emptied> {
  const { site, intake, secrets, log, limits, now, stopped } = options;
  const answers = createAnswerTrust();
  let root: RestRoot = 'wp-json';

  async function ask(route: string, body?: string): Promise<Said> {
    let said: Said | undefined;
    for (const at of [root, ...restRoots.filter((other) => other !== root)]) {
      const question = { site, root: at, route, answers, deadlineMs: limits.outboxDeadlineMs, now };
      const here = await askSite({
        ...question,
        secrets: secrets.current(),
        ...(body === undefined ? {} : { body }),
      });
      if (here.kind === 'said') {
        root = at;
        return here;
      }
      said ??= here;
      if (here.unsigned && body === undefined && (await isTrusted(at))) return pathChanged;
      if (!here.elsewhere) return here;
    }
    return said ?? { kind: 'nothing', reason: 'It has no REST API.', elsewhere: false };
  }

  /**
   * The signature of a GET covers its path, that of a POST its body alone. So a plugin that trusts what is posted, here
   * an event that it never had, and no GET, saw another path than was signed.
   */
  async function isTrusted(at: RestRoot): Promise<boolean> {
    const none: OutboxAccepted = { ids: [newMessageId('probe')] };
    const said = await askSite({
      site,
      root: at,
      route: '/everypod/v1/outbox/accepted',
      body: JSON.stringify(none),
      secrets: secrets.current(),
      answers,
      deadlineMs: limits.outboxDeadlineMs,
      now,
    });
    return said.kind === 'said';
  }

  async function take({ id, body }: Outbox['events'][number]): Promise<boolean> {
    const taken = await intake.take(id, Buffer.from(body));
    if (taken.kind === 'accepted' || taken.kind === 'duplicate') return true;
    const reason = taken.kind === 'id-reused' ? 'its id was used for another body' : taken.reason;
    log.warn({ site: site.url, id, reason }, 'an event from an outbox was not accepted');
    return false;
  }

  /** Tells WordPress what is in the journal. Returns why it did not take all of it. */
  async function tell(ids: string[]): Promise<string | null> {
    const accepted: OutboxAccepted = { ids };
    // 0.1.0 answers with these very ids. The line break tells that answer from the question itself, come back.
    const told = await ask('/everypod/v1/outbox/accepted', `${JSON.stringify(accepted)}\n`);
    if (told.kind === 'nothing') return told.reason;
    const read = readMessage(outboxAcceptedAnswerSchema, told.body);
    if ('wrong' in read) return `Its answer does not say which events it took: ${read.wrong}`;
    const left = ids.filter((id) => !read.message.ids.includes(id)).length;
    return left === 0
      ? null
      : `It has not taken that ${left} of ${ids.length} events are accepted; its log says why.`;
  }

  return async function emptyOutbox() {
    let events = 0;
    for (let round = 1; round <= limits.outboxRounds && !stopped(); round += 1) {
      const said = await ask('/everypod/v1/outbox');
      if (said.kind === 'nothing') return { kind: 'failed', reason: said.reason };
      const read = readMessage(outboxSchema, said.body);
      if ('wrong' in read) return { kind: 'failed', reason: `Its answer is not an outbox: ${read.wrong}` };
      const waiting = read.message.events;
      const ids: string[] = [];
      for (const event of waiting) if (await take(event)) ids.push(event.id);
      if (ids.length === 0) break;
      const reason = await tell(ids);
      if (reason !== null) return { kind: 'failed', reason };
      events += ids.length;
      if (waiting.length < messageLimits.outboxEvents) break;
    }
    return { kind: 'emptied', events };
  };
}
