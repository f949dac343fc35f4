import { __, _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { Report } from '../rest/shapes.ts';
import { msBetween } from './moments.ts';
import type { Tally } from './tally.ts';

/** "2 of 3 now; nextjs-b caught up 4 s later" */
export function lateWords(report: Report, { live, applied, late }: Tally): string {
  const atOnce = sprintf(
    /* translators: 1: number of pods that applied a change at once. 2: number of pods. */
    __('%1$d of %2$d now', 'everypod'),
    applied.length - late.length,
    live.length,
  );
  const named: string[] = late.slice(0, limits.latePodsNamed).map((pod) =>
    sprintf(
      /* translators: 1: name of a pod. 2: number of seconds. */
      __('%1$s caught up %2$d s later', 'everypod'),
      pod.name,
      Math.round(msBetween(report.acceptedAt, pod.caughtUpAt ?? report.acceptedAt) / 1_000),
    ),
  );
  const others = late.length - named.length;
  if (others > 0) {
    /* translators: %d: number of further pods. */
    named.push(sprintf(_n('%d more caught up later', '%d more caught up later', others, 'everypod'), others));
  }
  return [atOnce, ...named].join('; ');
}
