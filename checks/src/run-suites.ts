import { runSuite } from './run-suite.ts';
import type { Suite } from './suite.ts';
import type { Outcome } from './summary.ts';

/**
 * Runs the suites in order; those that may, side by side. Of these the first shows its lines as they come, and each
 * other one all at once when its turn has come, so that nobody reads two outputs mixed. One that goes on meanwhile is
 * waited for where one wants to be alone, and at the end.
 */
export async function runSuites(suites: readonly Suite[], print: (line: string) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const meanwhile: Running[] = [];
  const show = async ({ output, outcome }: Running) => {
    output.letThrough();
    outcomes.push(await outcome);
  };
  const waitForAll = async () => {
    for (const running of meanwhile.splice(0)) await show(running);
  };
  for (const group of groupsOf(suites)) {
    if (group[0]?.meanwhile) {
      for (const suite of group) {
        const before = meanwhile.find(({ name }) => name === suite.after);
        meanwhile.push(start(suite, print, before?.outcome));
      }
      continue;
    }
    if (group.some(({ alone }) => alone)) await waitForAll();
    const running = group.map((suite) => start(suite, print));
    for (const one of running) await show(one);
  }
  await waitForAll();
  return outcomes;
}

type Running = { name: string; output: ReturnType<typeof createOutput>; outcome: Promise<Outcome> };

function start(suite: Suite, print: (line: string) => void, before?: Promise<unknown>): Running {
  const output = createOutput(print);
  const run = () => timed(suite, output.show);
  return { name: suite.name, output, outcome: before === undefined ? run() : before.then(run) };
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
