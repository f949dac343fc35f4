import type { AnswerTrust, Push, Secret } from '@everypod/contract';
import { pushOnce } from './push-once.ts';
import { type UntilAnsweredOptions, untilAnswered } from './until-answered.ts';

export type PushToPodOptions = Omit<UntilAnsweredOptions<Push>, 'once'> & {
  /** Asked before each attempt, so that a rotated secret is used at once. */
  secrets: () => readonly Secret[];
  /** One for all pods, so that what was learned of an answer's form is known at the next push. */
  answers: AnswerTrust;
  deadlineMs?: number;
};

/** Pushes to one pod until it has answered, won't ever take it, or the budget is over. */
export function pushToPod({ secrets, answers, deadlineMs, ...options }: PushToPodOptions): Promise<void> {
  const { address, turns, now = Date.now } = options;
  const timing = deadlineMs === undefined ? {} : { deadlineMs };
  return untilAnswered({
    ...options,
    once: (push) => pushOnce({ address, push, secrets: secrets(), answers, turns, now, ...timing }),
  });
}
