import {
  askDirected,
  newMessageId,
  type PodState as PodWord,
  plainTargets,
  readJson,
  relayAnswerSchema,
  sign,
  type Target,
} from '@everypod/contract';
import type { PodAddress } from '@everypod/fan-out';
import { z } from 'zod';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { callOut } from '../outbound.ts';

/** What one other pod came to. `instance` and `name` are empty until it has said who it is. */
export type Told = {
  ip: string;
  name: string;
  instance: string;
  state: Extract<PodWord, 'told' | 'refused' | 'failed' | 'unreachable' | 'gone'>;
  ms: number;
  attempts: number;
  status?: number;
  reason?: string;
};

type Came = Pick<Told, 'state' | 'status' | 'reason'> & Partial<Pick<Told, 'name' | 'instance'>>;

/** Of the well-known answer; what other routes say beside their status is nobody's business. */
const plainAnswerSchema = z.object({
  ok: z.boolean().optional(),
  instance: z.string().max(64).optional(),
  name: z.string().max(253).optional(),
  reason: z.string().max(500).optional(),
});

/** Tells one pod, which calls nobody. Signed where it can be; a pod that has only the write-up's route gets its GET. */
export async function relayTo(address: PodAddress, targets: readonly Target[], life: Life): Promise<Told> {
  const start = life.clock.monotonicMs();
  const left = () => Math.max(1, limits.relayDeadlineMs - (life.clock.monotonicMs() - start));
  const { secrets } = life.configuration();
  const [shared] = life.fanOut().shared?.secrets ?? [];
  let attempts = 0;
  const tell = async (): Promise<Came> => {
    if (secrets.length > 0) {
      attempts += 1;
      const came = await relaySigned(address, targets, life);
      const isPlain = came.status === 404 || came.status === 405;
      if (!isPlain || shared === undefined) return came;
    }
    if (shared === undefined) {
      return failed('This pod has neither a pod secret nor REVALIDATE_SECRET, so it can call no other.');
    }
    const { questions, untold } = questionsOf(plainTargets(targets));
    for (const question of questions) {
      attempts += 1;
      const came = await relayPlain(address, { ...question, secret: shared }, left());
      if (came.state !== 'told' || question === questions.at(-1))
        return untold ? { ...came, ...untold } : came;
    }
    return failed(untold?.reason ?? 'There was nothing to tell.');
  };
  const came = await tell();
  const ms = Math.round(life.clock.monotonicMs() - start);
  return { ip: address.ip, name: '', instance: '', ms, attempts, ...came };
}

async function relaySigned(address: PodAddress, targets: readonly Target[], life: Life): Promise<Came> {
  const { secrets } = life.configuration();
  const id = newMessageId('relay');
  const body = JSON.stringify({ targets });
  const headers = {
    'content-type': 'application/json',
    ...askDirected,
    ...sign(secrets, id, life.nowMs(), body),
  };
  const outcome = await callOut({
    url: urlOf(address, 'fanout=1'),
    connectTo: address.ip,
    method: 'POST',
    headers,
    body,
    deadlineMs: limits.relayDeadlineMs,
    answerBytes: limits.relayAnswerBytes,
  });
  if (outcome.kind !== 'answered') return withoutAnswer(outcome);
  const { status } = outcome;
  if (status < 200 || status > 299) return ofStatus(status);
  const asked = { peer: address.key, secrets, id, signed: body, nowMs: life.nowMs() };
  const verified = life.state.answers.verify(outcome, asked);
  if (!verified.trusted) {
    return { status, ...failed(`Its answer does not count: ${verified.cause}. Is it a pod of this app?`) };
  }
  const read = readJson(outcome.body);
  const parsed = relayAnswerSchema.safeParse('json' in read ? read.json : undefined);
  if (!parsed.success) return { status, ...failed('It signed an answer that is not one of a relay.') };
  const { ok, pod, reason } = parsed.data;
  const who = { status, name: pod.name, instance: pod.instance };
  if (!ok) return { ...who, ...failed(reason ?? 'It could not apply the targets.') };
  return { ...who, state: 'told', ...(reason !== undefined && { reason }) };
}

type PlainQuestion = { name: 'slug' | 'path' | 'tag'; value: string };

/** The write-up's call has one thing to name at a time, and no word for the rest. */
function questionsOf(targets: readonly Target[]): {
  questions: PlainQuestion[];
  untold: { reason: string } | null;
} {
  const questions = targets.flatMap((target): PlainQuestion[] => {
    if ('tag' in target) return [{ name: 'tag', value: target.tag }];
    if ('topic' in target || 'scope' in target) return [];
    const slug = target.path.replace(/^\/|\/$/g, '');
    return [slug === '' ? { name: 'path', value: '/' } : { name: 'slug', value: slug }];
  });
  const untold = targets.length - questions.length;
  const reason = `${untold} of ${targets.length} targets are route patterns or topics, which a call without a signature can't carry.`;
  return { questions, untold: untold === 0 ? null : { reason } };
}

/** The secret stands in the address: it goes to addresses inside the allowed ranges alone, and is never logged. */
async function relayPlain(
  address: PodAddress,
  { name, value, secret }: PlainQuestion & { secret: string },
  deadlineMs: number,
): Promise<Came> {
  const query = `secret=${encodeURIComponent(secret)}&${name}=${encodeURIComponent(value)}&fanout=1`;
  const outcome = await callOut({
    url: urlOf(address, query),
    connectTo: address.ip,
    method: 'GET',
    deadlineMs,
    answerBytes: limits.relayAnswerBytes,
  });
  if (outcome.kind !== 'answered') return withoutAnswer(outcome);
  const { status } = outcome;
  if (status < 200 || status > 299) return ofStatus(status);
  const read = readJson(outcome.body);
  const said = plainAnswerSchema.safeParse('json' in read ? read.json : undefined).data ?? {};
  const who = { status, name: said.name ?? '', instance: said.instance ?? '' };
  if (said.ok === false) return { ...who, ...failed(said.reason ?? 'It says that it could not do it.') };
  const { reason } = said;
  return { ...who, state: 'told', ...(who.instance !== '' && reason !== undefined && { reason }) };
}

function urlOf({ service }: PodAddress, query: string): URL {
  const { protocol, host, path } = service;
  return new URL(`${protocol}//${host}${path}${path.includes('?') ? '&' : '?'}${query}`);
}

function ofStatus(status: number): Came {
  if (status >= 500) return { status, ...failed(`It answered ${status}. Its own log says why.`) };
  if (status === 401 || status === 403) {
    return {
      status,
      ...refused(`It answered ${status}: all pods need the same secrets, and clocks that agree.`),
    };
  }
  if (status === 404 || status === 405) {
    return {
      status,
      ...refused(`It answered ${status}: check the path in EVERYPOD_PODS, and the app's route.`),
    };
  }
  return { status, ...refused(`It answered ${status} and did not take the call.`) };
}

type Failure = Exclude<Awaited<ReturnType<typeof callOut>>, { kind: 'answered' }>;

function withoutAnswer(outcome: Failure): Came {
  switch (outcome.kind) {
    case 'redirected':
      return {
        status: outcome.status,
        ...failed(
          `It answered ${outcome.status}, a redirect, which is never followed. Write the path in EVERYPOD_PODS the way the app serves it, for instance with or without its last slash.`,
        ),
      };
    case 'too-large':
      return failed("Its answer was larger than any pod's; something else may listen there.");
    case 'not-connected':
      return unreachable(
        `No connection could be made (${outcome.code}). It may be starting, stopping or gone.`,
      );
    case 'cut-off':
      return unreachable(`It closed the connection before its answer was whole (${outcome.code}).`);
    case 'timed-out':
      return unreachable(`It did not answer within ${limits.relayDeadlineMs / 1_000} s.`);
  }
}

function failed(reason: string) {
  return { state: 'failed', reason } as const;
}
function refused(reason: string) {
  return { state: 'refused', reason } as const;
}
function unreachable(reason: string) {
  return { state: 'unreachable', reason } as const;
}
