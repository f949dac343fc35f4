import type { Cursor, PodLine, Report, Pods as Standings } from '@everypod/contract';
import type { PodView } from '../../cluster.ts';

/** How far one pod has got; `behind` is null where that is not known. */
export type Standing = {
  cursor: Cursor | null;
  settled: Cursor | null;
  behind: number | null;
  /** It gives what it had, since WordPress can’t be reached. */
  keeps: boolean;
};

/** A probe asks the pod every few seconds; what it told the bridge meanwhile may be further. */
export function standingOf(pod: PodView, standings: Standings | null): Standing {
  const told = standings?.pods.find(({ ip }) => ip === pod.ip);
  return {
    cursor: furthest(pod.cursor, told?.cursor ?? null),
    settled: furthest(pod.settled, told?.settled ?? null),
    behind: told?.behind ?? null,
    keeps: told?.keeps ?? false,
  };
}

/** What a report says of a pod in its present life; null where that is not known. */
export function lineOf(pod: PodView, report: Report | null, standings: Standings | null): PodLine | null {
  const line = report?.pods.find(({ ip }) => ip === pod.ip);
  const told = standings?.pods.find(({ ip }) => ip === pod.ip);
  return line !== undefined && line.instance === told?.instance ? line : null;
}

/** A pod that has said nothing since its start has nothing, whatever its former life told the bridge. */
function furthest(own: Cursor | null, told: Cursor | null): Cursor | null {
  if (own === null || told === null || told.epoch !== own.epoch) return own;
  return told.seq > own.seq ? told : own;
}

/** How far the last change that the bridge accepted has got on the pods that have visitors, as far as the bridge knows. */
export function lastChange(
  pods: PodView[],
  standings: Standings | null,
): 'settled' | 'settling' | 'old' | 'not known' {
  const ready = pods.filter(({ phase }) => phase === 'ready');
  if (!standings || standings.head === 0 || ready.length === 0) return 'not known';
  const { epoch, head } = standings;
  const reached = (cursor: Cursor | null) => cursor?.epoch === epoch && cursor.seq >= head;
  const each = ready.map((pod) => standingOf(pod, standings));
  // A pod tells the bridge a probe later than it tells the wall, and the report must not lag behind the word fresh.
  const told = ready.map((pod) => standings.pods.find(({ ip }) => ip === pod.ip)?.settled ?? null);
  if (each.every(({ settled }) => reached(settled)) && told.every(reached)) return 'settled';
  if (each.some(({ keeps }) => keeps)) return 'old';
  return each.every(({ cursor }) => reached(cursor)) ? 'settling' : 'not known';
}
