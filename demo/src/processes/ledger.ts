import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { signalGroup, statOf } from './group.ts';

const schema = z.array(z.object({ pid: z.int().positive(), born: z.string() }));

/** Which process groups are ours, on disk, so that the next start can end what a crash left running. */
export type Ledger = {
  add(pid: number): void;
  remove(pid: number): void;
};

export function openLedger(file: string): Ledger {
  for (const left of read(file)) {
    // A number alone may have gone to somebody else's process since; its time of birth tells.
    if (bornAt(left.pid) === left.born) signalGroup(left.pid, 'SIGKILL');
  }
  const entries = new Map<number, string>();
  const write = () =>
    writeFileSync(file, JSON.stringify([...entries].map(([pid, born]) => ({ pid, born }))), { mode: 0o600 });
  write();
  return {
    add: (pid) => {
      const born = bornAt(pid);
      if (born === null) return;
      entries.set(pid, born);
      write();
    },
    remove: (pid) => {
      if (entries.delete(pid)) write();
    },
  };
}

function read(file: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

function bornAt(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const startedAt = statOf(pid)[19];
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return startedAt ? `${boot} ${startedAt}` : null;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
