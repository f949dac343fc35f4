import { limits as messageLimits } from '@everypod/contract';

/** Remembers message ids for as long as a captured copy could still be sent. */
export type SeenIds = {
  /** False when the id was claimed before. Call it only after the signature held. */
  claim(id: string): Promise<boolean>;
};

/** Ids that are claimed once in this life of the bridge. */
export function createSeenIds({ most, now }: { most: number; now: () => number }): SeenIds {
  // Insertion order is the order of time.
  const seenAt = new Map<string, number>();
  return {
    async claim(id) {
      const forgetBefore = now() - messageLimits.replayMemorySeconds * 1_000;
      for (const [old, at] of seenAt) {
        if (at >= forgetBefore && seenAt.size < most) break;
        seenAt.delete(old);
      }
      if (seenAt.has(id)) return false;
      seenAt.set(id, now());
      return true;
    },
  };
}
