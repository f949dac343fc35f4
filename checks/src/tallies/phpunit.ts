import type { Finished } from '../command.ts';
import { firstLineOf, type Tally } from '../tally.ts';

/** Reads PHPUnit's last lines: `OK (12 tests, 40 assertions)` or `Tests: 12, Assertions: 40, Failures: 1.` */
export function countPhpunit({ output }: Finished): Tally | undefined {
  const good = /^OK \((\d+) tests?, /m.exec(output);
  if (good) return { passed: Number(good[1]), failed: 0, failures: [], skipped: [], retried: [] };
  const summary = /^Tests: (\d+), (.*)$/m.exec(output);
  if (!summary) return undefined;
  const count = (word: string) => Number(new RegExp(`\\b${word}: (\\d+)`).exec(summary[2] ?? '')?.[1] ?? 0);
  const failed = count('Errors') + count('Failures') + count('Risky') + count('Warnings');
  const skipped = count('Skipped') + count('Incomplete');
  return {
    passed: Math.max(0, Number(summary[1]) - failed - skipped),
    failed,
    failures: [...output.matchAll(/^\d+\) (\S+::.+)\n(.*)$/gm)].map(([, what = '', found]) => ({
      what,
      says: firstLineOf(found),
    })),
    skipped: Array.from({ length: skipped }, () => ({
      what: 'a PHP test',
      reason: 'skipped by itself; its reason stands in the output above',
    })),
    retried: [],
  };
}
