import { setTimeout as sleep } from 'node:timers/promises';
import {
  answerBody,
  askDirected,
  type Distrust,
  InvalidSecret,
  limits as messageLimits,
  newMessageId,
  parseSecrets,
  problemSchema,
  type Report,
  readJson,
  reportSchema,
  type Secret,
  sign,
  verify,
} from '@everypod/contract';
import type { Outcome } from '@everypod/fan-out';
import { limits } from '../limits.ts';
import { callOut } from '../outbound.ts';
import { type SentEvent, type SentTarget, writeEvent } from './event.ts';

export type Sending = Partial<Omit<SentEvent, 'targets'>> & {
  targets: readonly SentTarget[];
  /** Where the bridge answers: `https://everypod.example.com`. */
  bridgeUrl: string;
  /** The bridge's EVERYPOD_SECRET: `whsec_…`; one or several, separated by white space. */
  secret: string;
  /**
   * 1 to 64 of A-Z a-z 0-9 _ -. The same id with the same event is journaled once, however often it is sent: derive it
   * from what you were told, with `timestamp`, where you may be told the same again.
   */
  id?: string;
  /** How long the bridge may wait for the pods before it answers, 0 to 30. */
  waitSeconds?: number;
};

/** What a bridge has said about one pod. */
export type SentPodLine = { name: string; ip: string; state: string; ms: number; reason?: string };

/** What each pod had answered when the bridge did. `state` and the lines speak the words of docs/glossary.md. */
export type SentReport = {
  id: string;
  state: string;
  final: boolean;
  seq: number;
  acceptedAt: string;
  pods: SentPodLine[];
  reason?: string;
};

/**
 * `refused`: the bridge, or whoever answered, will not take this event; the same again changes nothing. `unreached`:
 * nobody has said that it took it; send it again under the same id and with the same timestamp. `malformed`: it never left.
 */
export type Sent = { id: string; timestamp: string } & (
  | { kind: 'accepted'; report: SentReport }
  | { kind: 'refused' | 'unreached' | 'malformed'; reason: string }
);

type Answer = { kind: 'accepted'; report: Report } | { kind: 'refused' | 'unreached'; reason: string };

/** Signs an event and hands it to a bridge, a few times where nobody takes it. Never throws. */
export async function sendEvent({
  bridgeUrl,
  secret,
  id = newMessageId('evt'),
  waitSeconds = 0,
  targets,
  site,
  change = 'content.changed',
  subject = { kind: 'sender', id: 'everypod' },
  actor = null,
  timestamp = new Date().toISOString(),
}: Sending): Promise<Sent> {
  const who = { id, timestamp };
  const malformed = (reason: string): Sent => ({ ...who, kind: 'malformed', reason });
  const url = bridgeAddress(bridgeUrl);
  if (url === null)
    return malformed('The bridge is named by an http or https URL, without a user or a query.');
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) return malformed('An id is 1 to 64 of A-Z a-z 0-9 _ -.');
  const written = writeEvent({ targets, site: site ?? url.origin, change, subject, actor, timestamp });
  if ('wrong' in written) return malformed(written.wrong);
  let secrets: Secret[];
  try {
    secrets = parseSecrets(secret);
  } catch (error) {
    if (error instanceof InvalidSecret) return malformed(error.message);
    throw error;
  }
  const seconds = Math.min(Math.max(Math.trunc(waitSeconds), 0), messageLimits.waitSeconds);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await attemptOnce({ url, secrets, id, body: written.body, seconds });
    if (answer.kind === 'accepted') return { ...who, kind: 'accepted', report: asTold(answer.report) };
    if (answer.kind === 'refused' || attempt === limits.sendAttempts) return { ...who, ...answer };
    await sleep(limits.sendAgainAfterMs * attempt);
  }
}

/** Null for what is no address of a bridge. Whoever it names a user for would send that in the clear, or to a log. */
export function bridgeAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  return url;
}

type Attempt = { url: URL; secrets: readonly Secret[]; id: string; body: string; seconds: number };

async function attemptOnce({ url, secrets, id, body, seconds }: Attempt): Promise<Answer> {
  const outcome = await callOut({
    url: new URL(`${url.href.replace(/\/+$/, '')}/v1/events`),
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      prefer: `wait=${seconds}`,
      ...askDirected,
      ...sign(secrets, id, Date.now(), body),
    },
    body,
    deadlineMs: seconds * 1000 + limits.sendDeadlineMs,
    answerBytes: limits.reportBytes,
  });
  if (outcome.kind === 'answered') return judge(outcome, { secrets, id });
  return { kind: outcome.kind === 'redirected' ? 'refused' : 'unreached', reason: reasonOf(outcome) };
}

function judge(
  { status, headers, body }: Outcome & { kind: 'answered' },
  { secrets, id }: Pick<Attempt, 'secrets' | 'id'>,
): Answer {
  const read = readJson(body);
  const json = 'json' in read ? read.json : undefined;
  if (status === 200 || status === 202) {
    const report = reportSchema.safeParse(json);
    if (!report.success) {
      return {
        kind: 'refused',
        reason: 'What answers there is no bridge of this version: it gave no report.',
      };
    }
    const verified = verify(secrets, headers, answerBody(body), Date.now(), id);
    if (verified.trusted) return { kind: 'accepted', report: report.data };
    return { kind: 'unreached', reason: distrustOf(verified.cause) };
  }
  const problem = problemSchema.safeParse(json);
  const said = problem.success ? ` It says: ${problem.data.title}. ${problem.data.detail}` : '';
  const later = status === 408 || status === 425 || status === 429 || status >= 500;
  return { kind: later ? 'unreached' : 'refused', reason: `The bridge answered ${status}.${said}` };
}

/** Accepted is what a bridge has signed: nobody between may say so in its place. */
function distrustOf(cause: Distrust): string {
  if (cause === 'missing header') {
    return "The answer is not signed, so it can't be known whether the bridge has the event. One of 0.1.0 signs none: update it, or look for what changes answers on the way.";
  }
  if (cause === 'too old' || cause === 'too new') {
    return `The answer's time is more than five minutes off (${cause}). Set the clocks of this machine and of the bridge.`;
  }
  return `The answer's signature does not hold (${cause}), so it can't be known whether the bridge has the event.`;
}

function reasonOf(outcome: Exclude<Outcome, { kind: 'answered' }>): string {
  switch (outcome.kind) {
    case 'redirected':
      return `The bridge answered with a redirect (${outcome.status}), which is not followed. Name the address that it leads to.`;
    case 'not-connected':
      return `The bridge could not be reached (${outcome.code}). Is the address right, and does the bridge run?`;
    case 'timed-out':
      return `The bridge did not answer in time (${outcome.during}).`;
    case 'cut-off':
      return `The bridge's answer was cut off (${outcome.code}).`;
    case 'too-large':
      return `The answer has more than ${limits.reportBytes} bytes.`;
  }
}

function asTold({ id, state, final, seq, acceptedAt, pods, reason }: Report): SentReport {
  const lines = pods.map((line) => ({
    name: line.name,
    ip: line.ip,
    state: line.state,
    ms: line.ms,
    ...(line.reason !== undefined && { reason: line.reason }),
  }));
  return { id, state, final, seq, acceptedAt, pods: lines, ...(reason !== undefined && { reason }) };
}
