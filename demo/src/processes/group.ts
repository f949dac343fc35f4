import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../limits.ts';

/**
 * Signals a process group and waits until it is gone. A group outlives its leader: `php -S` leaves its workers.
 * What is left of it after the grace gets SIGKILL.
 */
export async function endGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  signalGroup(pid, signal);
  // A frozen process takes no SIGTERM before it goes on.
  signalGroup(pid, 'SIGCONT');
  const killAt = Date.now() + limits.stopGraceMs;
  let killed = signal === 'SIGKILL';
  while (groupLives(pid) && Date.now() < killAt + limits.stopGraceMs) {
    if (!killed && Date.now() > killAt) {
      signalGroup(pid, 'SIGKILL');
      killed = true;
    }
    await delay(limits.groupLookMs);
  }
}

export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    // The group is gone, which is what every signal here is for.
    return false;
  }
}

function groupLives(pid: number): boolean {
  return (
    signalGroup(pid, 0) && (process.platform !== 'linux' || membersOf(pid).some((state) => state !== 'Z'))
  );
}

/** States of a group's processes. A dead one that init has yet to reap still takes signals; it is `Z` here. */
function membersOf(group: number): string[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const [state = 'Z', , itsGroup] = statOf(name);
    return Number(itsGroup) === group ? [state] : [];
  });
}

/** From the third field on; the second one may hold spaces and brackets. */
export function statOf(pid: number | string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}
