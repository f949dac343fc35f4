import {
  type Target,
  type VisitLine,
  type VisitResult,
  type Visits,
  vanishes,
  visitResults,
} from '@everypod/contract';

/** What came of each of the event's paths on one pod; null while it is to be visited. */
export type VisitsOfLine = Map<string, VisitLine | null>;

const counted = ['made', 'seen', 'gone', 'failed', 'denied', 'left'] as const;
type Counted = (typeof counted)[number];

const isCounted = (result: VisitResult): result is Counted => (counted as readonly string[]).includes(result);
const ranks = new Map(visitResults.map((result, rank) => [result, rank]));
const rankOf = ({ result }: VisitLine) => ranks.get(result) ?? 0;

/**
 * In the words of the contract. `over`: whether no more can come, so that what is still to be visited is left. `atMost`: so many by
 * name, the subject's own page among them, however many are worse.
 */
export function visitsOf(visits: VisitsOfLine, { over, atMost }: { over: boolean; atMost: number }): Visits {
  const counts = { made: 0, seen: 0, gone: 0, failed: 0, denied: 0, left: 0 };
  const lines = [...visits].flatMap(([path, line]) => line ?? (over ? leftOver(path) : []));
  for (const { result } of lines) if (isCounted(result)) counts[result] += 1;
  const [ownPath] = visits.keys();
  const own = lines.find(({ path }) => path === ownPath);
  const paths = lines.sort((one, other) => rankOf(one) - rankOf(other)).slice(0, atMost);
  if (own !== undefined && !paths.includes(own)) paths.splice(-1, 1, own);
  return { of: visits.size, ...counts, paths };
}

/**
 * Of an event that takes something back: that no page answers is what was wanted; and where the subject's own is to be had no
 * longer, that it leads elsewhere, too. Lists may always have done that.
 */
export function asWanted(
  line: VisitLine,
  targets: readonly Target[],
  ownPath: string | undefined,
): VisitLine {
  const isAway = line.result === 'no page' || (line.result === 'redirected' && line.path === ownPath);
  return isAway && wasToGo(line.path, targets) ? { ...line, result: 'gone' } : line;
}

/** A path that the event does not name is one to which its tags have led. */
function wasToGo(path: string, targets: readonly Target[]): boolean {
  const named = targets.filter((target) => 'path' in target && !('scope' in target) && target.path === path);
  return (named.length > 0 ? named : targets).some(vanishes);
}

export function leftOver(path: string): VisitLine {
  return {
    path,
    result: 'left',
    tries: 0,
    reason: 'Its turn had not come when the time for this event was over.',
  };
}
