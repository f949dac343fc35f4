import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Arguments, readArguments, WrongArguments } from './arguments.ts';
import { printVerdicts } from './checker/print.ts';
import type { Verdict } from './checker/verdict.ts';
import { proveInFlight } from './in-flight/in-flight.ts';
import { limits } from './limits.ts';
import { proveDurability } from './run/durability.ts';
import { runKills } from './run/kills.ts';
import { runSeeded } from './run/seeded.ts';
import { runVariants } from './run/variants.ts';

/** Runs the fault suite and says what it came to. */
async function main() {
  const given = readArguments(process.argv.slice(2));
  const folder = mkdtempSync(join(tmpdir(), 'everypod-faults-'));
  console.log(
    `Seed ${given.seed}, ${given.minutes} minutes, ${given.pods} pods. Chronicles and logs: ${folder}`,
  );
  const failed = printVerdicts(await chosenRun(given, folder));
  // Retries, since the journal's disk may still be on its way out.
  if (failed === 0 && !given.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  process.exit(failed === 0 ? 0 : 1);
}

async function chosenRun(given: Arguments, folder: string): Promise<Verdict[]> {
  const { only, kills } = given;
  if (given.variants) return runVariants({ folder, only });
  if (kills > 0) return runKills(given, folder);
  if (given.inFlight) return proveInFlight(folder);
  const seeded = [
    ...(await proveDurability(join(folder, 'durability'))),
    ...(await runSeeded(given, folder)),
  ];
  if (given.minutes !== limits.shortMinutes) return seeded;
  // Of the short form these are a part; a long run is about the faults. They mostly wait, so they may do so together.
  const others = await Promise.all([
    proveInFlight(join(folder, 'in-flight')),
    runVariants({ folder, only: '' }),
  ]);
  return [...seeded, ...others.flat()];
}

main().catch((error: unknown) => {
  console.error(error instanceof WrongArguments ? error.message : error);
  // What was started and still runs is ended by the reaper, once this process is gone.
  process.exit(1);
});
