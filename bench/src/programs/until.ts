import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits.ts';
import type { Program } from './programs.ts';

/** Looks again and again until the condition holds. @throws naming what did not come about in time */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  mostMs: number = limits.idleMs,
): Promise<void> {
  const endsAt = performance.now() + mostMs;
  while (!(await holds())) {
    if (performance.now() > endsAt) throw new Error(`${what} did not come about within ${mostMs} ms.`);
    await sleep(limits.lookAgainMs);
  }
}

/** Until a program has used next to no processor time for a while. */
export async function idle(program: Program): Promise<void> {
  let before = await program.cpuMicros();
  await until('A program at rest', async () => {
    await sleep(limits.restMs);
    const now = await program.cpuMicros();
    const used = now - before;
    before = now;
    return used < limits.restMs * limits.restMicrosPerMs;
  });
}
