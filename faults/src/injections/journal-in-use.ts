import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { runBridge } from '../bridges/bridge.ts';
import { askHealth } from '../bridges/health.ts';
import { limits } from '../limits.ts';
import type { System } from '../system/system.ts';
import { startAgain, whileTaken } from './bridge.ts';
import { type Injection, NotPossible, nothingToUndo } from './injection.ts';
import { partsOf } from './journal.ts';

/** Under this name is checked on the spot how a bridge fares whose journal somebody else gets at. */
export const inUse = 'journal in use';

const secondName = 'second-bridge';

/** What others do to the journal's file while a bridge has it open. */
export const journalInUseInjections: Injection[] = [
  {
    name: 'A6 journal: locked by another process, as by a backup',
    inject: whileTaken(async (system, random) => {
      const lock = lockFor(system.journal.file);
      const ends = sleep(random.whole(limits.lockedLeastMs, limits.lockedMostMs)).then(() => lock.close());
      const watched = watchHealth(system, ends);
      return { on: 'journal', undo: () => watched };
    }),
  },
  {
    name: 'A6 journal: wanted by a second bridge',
    inject: whileTaken(async (system) => {
      await startSecond(system);
      return { on: 'journal', undo: nothingToUndo };
    }),
  },
  {
    name: 'A6 journal: deleted while the bridge has it open',
    inject: whileTaken(async (system) => {
      for (const part of partsOf(system.journal.file)) rmSync(part);
      return { on: 'journal', undo: () => startAgain(system.bridge) };
    }),
  },
  {
    name: 'A6 journal: moved away while the bridge has it open, and put back',
    inject: whileTaken(async (system) => {
      const { file } = system.journal;
      const away = join(dirname(file), 'moved-away.db');
      renameSync(file, away);
      return {
        on: 'journal',
        async undo() {
          if (existsSync(away)) renameSync(away, file);
          await startAgain(system.bridge);
        },
      };
    }),
  },
];

/** @throws {NotPossible} while somebody else writes */
function lockFor(file: string): DatabaseSync {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('BEGIN IMMEDIATE');
    return lock;
  } catch (error) {
    lock.close();
    throw new NotPossible(`The journal could not be locked: ${String(error)}`);
  }
}

/** Events wait for the lock, and nothing else does. */
async function watchHealth({ bridge, chronicle }: System, ends: Promise<void>) {
  let over = false;
  const ended = ends.finally(() => {
    over = true;
  });
  while (!over) {
    const { ok, said } = await askHealth(bridge);
    chronicle.note({ what: 'checked', name: inUse, ok, detail: `While the journal was locked, ${said}.` });
    await sleep(limits.reachPeriodMs);
  }
  await ended;
}

/** It has to end by itself, and say why. */
async function startSecond({ bridge, programs, network, chronicle }: System) {
  const settings = { ...bridge.settings, name: secondName, ip: network.bridgeIp(1) };
  const second = runBridge(settings, programs);
  await Promise.race([second.ended, sleep(limits.injectionMs, undefined, { ref: false })]);
  const ended = !second.runs();
  await second.kill();
  const said = readFileSync(join(programs.logs, `${secondName}.log`), 'utf8');
  const ok = ended && said.includes('Another bridge has the journal');
  const detail = `A second bridge on the journal of the first ${ended ? 'ended' : 'went on'}, and said: ${said.slice(-300)}`;
  chronicle.note({ what: 'checked', name: inUse, ok, detail });
}
