import { limits as messageLimits } from '@everypod/contract';
import type { Limits } from '../limits.ts';

/**
 * Remembers message ids for as long as a captured copy could still be sent: so many of each pod, and so many in all, and
 * the oldest go first.
 *
 * A copy of a forgotten one is answered. That makes no page stale: a pod trusts no answer to a question that it no
 * longer waits for. It can show a pod that is gone as live for a lease more, or a former life of one until its next
 * probe. Whoever can sign needs no copies; so it is enough to count by the address that a pod gives as its own, which
 * keeps one that asks without end from pushing out what is remembered of the others.
 */
export type SeenIds = {
  /** False when the pod's message of that id was claimed before. Call it only after the signature held. */
  claim(id: string, pod: string): Promise<boolean>;
};

type Options = { limits: Limits; now: () => number };

/** Ids that are claimed once in this life of the bridge. */
export function createSeenIds({ limits, now }: Options): SeenIds {
  // Insertion order is the order of time, in both.
  const all = new Map<string, { pod: string; at: number }>();
  const byPod = new Map<string, Set<string>>();

  function forget(key: string, pod: string) {
    all.delete(key);
    const ofPod = byPod.get(pod);
    ofPod?.delete(key);
    if (ofPod?.size === 0) byPod.delete(pod);
  }

  function forgetWhile(surplus: (at: number) => boolean) {
    for (const [key, { pod, at }] of all) {
      if (!surplus(at)) return;
      forget(key, pod);
    }
  }

  return {
    async claim(id, pod) {
      const forgetBefore = now() - messageLimits.replayMemorySeconds * 1_000;
      forgetWhile((at) => at < forgetBefore);
      const key = `${pod} ${id}`;
      if (all.has(key)) return false;

      const [oldest] = byPod.get(pod) ?? [];
      if (oldest !== undefined && (byPod.get(pod)?.size ?? 0) >= limits.catchUpIdsPerPod) forget(oldest, pod);
      forgetWhile(() => all.size >= limits.catchUpIdsRemembered);
      all.set(key, { pod, at: now() });
      const ofPod = byPod.get(pod) ?? new Set();
      byPod.set(pod, ofPod.add(key));
      return true;
    },
  };
}
