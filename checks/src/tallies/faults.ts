import type { Finished } from '../command.ts';
import type { Tally } from '../tally.ts';

const linesToSay = 3;

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
  // The figures come first, and what is wrong below them.
  const failures = [...output.matchAll(/^✗ (.+)\n((?: {4}.+\n)*)/gm)].map(([, what = '', found = '']) => ({
    what,
    says: found.trim().split(/\n */).slice(0, linesToSay).join(' · '),
  }));
  return { passed: Number(count[1]), failed: Number(count[2]), failures, skipped, retried: [] };
}
