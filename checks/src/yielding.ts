import { existsSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** By how much whatever runs beside it goes first: wholly, or as three to one. */
export type Yielding = 'wholly' | 'mostly';

const niceness: Record<Yielding, number> = { wholly: 19, mostly: 5 };

/** Gives a process, and whatever it starts from now on, the processors' time that nothing else wants, or mostly that. */
export function letOthersGoFirst(pid: number, yields: Yielding): void {
  setPriority(pid, niceness[yields]);
  // Where Linux shares by session, which each of our programs has of its own, that speaks of its own session only.
  const session = `/proc/${pid}/autogroup`;
  try {
    if (existsSync(session)) writeFileSync(session, String(niceness[yields]));
  } catch {
    // Then it has as much as each of the others, as ever.
  }
}
