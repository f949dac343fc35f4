import { __, _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { PodLine, Report } from '../rest/shapes.ts';
import { msBetween } from './moments.ts';
import type { Tally } from './tally.ts';

/** "2 of 3 now; nextjs-b caught up 4 s later", or "applied it" where it answered its push that late. */
export function lateWords(report: Report, { live, applied, late }: Tally): string {
  const atOnce = sprintf(
    /* translators: 1: number of pods that applied a change at once. 2: number of pods. */
    __('%1$d of %2$d now', 'everypod'),
    applied.length - late.length,
    live.length,
  );
  const named: string[] = late
    .slice(0, limits.latePodsNamed)
    .map((pod) => howItGotThere(pod, report.acceptedAt));
  const others = late.length - named.length;
  if (others > 0) {
    /* translators: %d: number of further pods. */
    named.push(sprintf(_n('%d more later', '%d more later', others, 'everypod'), others));
  }
  return [atOnce, ...named].join('; ');
}

function howItGotThere({ name, ms, caughtUpAt }: PodLine, acceptedAt: string): string {
  if (caughtUpAt !== undefined) {
    return sprintf(
      /* translators: 1: name of a pod. 2: number of seconds. */
      __('%1$s caught up %2$d s later', 'everypod'),
      name,
      seconds(msBetween(acceptedAt, caughtUpAt)),
    );
  }
  /* translators: 1: name of a pod. 2: number of seconds. */
  return sprintf(__('%1$s applied it %2$d s later', 'everypod'), name, seconds(ms));
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
