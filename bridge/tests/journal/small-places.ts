import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { type Limits, limits } from '../../src/limits.ts';
import { afterThisTest, temporaryFolder } from '../harness.ts';

export type Place = { path: string; limits: Limits };

/** A disk of its own, so small that it is soon full. */
export function smallDisk({ skip }: TestContext, kilobytes = 400): Place {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'everypod-test', folder], {
      stdio: 'pipe',
    });
  } catch {
    skip('a small disk takes root and the right to mount');
  }
  afterThisTest(() => execFileSync('umount', ['-l', folder]));
  return { path: join(folder, 'journal.db'), limits };
}

/** SQLite's own limit fails with the same code as a full disk, and needs no rights. */
export function smallJournal(_: TestContext, kilobytes = 400): Place {
  return {
    path: join(temporaryFolder(), 'journal.db'),
    limits: { ...limits, journalPages: kilobytes / 4 },
  };
}
