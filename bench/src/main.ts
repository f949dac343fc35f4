import { writeFileSync } from 'node:fs';
import { readArguments, usage } from './arguments.ts';
import { measurements } from './measurements.ts';
import { describeMachine } from './report/machine.ts';
import { machineLines, tableLines } from './report/text.ts';
import { runAll } from './run-all.ts';

const wish = readArguments(
  process.argv.slice(2),
  measurements.map(({ name }) => name),
);

if (wish.wants === 'help') {
  if (wish.because !== undefined) print(`${wish.because}\n`);
  print(usage);
  process.exitCode = wish.because === undefined ? 0 : 2;
} else if (wish.wants === 'list') {
  for (const { name, says } of measurements) print(`${name.padEnd(10)} ${says}`);
} else {
  const machine = describeMachine();
  for (const line of machineLines(machine)) print(line);
  if (wish.quick) print('Quick: too few rounds to be quoted.');
  const chosen = measurements.filter(({ name }) => wish.names.includes(name));
  const report = await runAll(chosen, {
    quick: wish.quick,
    starting: ({ name, says }) => print(`\n▸ ${name}: ${says}`),
    found: (tables) => {
      for (const table of tables) for (const line of tableLines(table)) print(line);
    },
    failed: (reason) => print(`  Not measured: ${reason}`),
  });
  print(`\n${report.seconds.toFixed(0)} s in all.`);
  if (wish.jsonFile) writeFileSync(wish.jsonFile, `${JSON.stringify({ machine, ...report }, null, 2)}\n`);
  process.exitCode = report.measured.some(({ failure }) => failure !== null) ? 1 : 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
