import {
  answerBody,
  askDirected,
  getBody,
  limits as messageLimits,
  newMessageId,
  problemSchema,
  readJson,
  type Secret,
  sign,
  verify,
  type Why,
  whySchema,
} from '@everypod/contract';
import { limits } from '../limits.ts';
import { callOut } from '../outbound.ts';

export type WhyQuestion = { path: string; tags: readonly string[]; podUrl: URL; secrets: readonly Secret[] };

/** Asks a pod why a page would go; a sentence where it has not said. Never throws. */
export async function askWhy({
  path,
  tags,
  podUrl,
  secrets,
}: WhyQuestion): Promise<Why | { reason: string }> {
  const url = new URL(podUrl);
  url.searchParams.set('why', path);
  for (const tag of tags) url.searchParams.append('tag', tag);
  const id = newMessageId('why');
  const signed = getBody(url.pathname + url.search);
  const outcome = await callOut({
    url,
    method: 'GET',
    headers: { ...askDirected, ...sign(secrets, id, Date.now(), signed) },
    deadlineMs: limits.sendDeadlineMs,
    answerBytes: messageLimits.whyBytes,
  });
  if (outcome.kind !== 'answered') return { reason: `${url.origin} gave no answer (${outcome.kind}).` };
  const { status, headers, body } = outcome;
  const read = readJson(body);
  const message = 'json' in read ? read.json : undefined;
  const problem = problemSchema.safeParse(message);
  if (status !== 200 && problem.success) return { reason: `${problem.data.title}. ${problem.data.detail}` };
  const why = whySchema.safeParse(message);
  if (status !== 200 || !why.success)
    return { reason: `What answers there (${status}) is no pod of this version: name it by --pod.` };
  if (!verify(secrets, headers, answerBody(body), Date.now(), id).trusted)
    return { reason: 'Its answer is not signed with this pod secret, so nobody knows who gave it.' };
  return why.data;
}
