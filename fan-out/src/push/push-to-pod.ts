import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerTrust, Push, Secret } from '@everypod/contract';
import type { PodAddress } from '../discovery/service.ts';
import type { Attempt } from './attempt.ts';
import { backoffMs } from './backoff.ts';
import { pushOnce } from './push-once.ts';
import type { Slots } from './slots.ts';

export type PushToPodOptions = {
  address: PodAddress;
  /** Asked before each attempt, so that a retry carries what has come since; null ends it. */
  next: () => Promise<Push | null>;
  /** Asked before each attempt, so that a rotated secret is used at once. */
  secrets: () => readonly Secret[];
  /** One for all pods, so that what was learned of an answer's form is known at the next push. */
  answers: AnswerTrust;
  /** Told of every attempt as it ends. */
  attempted: (attempt: Attempt, push: Push) => void;
  /** No attempt starts after this moment. */
  budgetEndsAt: () => number;
  slots: Slots;
  deadlineMs?: number;
  now?: () => number;
  /** `asked` is true when the pod itself named the time. */
  pause?: (ms: number, asked: boolean) => Promise<unknown>;
};

/** Pushes to one pod until it has answered, won't ever take it, or the budget is over. */
export async function pushToPod({
  address,
  next,
  secrets,
  answers,
  attempted,
  budgetEndsAt,
  slots,
  deadlineMs,
  now = Date.now,
  pause = (ms) => sleep(ms),
}: PushToPodOptions): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    const tried = await slots.run(address.key, async () => {
      const push = await next();
      if (!push) return null;
      const timing = deadlineMs === undefined ? {} : { deadlineMs };
      return {
        push,
        attempt: await pushOnce({ address, push, secrets: secrets(), answers, now, ...timing }),
      };
    });
    if (!tried) return;
    const { state } = tried.attempt;
    slots.note(address.key, state === 'applied' || state === 'behind' ? 'well' : 'badly');
    attempted(tried.attempt, tried.push);
    if (!tried.attempt.retry) return;
    const waitMs = Math.max(backoffMs(failures), tried.attempt.retryAfterMs ?? 0);
    if (now() + waitMs >= budgetEndsAt()) return;
    await pause(waitMs, tried.attempt.retryAfterMs !== undefined);
  }
}
