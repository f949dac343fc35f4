import {
  type AnswerTrust,
  type MakeAnswer,
  type MakeQuestion,
  makeAnswerSchema,
  readJson,
  type Secret,
} from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import { limits } from '../limits.ts';
import { callPod } from './call-pod.ts';
import type { Turns } from './turns.ts';

export type AskMakeOptions = {
  address: PodAddress;
  question: Omit<MakeQuestion, 'ask'>;
  secrets: readonly Secret[];
  answers: AnswerTrust;
  turns: Turns;
  /** Beside the time that the pod may take. */
  deadlineMs?: number;
  /** Calls it off. */
  signal?: AbortSignal;
  now?: () => number;
};

/**
 * Grants a pod, on its push route, one visit of one of its pages. Null for whatever is no signed answer to this very question:
 * then nobody knows what came of it. Never throws.
 */
export async function askMake({
  address,
  question,
  secrets,
  answers,
  turns,
  deadlineMs = limits.pushDeadlineMs,
  signal,
  now = Date.now,
}: AskMakeOptions): Promise<MakeAnswer | null> {
  const { outcome, ...asked } = await callPod({
    address,
    kind: 'make',
    message: { ask: 'make', ...question } satisfies MakeQuestion,
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
  const answer = makeAnswerSchema.safeParse('json' in read ? read.json : undefined).data;
  return answer?.visit.path === question.path ? answer : null;
}
