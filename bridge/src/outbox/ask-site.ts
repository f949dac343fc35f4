import { lookup } from 'node:dns/promises';
import {
  type AnswerDistrust,
  type AnswerTrust,
  askDirected,
  getBody,
  limits as messageLimits,
  newMessageId,
  type Secret,
  sign,
} from '@everypod/contract';
import { type AnswerHeaders, call, type Outcome } from '@everypod/fan-out';
import { z } from 'zod';
import type { Site } from './site.ts';

/** Where WordPress has its REST API: by path, or by query where permalinks are plain. */
export const restRoots = ['wp-json', '?rest_route='] as const;
export type RestRoot = (typeof restRoots)[number];

/** A signed answer to this very question, or a sentence that says why there is none. */
export type Said =
  | { kind: 'said'; body: Buffer }
  /** `elsewhere`: the route may be at the other root. `unsigned`: the plugin itself did not accept the signature. */
  | { kind: 'nothing'; reason: string; elsewhere: boolean; unsigned?: true };

type Question = {
  site: Site;
  root: RestRoot;
  /** Below the REST root, with its first slash. */
  route: string;
  /** Sent by POST; without one it is a GET. */
  body?: string;
  secrets: readonly Secret[];
  answers: AnswerTrust;
  deadlineMs: number;
  now: () => number;
};

/** Asks a WordPress site over REST, signed, and trusts only a signed answer. Never throws. */
export async function askSite({
  site,
  root,
  route,
  body,
  secrets,
  answers,
  deadlineMs,
  now,
}: Question): Promise<Said> {
  const path = `${site.home}${root}${route}`;
  const id = newMessageId('outbox');
  const signed = body ?? getBody(path);
  const headers = { accept: 'application/json', ...askDirected, ...sign(secrets, id, now(), signed) };
  const outcome = await callOneOf(await addressesOf(site), (connectTo) =>
    call({
      protocol: site.protocol,
      connectTo,
      port: site.port,
      host: site.host,
      serverName: site.serverName,
      path,
      deadlineMs,
      answerBytes: messageLimits.outboxAnswerBytes,
      ...(body === undefined
        ? { method: 'GET', headers }
        : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body }),
    }),
  );
  if (outcome.kind !== 'answered') {
    return { kind: 'nothing', reason: whyNoAnswer(outcome), elsewhere: outcome.kind === 'redirected' };
  }
  const { status } = outcome;
  if (status === 401 || status === 403) {
    const refusal = whoRefuses(status, outcome.headers, outcome.body);
    return { kind: 'nothing', elsewhere: false, ...refusal };
  }
  const verified = answers.verify(outcome, { peer: site.url, secrets, id, signed, nowMs: now() });
  if (status < 200 || status > 299) return nothing(whyNot(status, outcome.body), status === 404);
  if (!verified.trusted) return nothing(whyNotTrusted(verified.cause), true);
  return { kind: 'said', body: outcome.body };
}

/** The plugin refuses by a code of its own. Every other refusal is somebody else's, and no secret mends it. */
function whoRefuses(
  status: number,
  headers: AnswerHeaders,
  body: Buffer,
): { reason: string; unsigned?: true } {
  const login = headers.get('www-authenticate');
  const code = restCode(body);
  if (code === 'everypod_not_signed') {
    return {
      reason: `It answered ${status}. The plugin and the bridge need the same EVERYPOD_SECRET, and clocks that are right.`,
      unsigned: true,
    };
  }
  if (login !== null) {
    return {
      reason: `Something in front of it asks for a login (${status}, ${login.slice(0, 100)}). Let it pass ${restOutbox} without one: every message is signed.`,
    };
  }
  if (code !== null) {
    return {
      reason: `Its REST API is closed (${status}, ${code}), by another plugin or by a setting. Let ${restOutbox} stay open: every message is signed.`,
    };
  }
  return {
    reason: `Something in front of it, a firewall for one, refuses the call (${status}). Let it pass ${restOutbox}.`,
  };
}

function whyNot(status: number, body: Buffer): string {
  const code = restCode(body);
  return code === 'rest_no_route'
    ? `It has no such route (${status}, ${code}). Is the Everypod plugin active there?`
    : `It answered ${status}${code === null ? '' : `, ${code}`}.`;
}

/** The code of an error as WordPress' REST API words it, and nothing that could not be one. */
function restCode(body: Buffer): string | null {
  try {
    return restErrorSchema.parse(JSON.parse(body.toString('utf8'))).code;
  } catch {
    return null;
  }
}

const restErrorSchema = z.looseObject({ code: z.string().regex(/^[\w-]{1,64}$/) });

const restOutbox = '/everypod/v1/outbox of the REST API';

function nothing(reason: string, elsewhere: boolean): Said {
  return { kind: 'nothing', reason, elsewhere };
}

function whyNotTrusted(cause: AnswerDistrust): string {
  const what = `Its answer was not trusted (${cause}).`;
  if (cause === 'former form') {
    return `${what} If the plugin went back to 0.1.0, restart the bridge; else something between changes answers.`;
  }
  return `${what} Is the Everypod plugin active there?`;
}

async function addressesOf({ hostname }: Site): Promise<string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

/** The next address only where no connection was made to the one before. */
async function callOneOf(
  addresses: readonly string[],
  callAt: (address: string) => Promise<Outcome>,
): Promise<Outcome> {
  let outcome: Outcome = { kind: 'not-connected', code: 'its name has no address' };
  for (const address of addresses) {
    outcome = await callAt(address);
    if (outcome.kind !== 'not-connected') break;
  }
  return outcome;
}

function whyNoAnswer(outcome: Exclude<Outcome, { kind: 'answered' }>): string {
  switch (outcome.kind) {
    case 'redirected':
      return `It answered ${outcome.status}, a redirect, which is never followed. Write the site's address as it is.`;
    case 'not-connected':
      return `No connection could be made (${outcome.code}).`;
    case 'timed-out':
      return `It did not answer in time (${outcome.during}).`;
    case 'cut-off':
      return `It closed the connection (${outcome.code}).`;
    case 'too-large':
      return 'Its answer was larger than any outbox.';
  }
}
