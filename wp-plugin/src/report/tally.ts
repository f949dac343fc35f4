import { limits } from '../limits.ts';
import type { PodLine, PodState, Report } from '../rest/shapes.ts';

/** Pods that are leaving, or not yet listening, take no traffic: they don't count against a change. */
const notLive: readonly PodState[] = ['gone', 'starting'];

/**
 * Of the live ones, `told` answered a call that moves no cursor. Of those that applied it, `late` got there by asking or
 * answered long after, and `unsettled` have not settled.
 */
export type Tally = {
  live: PodLine[];
  applied: PodLine[];
  told: PodLine[];
  late: PodLine[];
  unsettled: PodLine[];
};

export function tallyOf(report: Report): Tally {
  const live = report.pods.filter((pod) => !notLive.includes(pod.state));
  const applied = live.filter((pod) => pod.state === 'applied');
  return {
    live,
    applied,
    told: live.filter((pod) => pod.state === 'told'),
    late: applied.filter(({ caughtUpAt, ms }) => caughtUpAt !== undefined || ms >= limits.lateMs),
    unsettled: applied.filter(({ settledAt }) => settledAt === undefined),
  };
}
