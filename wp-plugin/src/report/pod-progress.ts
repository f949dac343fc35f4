import { __, sprintf } from '@wordpress/i18n';
import type { PodLine, Report } from '../rest/shapes.ts';
import { msBetween, timeOfDay } from './moments.ts';
import { otherVisitsWords } from './other-visits.ts';
import { otherVisitsOf, ownPathOf, ownVisitOf } from './own-path.ts';
import { visitWords } from './visit-words.ts';
import { durationWords } from './words.ts';

/**
 * How one pod got from the push to its pages: "applied in 12 ms · fresh after 140 ms · /hello made anew at 14:03:07".
 * Null where nothing was visited, since the line above says all else.
 * @param moment puts an ISO time in words
 */
export function podProgress(
  pod: PodLine,
  report: Report,
  moment: (iso: string) => string = timeOfDay,
): string | null {
  if (!pod.visits) return null;
  const ownPath = ownPathOf(report);
  const own = ownVisitOf(pod, ownPath);
  const parts = [
    appliedWords(pod),
    freshWords(pod, report.acceptedAt),
    own && visitWords(own, moment),
    ...otherVisitsWords(otherVisitsOf(pod.visits, ownPath), moment),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** Of a pod that caught up, another sentence says when. */
function appliedWords({ state, ms, caughtUpAt }: PodLine): string | null {
  if (state !== 'applied' || caughtUpAt !== undefined) return null;
  /* translators: %s: a duration, such as "12 ms". */
  return sprintf(__('applied in %s', 'everypod'), durationWords(ms));
}

function freshWords({ state, settledAt }: PodLine, acceptedAt: string): string | null {
  if (state !== 'applied' || settledAt === undefined) return null;
  /* translators: %s: a duration, such as "140 ms". */
  return sprintf(__('fresh after %s', 'everypod'), durationWords(msBetween(acceptedAt, settledAt)));
}
