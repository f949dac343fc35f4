import { _n, sprintf } from '@wordpress/i18n';
import { limits } from '../limits.ts';
import type { VisitLine, Visits } from '../rest/shapes.ts';
import { visitWords } from './visit-words.ts';

/**
 * Of the pages beside the subject's own: those that failed by name, the others counted. "/feed not made anew after 3 tries;
 * 7 other pages made anew; 1 left to its next visitor".
 */
export function otherVisitsWords(others: Visits, moment: (iso: string) => string): string[] {
  const failed = others.paths.filter(({ result }) => result === 'failed').slice(0, limits.failedVisitsNamed);
  const named = failed.map((line) => visitWords(line, moment)).filter((words) => words !== null);
  return [...named, ...countsOf(others, others.failed - failed.length)];
}

function countsOf({ made, seen, gone, denied, left, paths }: Visits, failed: number): string[] {
  const counts: Array<[number, (count: number) => string]> = [
    [
      failed,
      (count) =>
        /* translators: %d: number of further pages. */
        sprintf(_n('%d more not made anew', '%d more not made anew', count, 'everypod'), count),
    ],
    [
      made + seen,
      (count) =>
        /* translators: %d: number of pages beside the one that was changed. */
        sprintf(_n('%d other page made anew', '%d other pages made anew', count, 'everypod'), count),
    ],
    [
      countOf(paths, 'not cached'),
      (count) =>
        sprintf(
          /* translators: %d: number of pages that no pod keeps. */
          _n('%d other made for each visitor', '%d others made for each visitor', count, 'everypod'),
          count,
        ),
    ],
    [
      left,
      (count) =>
        sprintf(
          /* translators: %d: number of pages that their next visitors bring about to be made anew. */
          _n('%d other left to its next visitor', '%d others left to their next visitors', count, 'everypod'),
          count,
        ),
    ],
    [
      denied,
      (count) =>
        /* translators: %d: number of pages. */
        sprintf(_n('%d other behind a login', '%d others behind a login', count, 'everypod'), count),
    ],
    [
      countOf(paths, 'redirected'),
      (count) =>
        /* translators: %d: number of paths that lead to another one. */
        sprintf(_n('%d other leads elsewhere', '%d others lead elsewhere', count, 'everypod'), count),
    ],
    [
      gone,
      (count) =>
        /* translators: %d: number of pages that are no longer there, as it was to be. */
        sprintf(_n('%d other gone', '%d others gone', count, 'everypod'), count),
    ],
    [
      countOf(paths, 'no page'),
      (count) =>
        /* translators: %d: number of paths at which the site has no page. */
        sprintf(_n('no page at %d other path', 'no page at %d other paths', count, 'everypod'), count),
    ],
  ];
  return counts.filter(([count]) => count > 0).map(([count, words]) => words(count));
}

/** Of results that are not counted in a report: each of their paths is named there. */
function countOf(paths: readonly VisitLine[], wanted: string): number {
  return paths.filter(({ result }) => result === wanted).length;
}
