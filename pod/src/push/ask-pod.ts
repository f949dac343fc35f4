import { readFileSync } from 'node:fs';
import {
  answerBody,
  askDirected,
  getBody,
  InvalidSecret,
  newMessageId,
  parseSecrets,
  problemSchema,
  readJson,
  type Secret,
  sign,
  verify,
} from '@everypod/contract';
import type { z } from 'zod';
import type { Environment } from '../configuration/configuration.ts';
import { limits } from '../limits.ts';
import { callOut } from '../outbound.ts';

/** A pod that is asked something by its own route, and the secret that it answers to. */
export type PodToAsk = { podUrl: URL; secrets: readonly Secret[] };

/** What it is asked, and what an answer is; `prefix`: of the message's id. */
export type PodQuestion<Answer> = {
  prefix: string;
  query: readonly (readonly [string, string])[];
  schema: z.ZodType<Answer>;
  answerBytes: number;
};

/** Asks by a signed GET; a sentence where the pod has not said. Never throws. */
export async function askPod<Answer>(
  { podUrl, secrets }: PodToAsk,
  { prefix, query, schema, answerBytes }: PodQuestion<Answer>,
): Promise<Answer | { reason: string }> {
  const url = new URL(podUrl);
  for (const [name, value] of query) url.searchParams.append(name, value);
  const id = newMessageId(prefix);
  const signed = getBody(url.pathname + url.search);
  const outcome = await callOut({
    url,
    method: 'GET',
    headers: { ...askDirected, ...sign(secrets, id, Date.now(), signed) },
    deadlineMs: limits.sendDeadlineMs,
    answerBytes,
  });
  if (outcome.kind !== 'answered') return { reason: `${url.origin} gave no answer (${outcome.kind}).` };
  const { status, headers, body } = outcome;
  const read = readJson(body);
  const message = 'json' in read ? read.json : undefined;
  const problem = problemSchema.safeParse(message);
  if (status !== 200 && problem.success) return { reason: `${problem.data.title}. ${problem.data.detail}` };
  const answer = schema.safeParse(message);
  if (status !== 200 || !answer.success)
    return { reason: `What answers there (${status}) is no pod of this version: name it by --pod.` };
  if (!verify(secrets, headers, answerBody(body), Date.now(), id).trusted)
    return { reason: 'Its answer is not signed with this pod secret, so nobody knows who gave it.' };
  return answer.data;
}

type Wrong = { wrong: string };

/** Null unless a secret stands among the arguments. */
export function secretGiven(given: readonly string[]): Wrong | null {
  if (!given.some((one) => /whsec_/.test(one) || /^--secret/.test(one))) return null;
  return {
    wrong:
      'A secret is never an argument: every user of this machine could read it. Set EVERYPOD_POD_SECRET.',
  };
}

/** The pod that a command asks: the one that is named, or the one inside of which it is run. */
export function podToAsk(named: string | undefined, environment: Environment): PodToAsk | Wrong {
  const { HOSTNAME: host = '127.0.0.1', PORT: port = '3000' } = environment;
  const address = named ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}/siteapi/revalidate`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return { wrong: 'The pod is named by an http or https URL.' };
  const secrets = secretsOf(environment);
  return 'wrong' in secrets ? secrets : { podUrl: new URL(address), secrets: secrets.all };
}

/** As the pod itself reads them. */
function secretsOf({
  EVERYPOD_POD_SECRET: text = '',
  EVERYPOD_POD_SECRET_FILE: file = '',
}: Environment): { all: readonly Secret[] } | Wrong {
  try {
    const found = file === '' ? text : readFileSync(file, 'utf8');
    if (found.trim() === '')
      return { wrong: 'There is no secret: set EVERYPOD_POD_SECRET, as the pods have it.' };
    return { all: parseSecrets(found) };
  } catch (error) {
    if (error instanceof InvalidSecret) return { wrong: error.message };
    return { wrong: 'EVERYPOD_POD_SECRET_FILE names a file that could not be read.' };
  }
}
