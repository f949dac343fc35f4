import {
  type AnswerTrust,
  type Push,
  plainTargets,
  type Secret,
  speaksSecond,
  vanishes,
} from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import { limits } from '../limits.ts';
import type { Attempt } from './attempt.ts';
import { callPod } from './call-pod.ts';
import { classify } from './classify.ts';
import type { Turns } from './turns.ts';

export type PushOnceOptions = {
  address: PodAddress;
  push: Push;
  /** Newest first; all of them sign. */
  secrets: readonly Secret[];
  answers: AnswerTrust;
  turns: Turns;
  deadlineMs?: number;
  now?: () => number;
};

/** Sends one push. Never throws. */
export async function pushOnce(options: PushOnceOptions): Promise<Attempt> {
  const attempt = await sendOnce(options);
  const { push } = options;
  // 0.1.0 refuses each word that is new. It keeps no former page, and makes none anew, so it needs none of them.
  const isNew = push.event !== undefined || push.vanishing !== undefined || push.targets.some(vanishes);
  if (attempt.status !== 400 || !isNew) return attempt;
  const { event: _, vanishing: __, ...former } = push;
  return sendOnce({ ...options, push: { ...former, targets: plainTargets(push.targets) } });
}

async function sendOnce({
  address,
  push,
  secrets,
  answers,
  turns,
  deadlineMs = limits.pushDeadlineMs,
  now = Date.now,
}: PushOnceOptions): Promise<Attempt> {
  const { outcome, ...asked } = await callPod({
    address,
    kind: 'push',
    message: push,
    secrets,
    deadlineMs,
    now,
    turns,
  });
  const attempt = classify(outcome, { address, push, secrets, answers, ...asked, nowMs: now() });
  if (!('status' in outcome)) return attempt;
  const isSecond = attempt.answer !== undefined && 'headers' in outcome && speaksSecond(outcome.headers);
  return { ...attempt, status: outcome.status, ...(isSecond && { speaksSecond: true as const }) };
}
