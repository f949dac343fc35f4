import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A disk of its own for the journal, small enough to be filled. */
export type SmallDisk = {
  folder: string;
  fill(): void;
  makeRoom(): void;
};

export const ballastName = 'ballast';

/** Null where this user may not mount: then the disk can't be filled without filling everybody's. */
export function createSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'everypod-faults', folder]);
  if (mounted.status !== 0) return null;
  const ballast = join(folder, ballastName);
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a');
      for (const bytes of [1_048_576, 4_096, 1]) fillWith(file, Buffer.alloc(bytes));
      closeSync(file);
    },
    makeRoom: () => rmSync(ballast, { force: true }),
  };
}

/** Writes until not one more such piece fits. */
function fillWith(file: number, piece: Buffer) {
  try {
    while (writeSync(file, piece) > 0);
  } catch {
    // No space left: that was the aim.
  }
}
