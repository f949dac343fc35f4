import type { PodLine, Report, VisitLine, Visits } from '../rest/shapes.ts';

/** The page of what was changed: the first that its event names. Null where it names none, as for a whole site. */
export function ownPathOf({ targets }: Pick<Report, 'targets'>): string | null {
  for (const target of targets) {
    if ('path' in target && target.scope === undefined) return target.path;
  }
  return null;
}

export function ownVisitOf({ visits }: Pick<PodLine, 'visits'>, ownPath: string | null): VisitLine | null {
  return visits?.paths.find(({ path }) => path === ownPath) ?? null;
}

/** The same without the subject's own page. */
export function otherVisitsOf(visits: Visits, ownPath: string | null): Visits {
  const own = ownVisitOf({ visits }, ownPath);
  if (own === null) return visits;
  const less = (result: 'made' | 'seen' | 'gone' | 'failed' | 'denied' | 'left') =>
    Math.max(0, visits[result] - (own.result === result ? 1 : 0));
  return {
    of: Math.max(0, visits.of - 1),
    made: less('made'),
    seen: less('seen'),
    gone: less('gone'),
    failed: less('failed'),
    denied: less('denied'),
    left: less('left'),
    paths: visits.paths.filter((line) => line !== own),
  };
}
