import { setTimeout as sleep } from 'node:timers/promises';
import type { PodAddress } from '../discovery/service.ts';
import type { Attempt } from './attempt.ts';
import { backoffMs } from './backoff.ts';
import type { Slots } from './slots.ts';
import type { Turns } from './turns.ts';

export type UntilAnsweredOptions<Sending> = {
  address: PodAddress;
  /** Asked before each attempt, so that a retry carries what has come since; null ends it. */
  next: () => Promise<Sending | null>;
  once: (sending: Sending) => Promise<Attempt>;
  /** Told of every attempt as it ends. */
  attempted: (attempt: Attempt, sending: Sending, ms: number) => void;
  /** No attempt starts after this moment. */
  budgetEndsAt: () => number;
  slots: Slots;
  turns: Turns;
  now?: (() => number) | undefined;
  /** `asked` is true when the pod itself named the time. */
  pause?: ((ms: number, asked: boolean) => Promise<unknown>) | undefined;
};

const well = new Set<Attempt['state']>(['applied', 'behind', 'told']);

/** Calls one pod until it has answered, won't ever take it, or the budget is over. */
export async function untilAnswered<Sending>({
  address,
  next,
  once,
  attempted,
  budgetEndsAt,
  slots,
  turns,
  now = Date.now,
  pause = (ms) => sleep(ms),
}: UntilAnsweredOptions<Sending>): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    const tried = await slots.run(address.key, async () => {
      await turns.take();
      const sending = await next();
      if (sending === null) return null;
      const startedAt = performance.now();
      const attempt = await once(sending);
      return { sending, attempt, ms: Math.round(performance.now() - startedAt) };
    });
    if (!tried) return;
    slots.note(address.key, well.has(tried.attempt.state) ? 'well' : 'badly');
    attempted(tried.attempt, tried.sending, tried.ms);
    if (!tried.attempt.retry) return;
    const waitMs = Math.max(backoffMs(failures), tried.attempt.retryAfterMs ?? 0);
    if (now() + waitMs >= budgetEndsAt()) return;
    await pause(waitMs, tried.attempt.retryAfterMs !== undefined);
  }
}
