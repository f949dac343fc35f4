import type { PodLine, VisitLine, Visits } from '../../src/rest/shapes.ts';
import { pod } from './delivery-fixtures.ts';

export const settledAt = '2026-03-01T10:00:00.140Z';
export const madeAt = '2026-03-01T10:00:07.000Z';

export function line(result: string, more: Partial<VisitLine> = {}): VisitLine {
  const isMade = result === 'made' || result === 'seen';
  return { path: '/hello/', result, tries: 1, ...(isMade && { madeAt }), ...more };
}

/** The visits of one pod, counted as a bridge counts them. */
export function visits(...paths: VisitLine[]): Visits {
  const count = (result: string) => paths.filter((one) => one.result === result).length;
  return {
    of: paths.length,
    made: count('made'),
    seen: count('seen'),
    gone: count('gone'),
    failed: count('failed'),
    denied: count('denied'),
    left: count('left'),
    paths,
  };
}

/** A pod that is fresh, and what came of the pages that it visited. */
export function visited(name: string, ...paths: VisitLine[]): PodLine {
  return pod(name, 'applied', { settledAt, visits: visits(...paths) });
}
