import type { WithoutBridge } from '@everypod/contract';
import type { Limits } from '../limits.ts';
import type { PodNews } from './registry.ts';

/**
 * Pods that had no bridge say so in every catch-up until they have heard an answer. This tells the first of them: once
 * for each instance, reason and time without a bridge.
 */
export type AloneOnce = {
  /** Takes note of a pod's word. True when it tells of a time that no word has told of yet. */
  isNew(news: PodNews): boolean;
};

type Told = { why: WithoutBridge; at: number; over: boolean };

export function createAloneOnce({
  limits,
  monotonicMs,
}: {
  limits: Limits;
  monotonicMs: () => number;
}): AloneOnce {
  // Insertion order is the order of being told.
  const told = new Map<string, Told>();
  return {
    isNew({ pod: { instance }, by, withoutBridge: why }) {
      const before = told.get(instance);
      if (by !== 'catch-up') return false;
      if (why === undefined) {
        if (before) before.over = true;
        return false;
      }
      const at = monotonicMs();
      // One that was under way may come after the next, and no pod can be without a bridge again so soon.
      const again = before?.why === why && (!before.over || at - before.at < limits.aloneAgainMs);
      told.delete(instance);
      told.set(instance, { why, at, over: false });
      const [oldest] = told.keys();
      if (told.size > limits.podsRemembered && oldest !== undefined) told.delete(oldest);
      return !again;
    },
  };
}
