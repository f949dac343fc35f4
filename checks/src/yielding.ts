import { existsSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Gives a process, and whatever it starts from now on, only the processors' time that nothing else wants. */
export function letOthersGoFirst(pid: number): void {
  const lowest = constants.priority.PRIORITY_LOW;
  setPriority(pid, lowest);
  // Where Linux shares by session, which each of our programs has of its own, that speaks of its own session only.
  const session = `/proc/${pid}/autogroup`;
  try {
    if (existsSync(session)) writeFileSync(session, String(lowest));
  } catch {
    // Then it has as much as each of the others, as ever.
  }
}
