import type { Cluster } from '../../cluster.ts';
import { limits } from '../../limits.ts';
import { createLook } from '../copies/look.ts';
import { moment } from '../copies/moment.ts';

/** Asks the bridge at most once a period. Null when it does not answer soon enough. */
export function latestOf<Told>(
  cluster: Cluster,
  ask: () => Promise<Told | null>,
): () => Promise<Told | null> {
  const look = createLook(ask, limits.wallLookPeriodMs);
  return async () => {
    if (!cluster.bridge.running()) return null;
    const seen = look.again().then(() => look.latest() ?? null);
    // What an earlier look saw may be true no more, so nothing is said instead.
    return Promise.race([seen, moment(limits.wallPatienceMs).then(() => null)]);
  };
}
