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
import { findValkey } from './valkey/valkey.ts';

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
  const { only, kills, minutes } = given;
  if (given.variants) return runVariants({ folder, only });
  if (kills > 0) return runKills(given, folder);
  if (given.inFlight) return proveInFlight(folder);
  const durable = await proveDurability(join(folder, 'durability'));
  if (given.journal === 'valkey') return [...durable, ...(await onValkey(given, folder))];
  const seeded = await runSeeded({ ...seededBy(given), journal: { in: 'sqlite', smallDisk: true } }, folder);
  if (minutes !== limits.shortMinutes) return [...durable, ...seeded];
  // Of the short form these are a part; a long run is about the faults. They mostly wait, so they may do so together.
  const others = await Promise.all([
    onValkey({ ...given, minutes: limits.valkeyMinutes, pods: limits.valkeyPods }, join(folder, 'valkey')),
    proveInFlight(join(folder, 'in-flight')),
    runVariants({ folder, only: '', oneForEachVerdict: true }),
  ]);
  return [...durable, ...seeded, ...others.flat()];
}

async function onValkey(given: Arguments, folder: string): Promise<Verdict[]> {
  const program = findValkey();
  const label = 'Two bridges with Valkey';
  if (program === null) return [notWithoutValkey];
  const verdicts = await runSeeded({ ...seededBy(given), journal: { in: 'valkey', program } }, folder);
  return verdicts.map((verdict) => ({ ...verdict, assertion: `${label}: ${verdict.assertion}` }));
}

const notWithoutValkey: Verdict = {
  name: 'valkey',
  assertion: 'Two bridges that share a journal in Valkey pass the same faults',
  judged: 0,
  faults: [],
  figures: [],
  skipped: 'neither valkey-server nor redis-server is installed',
};

function seededBy({ seed, minutes, pods, hosts, only, rate }: Arguments) {
  const usual = minutes < limits.longRunMinutes ? limits.savesPerSecond : limits.savesPerSecondInLongRuns;
  return { seed, minutes, pods, hosts, only, savesPerSecond: rate ?? usual };
}

main().catch((error: unknown) => {
  console.error(error instanceof WrongArguments ? error.message : error);
  // What was started and still runs is ended by the reaper, once this process is gone.
  process.exit(1);
});
