import {
  type AnswerTrust,
  askDirected,
  limits as messageLimits,
  newMessageId,
  readJson,
  type Secret,
  type SettledAnswer,
  type SettledQuestion,
  settledAnswerSchema,
  sign,
} from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import { limits } from '../limits.ts';
import { call } from '../outbound.ts';

export type AskSettledOptions = {
  address: PodAddress;
  /** How far, and how long the pod may wait with its answer. */
  question: Omit<SettledQuestion, 'ask'>;
  secrets: readonly Secret[];
  answers: AnswerTrust;
  /** Beside the wait. */
  deadlineMs?: number;
  /** Calls it off. */
  signal?: AbortSignal;
  now?: () => number;
};

/**
 * Asks a pod, on its push route, to tell when it has settled. Null for whatever is no signed answer to this very question:
 * nothing depends on it, since the pod's next catch-up tells the same. Never throws.
 */
export async function askSettled({
  address,
  question,
  secrets,
  answers,
  deadlineMs = limits.pushDeadlineMs,
  signal,
  now = Date.now,
}: AskSettledOptions): Promise<SettledAnswer | null> {
  const id = newMessageId('settled');
  const body = JSON.stringify({ ask: 'settled', ...question } satisfies SettledQuestion);
  const { service } = address;
  const outcome = await call({
    protocol: service.protocol,
    connectTo: address.ip,
    port: service.port,
    host: service.host,
    serverName: service.fixed ? '' : service.hostname,
    method: 'POST',
    path: service.path,
    headers: { 'content-type': 'application/json', ...askDirected, ...sign(secrets, id, now(), body) },
    body,
    deadlineMs: question.waitMs + deadlineMs,
    answerBytes: messageLimits.pushAnswerBytes,
    ...(signal !== undefined && { signal }),
  });
  if (outcome.kind !== 'answered' || outcome.status !== 200) return null;
  const asked = { peer: address.key, secrets, id, signed: body, nowMs: now() };
  if (!answers.verify(outcome, asked).trusted) return null;
  const read = readJson(outcome.body);
  return settledAnswerSchema.safeParse('json' in read ? read.json : undefined).data ?? null;
}
