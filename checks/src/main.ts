import { readArguments, usage } from './arguments.ts';
import { runCommand } from './command.ts';
import { runSuites } from './run-suites.ts';
import type { Suite } from './suite.ts';
import { suites } from './suites/table.ts';
import { summarize } from './summary.ts';

const wish = readArguments(process.argv.slice(2), suites);

if (wish.wants === 'help') {
  if (wish.because !== undefined) print(`${wish.because}\n`);
  print(usage);
  process.exitCode = wish.because === undefined ? 0 : 2;
} else if (wish.wants === 'list') {
  for (const { name, says } of wish.suites) print(`${name.padEnd(12)} ${says}`);
} else if (wish.wants === 'fix') {
  for (const suite of wish.suites) await repair(suite);
} else {
  const outcomes = await runSuites(wish.suites, print);
  for (const line of summarize(outcomes)) print(line);
  process.exitCode = outcomes.every(({ tally }) => tally.failed === 0) ? 0 : 1;
}

async function repair(suite: Suite): Promise<void> {
  for (const command of suite.fix ?? []) {
    print(`▸ ${command.program} ${command.args.join(' ')}`);
    await runCommand(command, (line) => print(`  ${line}`));
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
