import { runSuite } from './run-suite.ts';
import type { Suite } from './suite.ts';
import type { Outcome } from './summary.ts';

/**
 * Runs the suites in order; those that may, side by side. Of these the first shows its lines as they come, and each
 * other one all at once when its turn has come, so that nobody reads two outputs mixed.
 */
export async function runSuites(suites: readonly Suite[], print: (line: string) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const group of groupsOf(suites)) {
    const running = group.map((suite, index) => {
      const output = createOutput(print);
      if (index === 0) output.letThrough();
      return { output, outcome: timed(suite, output.show) };
    });
    for (const { output, outcome } of running) {
      output.letThrough();
      outcomes.push(await outcome);
    }
  }
  return outcomes;
}

function groupsOf(suites: readonly Suite[]): Suite[][] {
  const groups: Suite[][] = [];
  for (const suite of suites) {
    const before = groups.at(-1);
    if (before !== undefined && before.at(-1)?.name === suite.beside) before.push(suite);
    else groups.push([suite]);
  }
  return groups;
}

function createOutput(print: (line: string) => void) {
  let held: string[] | null = [];
  return {
    show(line: string) {
      if (held === null) print(line);
      else held.push(line);
    },
    letThrough() {
      for (const line of held ?? []) print(line);
      held = null;
    },
  };
}

async function timed(suite: Suite, show: (line: string) => void): Promise<Outcome> {
  show(`▸ ${suite.name}: ${suite.says}`);
  const startedAt = performance.now();
  const tally = await runSuite(suite, (line) => show(`  ${line}`));
  show('');
  return { suite, tally, seconds: (performance.now() - startedAt) / 1000 };
}
