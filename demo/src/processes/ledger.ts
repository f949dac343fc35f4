import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const schema = z.array(z.object({ pid: z.int().positive(), born: z.string() }));

/** Which process groups are ours, on disk, so that the next start can end what a crash left running. */
export type Ledger = {
  add(pid: number): void;
  remove(pid: number): void;
};

export function openLedger(file: string): Ledger {
  for (const left of read(file)) {
    // A number alone may have gone to somebody else's process since; its time of birth tells.
    if (bornAt(left.pid) === left.born) endGroup(left.pid);
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
      // The second field may hold spaces and brackets; the 20th after it is the start time.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return fields?.[19] ? `${boot} ${fields[19]}` : null;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
