import type { Delivery, PodLine, Report } from '../rest/shapes.ts';
import { ownPathOf, ownVisitOf } from './own-path.ts';

export type StationName = 'saved' | 'accepted' | 'applied' | 'fresh' | 'made';

/** One moment of a change's way to one pod, in milliseconds since it was saved. */
export type Station = { name: StationName; ms: number };

/** The moments that are known, in the order in which they came. WordPress tells its own to the second only. */
export function stationsOf(pod: PodLine, report: Report, createdAt: Delivery['createdAt']): Station[] {
  const accepted = Date.parse(report.acceptedAt);
  // WordPress's clock may be ahead of the bridge's.
  const saved = Math.min(Date.parse(createdAt), accepted);
  const times: Array<[StationName, number | null]> = [
    ['saved', saved],
    ['accepted', accepted],
    ['applied', appliedAt(pod, accepted)],
    ['fresh', pod.state === 'applied' ? parsed(pod.settledAt) : null],
    ['made', parsed(ownVisitOf(pod, ownPathOf(report))?.madeAt)],
  ];
  return times
    .flatMap(([name, at]) => (at === null ? [] : [{ name, ms: Math.max(0, at - saved) }]))
    .sort((one, other) => one.ms - other.ms);
}

function appliedAt({ state, ms, caughtUpAt }: PodLine, accepted: number): number | null {
  if (state !== 'applied') return null;
  return parsed(caughtUpAt) ?? accepted + ms;
}

function parsed(moment: string | undefined): number | null {
  return moment === undefined ? null : Date.parse(moment);
}
