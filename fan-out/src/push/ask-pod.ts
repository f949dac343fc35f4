import { type AnswerTrust, readJson, type Secret } from '@everypod/contract';
import type { z } from 'zod';
import type { PodAddress } from '../discovery/service.ts';
import { limits } from '../limits.ts';
import type { Outcome } from '../outbound.ts';
import { callPod } from './call-pod.ts';
import type { Turns } from './turns.ts';

export type AskOptions<Question> = {
  address: PodAddress;
  question: Question;
  secrets: readonly Secret[];
  answers: AnswerTrust;
  turns: Turns;
  /** Beside the time that the question gives the pod. */
  deadlineMs?: number;
  /** Calls it off. */
  signal?: AbortSignal;
  now?: () => number;
};

type Kind<Answer> = { kind: 'settled' | 'make'; answer: z.ZodType<Answer> };

/** Asks a pod something on its push route. Null for whatever is no signed answer to this very question. Never throws. */
export async function askPod<Question extends { waitMs: number }, Answer>(
  { kind, answer }: Kind<Answer>,
  {
    address,
    question,
    secrets,
    answers,
    turns,
    deadlineMs = limits.pushDeadlineMs,
    signal,
    now = Date.now,
  }: AskOptions<Question>,
): Promise<Answer | null> {
  const { outcome, ...asked } = await callPod({
    address,
    kind,
    message: { ask: kind, ...question },
    secrets,
    deadlineMs: question.waitMs + deadlineMs,
    signal,
    now,
    turns,
  });
  return messageIn(outcome, answer, { answers, peer: address.key, secrets, ...asked, nowMs: now() });
}

type Asked = { answers: AnswerTrust } & Parameters<AnswerTrust['verify']>[1];

/** What a pod has answered; null for whatever is no signed message of that kind. */
export function messageIn<Answer>(
  outcome: Outcome,
  answer: z.ZodType<Answer>,
  { answers, ...asked }: Asked,
): Answer | null {
  if (outcome.kind !== 'answered' || outcome.status !== 200) return null;
  if (!answers.verify(outcome, asked).trusted) return null;
  const read = readJson(outcome.body);
  return answer.safeParse('json' in read ? read.json : undefined).data ?? null;
}
