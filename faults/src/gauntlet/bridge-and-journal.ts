import { rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAgain } from '../injections/bridge.ts';
import { partsOf } from '../injections/journal.ts';
import { limits } from '../limits.ts';
import type { System } from '../system/system.ts';
import type { Four } from './four.ts';
import { save } from './save.ts';

/** An event that only the lost journal and the other pods knew. */
export async function theJournalIsLost(system: System, { missing }: Four) {
  await system.pods.cutOff(missing, 'lost journal');
  await save(system, 6);
  await system.bridge.kill();
  for (const part of partsOf(system.journal.file)) rmSync(part);
  await startAgain(system.bridge);
  await system.pods.join(missing, 'lost journal');
  await sleep(2 * system.options.probePeriodMs);
}

/** As with a full disk: a commit fails, and the event must not count as accepted. */
export async function theJournalCannotBeWritten(system: System) {
  // The bridge may write just now.
  const lock = new DatabaseSync(system.journal.file, { timeout: limits.journalLockedMs });
  lock.exec('BEGIN IMMEDIATE');
  const saved = save(system, 7);
  await sleep(limits.journalLockedMs);
  lock.exec('ROLLBACK');
  lock.close();
  await saved;
}

/**
 * It stays away for long enough that every pod notices. By the clock of the one that comes back the events' time is
 * over, so it does not push them again, which would stand in for a settling pass.
 */
export async function theBridgeDiesBeforeSettling(system: System) {
  await sleep(limits.heartbeatMs);
  await system.bridge.kill();
  await sleep(limits.bridgeDownMs);
  writeFileSync(system.bridgeClockFile, String(limits.eventBudgetMs + limits.bridgeDownMs));
  await startAgain(system.bridge);
}
