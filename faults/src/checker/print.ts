import { limits } from '../limits.ts';
import { outcomeOf, type Verdict } from './verdict.ts';

const signs = { passed: '✓', failed: '✗', skipped: '–' } as const;

/** A line per assertion, its figures, and what was found; the last line counts. @returns how many have failed */
export function printVerdicts(
  verdicts: readonly Verdict[],
  show: (line: string) => void = console.log,
): number {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const verdict of verdicts) {
    const outcome = outcomeOf(verdict);
    count[outcome] += 1;
    show(`${signs[outcome]} ${verdict.assertion}`);
    const about = verdict.skipped ?? verdict.figures.join(' · ');
    if (about !== '') show(`    ${about}`);
    if (outcome === 'failed' && verdict.judged === 0) show('    Nothing was judged, so nothing is proven.');
    for (const fault of verdict.faults.slice(0, limits.faultsNamed)) show(`    ${fault}`);
    const more = verdict.faults.length - limits.faultsNamed;
    if (more > 0) show(`    and ${more} more`);
  }
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  show(`${count.passed} passed, ${count.failed} failed${skipped}`);
  return count.failed;
}
