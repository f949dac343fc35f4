import type { Finished } from '../command.ts';
import { firstLineOf, type Tally } from '../tally.ts';

/** Reads the fault suite's verdicts: a sign and an assertion each, what was found below, the count last. */
export function countFaultVerdicts({ output }: Finished): Tally | undefined {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  const count = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(last);
  if (!count) return undefined;
  const skipped = [...output.matchAll(/^– (.+)\n(?: {4}(.+))?/gm)].map(([, what = '', reason]) => ({
    what,
    reason: reason ?? 'it gave no reason',
  }));
  if (skipped.length !== Number(count[3] ?? 0)) return undefined;
  const failures = [...output.matchAll(/^✗ (.+)\n(?: {4}(.+))?/gm)].map(([, what = '', found]) => ({
    what,
    says: firstLineOf(found),
  }));
  return { passed: Number(count[1]), failed: Number(count[2]), failures, skipped, retried: [] };
}
