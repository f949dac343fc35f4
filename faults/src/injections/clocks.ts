import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits.ts';
import type { System } from '../system/system.ts';
import { type Injection, NotPossible } from './injection.ts';

/** One who sets the bridge's clock, or relies on it, at a time. @throws {NotPossible} */
export function takeClock(system: System): () => void {
  if (taken.has(system)) throw new NotPossible('The clock is off already.');
  taken.add(system);
  return () => void taken.delete(system);
}
const taken = new WeakSet<System>();

/** Clocks that jump by more than a signature may be old. */
export const clockInjections: Injection[] = [
  {
    name: 'clock: the bridge’s is ten minutes off',
    async inject(system, random) {
      const release = takeClock(system);
      // No pod believes a bridge whose clock is off, nor the other way round.
      system.chronicle.note({ what: 'cut off', ip: '*', reason: 'clock of the bridge' });
      writeFileSync(system.bridgeClockFile, String(random.pick([-limits.clockOffMs, limits.clockOffMs])));
      return {
        on: 'bridge',
        async undo() {
          writeFileSync(system.bridgeClockFile, '0');
          await sleep(limits.clockReadMs);
          system.chronicle.note({ what: 'joined', ip: '*', reason: 'clock of the bridge' });
          release();
        },
      };
    },
  },
  {
    // Little enough that everybody goes on believing it, so the bound is the same as ever.
    name: 'A8 clock: the bridge’s runs ahead, and is set right',
    async inject(system) {
      const release = takeClock(system);
      writeFileSync(system.bridgeClockFile, String(limits.clockAheadMs));
      return {
        on: 'bridge',
        async undo() {
          writeFileSync(system.bridgeClockFile, '0');
          await sleep(limits.clockReadMs);
          release();
        },
      };
    },
  },
  {
    name: 'clock: the sender’s is ten minutes off',
    async inject({ sender }, random) {
      sender.order({ do: 'clock', skewMs: random.pick([-limits.clockOffMs, limits.clockOffMs]) });
      return { on: 'sender', undo: async () => sender.order({ do: 'clock', skewMs: 0 }) };
    },
  },
];
