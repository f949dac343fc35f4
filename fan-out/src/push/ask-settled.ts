import {
  type AnswerTrust,
  readJson,
  type Secret,
  type SettledAnswer,
  type SettledQuestion,
  settledAnswerSchema,
} from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import { limits } from '../limits.ts';
import { callPod } from './call-pod.ts';
import type { Turns } from './turns.ts';

export type AskSettledOptions = {
  address: PodAddress;
  /** How far, and how long the pod may wait with its answer. */
  question: Omit<SettledQuestion, 'ask'>;
  secrets: readonly Secret[];
  answers: AnswerTrust;
  turns: Turns;
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
  turns,
  deadlineMs = limits.pushDeadlineMs,
  signal,
  now = Date.now,
}: AskSettledOptions): Promise<SettledAnswer | null> {
  const { outcome, ...asked } = await callPod({
    address,
    kind: 'settled',
    message: { ask: 'settled', ...question } satisfies SettledQuestion,
    secrets,
    deadlineMs: question.waitMs + deadlineMs,
    signal,
    now,
    turns,
  });
  if (outcome.kind !== 'answered' || outcome.status !== 200) return null;
  const trust = answers.verify(outcome, { peer: address.key, secrets, ...asked, nowMs: now() });
  if (!trust.trusted) return null;
  const read = readJson(outcome.body);
  return settledAnswerSchema.safeParse('json' in read ? read.json : undefined).data ?? null;
}
