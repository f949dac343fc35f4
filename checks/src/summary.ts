import type { Suite } from './suite.ts';
import { addTallies, type Failure, type Tally, tallyLine } from './tally.ts';

export interface Outcome {
  suite: Suite;
  tally: Tally;
  seconds: number;
}

/** The table at the end, what failed, what was skipped and why, what passed by luck, and the one line that says it all, last. */
export function summarize(outcomes: Outcome[]): string[] {
  const total = addTallies(outcomes.map(({ tally }) => tally));
  const width = Math.max(...outcomes.map(({ suite }) => suite.name.length), 5);
  const row = (name: string, passed: string, failed: string, skipped: string, seconds: string) =>
    `${name.padEnd(width)}  ${passed.padStart(6)}  ${failed.padStart(6)}  ${skipped.padStart(7)}  ${seconds.padStart(7)}`;
  return [
    row('suite', 'passed', 'failed', 'skipped', 'seconds'),
    ...outcomes.map(({ suite, tally, seconds }) =>
      row(
        suite.name,
        String(tally.passed),
        String(tally.failed),
        String(tally.skipped.length),
        seconds.toFixed(1),
      ),
    ),
    ...(total.failures.length === 0 ? [] : ['', 'Failed:']),
    ...outcomes.flatMap(({ suite, tally }) => tally.failures.map(lineOf(suite))),
    ...(total.skipped.length === 0 ? [] : ['', 'Skipped:']),
    ...total.skipped.map(({ what, reason }) => `  ${what}: ${reason}`),
    ...(total.retried.length === 0 ? [] : ['', `${total.retried.length} passed at a second try only:`]),
    ...outcomes.flatMap(({ suite, tally }) => tally.retried.map(lineOf(suite))),
    '',
    tallyLine(total),
  ];
}

const lineOf =
  ({ name }: Suite) =>
  ({ what, says }: Failure) =>
    `  ${name}: ${what}${says && `: ${says}`}`;
