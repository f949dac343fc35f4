import { type SettledAnswer, type SettledQuestion, settledAnswerSchema } from '@everypod/contract';
import { type AskOptions, askPod } from './ask-pod.ts';

/** How far, and how long the pod may wait with its answer. */
export type AskSettledOptions = AskOptions<Omit<SettledQuestion, 'ask'>>;

/**
 * Asks a pod, on its push route, to tell when it has settled. Null for whatever is no signed answer to this very question:
 * nothing depends on it, since the pod's next catch-up tells the same. Never throws.
 */
export function askSettled(options: AskSettledOptions): Promise<SettledAnswer | null> {
  return askPod({ kind: 'settled', answer: settledAnswerSchema }, options);
}
