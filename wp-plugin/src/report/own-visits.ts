import type { PodLine, Report, VisitLine } from '../rest/shapes.ts';
import { ownPathOf, ownVisitOf } from './own-path.ts';

type OwnVisit = { pod: PodLine; line: VisitLine };

/** What came of the subject's own page: a visit for each of the pods that says something of it. */
export type OwnVisits = { path: string; pods: number; visits: OwnVisit[] };

/** Null where no pod says anything of it. */
export function ownVisitsOf(report: Pick<Report, 'targets'>, live: readonly PodLine[]): OwnVisits | null {
  const path = ownPathOf(report);
  if (path === null) return null;
  const visits = live.flatMap((pod) => {
    const line = ownVisitOf(pod, path);
    return line === null ? [] : [{ pod, line }];
  });
  return visits.length === 0 ? null : { path, pods: live.length, visits };
}

export function withResult({ visits }: Pick<OwnVisits, 'visits'>, ...results: string[]): OwnVisit[] {
  return visits.filter(({ line }) => results.includes(line.result));
}
