import { type Finished, runCommand } from './command.ts';
import { limits } from './limits.ts';
import type { Step, Suite } from './suite.ts';
import { addTallies, failedTimes, type Tally } from './tally.ts';

/** Runs the steps in order; a suite that lacks something counts as one skipped, with the reason. */
export async function runSuite(suite: Suite, show: (line: string) => void): Promise<Tally> {
  for (const need of suite.needs ?? []) {
    const reason = await need();
    if (reason !== undefined) return { ...failedTimes(0), skipped: [{ what: suite.name, reason }] };
  }
  const tallies: Tally[] = [];
  for (const step of suite.steps) tallies.push(await runNaming(step, show));
  return addTallies(tallies);
}

/** Where a step names none of its failures, its last lines stand for them: a log may be cut off before they are shown. */
async function runNaming(step: Step, show: (line: string) => void): Promise<Tally> {
  const shown: string[] = [];
  const tally = await runStep(step, (line) => {
    shown.push(line);
    if (shown.length > limits.lastLines) shown.shift();
    show(line);
  });
  if (tally.failed === 0 || tally.failures.length > 0 || shown.length === 0) return tally;
  return { ...tally, failures: [{ what: 'it ended with', says: ['', ...shown].join('\n    ') }] };
}

async function runStep(step: Step, show: (line: string) => void): Promise<Tally> {
  if ('check' in step) return step.check(show);
  const finished = await runCommand(step.command, show);
  return judge(finished, await step.count(finished), show);
}

/** Fails closed: no count, a count of nothing, or a bad end without a failure is a failure. */
export function judge(finished: Finished, counted: Tally | undefined, show: (line: string) => void): Tally {
  const { exitCode, trouble } = finished;
  if (counted === undefined || counted.passed + counted.failed + counted.skipped.length === 0) {
    show(trouble ?? `It counted nothing (exit code ${exitCode}), so it counts as failed.`);
    return failedTimes(1);
  }
  if (exitCode !== 0 && counted.failed === 0) {
    show(trouble ?? `It ended with exit code ${exitCode} though it counted no failure.`);
    return { ...counted, failed: 1 };
  }
  return counted;
}
