import type { PodLine, Report, VisitLine } from '@everypod/contract';
import { clockTime } from './time.ts';

/**
 * What came of the last change on one pod: of the page that the wall shows, or else of the event's own page.
 * @param line the pod's, where the report is of its present life
 */
export function madeWords(
  { line, report, keeps }: { line: PodLine | null; report: Report | null; keeps: boolean },
  page: string,
): string {
  if (keeps || line?.keeps) return 'old: WordPress can’t be reached';
  const visits = line?.visits;
  if (visits === undefined || report === null) return '–';
  const of = (path: string | null) => visits.paths.find((visit) => withoutSlash(visit.path) === path);
  const shown = of(withoutSlash(page));
  if (shown !== undefined) return visitWords(shown);
  const ownPath = ownPathOf(report);
  const own = of(ownPath);
  if (own !== undefined) return `${ownPath} ${visitWords(own)}`;
  return visits.of === 0 ? '–' : `${visits.made + visits.seen} of ${visits.of} pages made anew`;
}

function visitWords({ result, madeAt, status, to }: VisitLine): string {
  const anew = madeAt === undefined ? 'made anew' : `made anew at ${clockTime(new Date(madeAt))}`;
  const answered = status === undefined ? '' : ` (${status})`;
  switch (result) {
    case 'seen':
      return `${anew}, seen`;
    case 'made':
      return anew;
    case 'gone':
      return `gone${answered}, as it was to be`;
    case 'left':
      return 'left to its next visitor';
    case 'not cached':
      return 'made anew for each visitor';
    case 'no page':
      return `no page there${answered}`;
    case 'redirected':
      return `leads to ${to ?? 'another address'}`;
    case 'denied':
      return `shown to nobody without a login${answered}`;
    case 'failed':
      return 'not made anew: it failed';
  }
}

function ownPathOf({ targets }: Report): string | null {
  for (const target of targets) {
    if ('path' in target && !('scope' in target)) return withoutSlash(target.path);
  }
  return null;
}

const withoutSlash = (path: string) => (path === '/' ? path : path.replace(/\/$/, ''));
