import type { Delivery, PodLine, Report } from '../rest/shapes.ts';
import { anewWords } from './anew.ts';
import { awayWords, isFarewell } from './away.ts';
import { deniedWords, failedWords, leadsWords, leftWords, noPageWords, notCachedWords } from './not-made.ts';
import { type OwnVisits, ownVisitsOf, withResult } from './own-visits.ts';
import type { Summary } from './tone.ts';

/** The worst that can be said of the subject's own page on all pods. */
type Verdict = { against: boolean; text: string | null };

/**
 * How far a change has got, with what came of its own page. Being fresh is not all there is to say where that page can't be
 * had, or is somewhere else.
 * @param moment puts an ISO time in words
 */
export function withMade(
  { tone, text }: Summary,
  change: Delivery['change'],
  report: Report,
  live: readonly PodLine[],
  moment: (iso: string) => string,
): Summary {
  const own = ownVisitsOf(report, live);
  if (own === null) return { tone, text };
  const verdict = verdictOn(own, change, report.final, moment);
  return {
    tone: verdict.against && tone === 'good' ? 'partly' : tone,
    text: verdict.text === null ? text : `${text} ${verdict.text}`,
  };
}

/** Whether something is wrong with the subject's own page on one of the pods. */
export function speaksAgainst(change: Delivery['change'], report: Report, live: readonly PodLine[]): boolean {
  const own = ownVisitsOf(report, live);
  return own !== null && verdictOn(own, change, report.final, () => '').against;
}

function verdictOn(
  own: OwnVisits,
  change: Delivery['change'],
  final: boolean,
  moment: (iso: string) => string,
): Verdict {
  const [failed] = withResult(own, 'failed');
  if (failed) return { against: true, text: failedWords(own) };
  if (isFarewell(change)) return { against: false, text: awayWords(own, change) };
  const [noPage] = withResult(own, 'no page');
  if (noPage && !isServed(own)) return { against: true, text: noPageWords(noPage.line) };
  const [redirected] = withResult(own, 'redirected');
  if (redirected) return { against: true, text: leadsWords(redirected.line) };
  const sentences = [
    deniedWords(own),
    anewWords(own, final, moment),
    leftWords(own),
    notCachedWords(own),
    awayWords(own, change),
  ].filter((sentence) => sentence !== null);
  return { against: false, text: sentences.join(' ') || null };
}

/** Pods of another Service may know nothing of a page that these serve. */
function isServed(own: OwnVisits): boolean {
  return withResult(own, 'made', 'seen', 'not cached').length > 0;
}
