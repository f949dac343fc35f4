import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, WrongArguments } from './arguments.ts';
import { printVerdicts } from './checker/print.ts';
import { runSeeded } from './run/seeded.ts';
import { runVariants } from './run/variants.ts';

/** Runs the fault suite and says what it came to. */
async function main() {
  const given = readArguments(process.argv.slice(2));
  const folder = mkdtempSync(join(tmpdir(), 'everypod-faults-'));
  console.log(
    `Seed ${given.seed}, ${given.minutes} minutes, ${given.pods} pods. Chronicles and logs: ${folder}`,
  );
  const verdicts = given.variants
    ? await runVariants({ folder, lane: given.lane, only: given.only })
    : await runSeeded(given, folder);
  const failed = printVerdicts(verdicts);
  if (failed === 0 && !given.keep) rmSync(folder, { recursive: true, force: true });
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof WrongArguments ? error.message : error);
  // What was started and still runs is ended by the reaper, once this process is gone.
  process.exit(1);
});
