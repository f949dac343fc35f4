import type { Cursor, Pods as Standings } from '@everypod/contract';
import type { PodView } from '../../cluster.ts';

/** How far one pod has got; `behind` is null where that is not known. */
export type Standing = { cursor: Cursor | null; settled: Cursor | null; behind: number | null };

/** A probe asks the pod every few seconds; what it told the bridge meanwhile may be further. */
export function standingOf(pod: PodView, standings: Standings | null): Standing {
  const told = standings?.pods.find(({ ip }) => ip === pod.ip);
  return {
    cursor: furthest(pod.cursor, told?.cursor ?? null),
    settled: furthest(pod.settled, told?.settled ?? null),
    behind: told?.behind ?? null,
  };
}

/** A pod that has said nothing since its start has nothing, whatever its former life told the bridge. */
function furthest(own: Cursor | null, told: Cursor | null): Cursor | null {
  if (own === null || told === null || told.epoch !== own.epoch) return own;
  return told.seq > own.seq ? told : own;
}

/** Whether the bridge knows that the last change it accepted has settled on every pod that has visitors. */
export function lastChange(
  pods: PodView[],
  standings: Standings | null,
): 'settled' | 'settling' | 'not known' {
  const ready = pods.filter(({ phase }) => phase === 'ready');
  if (!standings || standings.head === 0 || ready.length === 0) return 'not known';
  const { epoch, head } = standings;
  const reached = (cursor: Cursor | null) => cursor?.epoch === epoch && cursor.seq >= head;
  const each = ready.map((pod) => standingOf(pod, standings));
  // A pod tells the bridge a probe later than it tells the wall, and the report must not lag behind the word fresh.
  const told = ready.map((pod) => standings.pods.find(({ ip }) => ip === pod.ip)?.settled ?? null);
  if (each.every(({ settled }) => reached(settled)) && told.every(reached)) return 'settled';
  return each.every(({ cursor }) => reached(cursor)) ? 'settling' : 'not known';
}
