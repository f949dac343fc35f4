import type { Pods as Standings } from '@everypod/contract';
import type { Cluster } from '../../cluster.ts';
import { limits } from '../../limits.ts';
import { createLook } from '../copies/look.ts';
import { moment } from '../copies/moment.ts';

/** Asks the bridge how far each pod has got, at most once a period. Null when it does not answer soon enough. */
export function createLatestStandings({ cluster }: { cluster: Cluster }): () => Promise<Standings | null> {
  const look = createLook(async () => cluster.bridge.standings(), limits.wallLookPeriodMs);
  return async () => {
    if (!cluster.bridge.running()) return null;
    const seen = look.again().then(() => look.latest() ?? null);
    // What an earlier look saw may be true no more, so nothing is said instead.
    return Promise.race([seen, moment(limits.wallPatienceMs).then(() => null)]);
  };
}
