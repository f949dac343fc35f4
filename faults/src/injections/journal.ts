import {
  copyFileSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../chronicle/clock.ts';
import { startAgain, whileTaken } from './bridge.ts';
import { type Injection, nothingToUndo } from './injection.ts';
import { takePod } from './victim.ts';

/** The database and the files beside it. */
export function partsOf(journal: string): string[] {
  return readdirSync(dirname(journal))
    .filter((name) => new RegExp(`^${basename(journal)}(-wal|-shm)?$`).test(name))
    .map((name) => join(dirname(journal), name));
}

/** A disk that loses, tears or turns back what it was given. */
export const journalInjections: Injection[] = [
  {
    name: 'journal: lost',
    inject: whileTaken(async (system) => {
      await system.bridge.kill();
      for (const part of partsOf(system.journal.file)) rmSync(part);
      await startAgain(system.bridge);
      return { on: 'journal', undo: nothingToUndo };
    }),
  },
  {
    name: 'journal: lost, and a pod born from the oldest build',
    inject: whileTaken(async (system, random) => {
      const { pod, release } = takePod(system, random);
      await system.bridge.kill();
      for (const part of partsOf(system.journal.file)) rmSync(part);
      await system.pods.kill(pod);
      await startAgain(system.bridge);
      await system.pods.restart(pod, system.firstBuild);
      release();
      return { on: pod.name, undo: nothingToUndo };
    }),
  },
  {
    name: 'journal: torn',
    inject: whileTaken(async (system, random) => {
      await system.bridge.kill();
      const torn = random.pick(partsOf(system.journal.file));
      truncateSync(torn, Math.floor(statSync(torn).size * random.next()));
      // What a torn write-ahead log had since nobody knows when is gone, and the rest goes on.
      system.chronicle.note({ what: 'gone back', since: 0 });
      await startAgain(system.bridge);
      return { on: 'journal', undo: nothingToUndo };
    }),
  },
  {
    name: 'journal: overwritten with something else',
    inject: whileTaken(async (system) => {
      await system.bridge.kill();
      for (const part of partsOf(system.journal.file)) rmSync(part);
      writeFileSync(system.journal.file, 'This is not a database.\n'.repeat(400));
      await startAgain(system.bridge);
      return { on: 'journal', undo: nothingToUndo };
    }),
  },
  {
    name: 'journal: rolled back to an older snapshot',
    inject: whileTaken(async (system, random) => {
      const { bridge } = system;
      const journalFile = system.journal.file;
      // Not on the journal's own disk, which may be full.
      const kept = join(system.options.folder, 'journal-snapshot');
      const since = monotonicMs();
      // A stopped bridge leaves a whole file behind, as a volume snapshot is one.
      await bridge.stop();
      if (existsSync(journalFile)) copyFileSync(journalFile, kept);
      await startAgain(system.bridge);
      await sleep(random.whole(1_000, 4_000));
      await bridge.kill();
      for (const part of partsOf(journalFile)) rmSync(part);
      if (existsSync(kept)) copyFileSync(kept, journalFile);
      rmSync(kept, { force: true });
      system.chronicle.note({ what: 'gone back', since });
      await startAgain(system.bridge);
      return { on: 'journal', undo: nothingToUndo };
    }),
  },
];
