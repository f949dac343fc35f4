import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits.ts';
import type { System } from '../system/system.ts';
import { type Injection, NotPossible } from './injection.ts';

/** Of these systems the bridge's clock is off now. */
const off = new WeakSet<System>();

/** Clocks that jump by more than a signature may be old. */
export const clockInjections: Injection[] = [
  {
    name: 'clock: the bridge’s is ten minutes off',
    async inject(system, random) {
      if (off.has(system)) throw new NotPossible('The clock is off already.');
      off.add(system);
      // No pod believes a bridge whose clock is off, nor the other way round.
      system.chronicle.note({ what: 'cut off', ip: '*', reason: 'clock of the bridge' });
      writeFileSync(system.bridgeClockFile, String(random.pick([-limits.clockOffMs, limits.clockOffMs])));
      return {
        on: 'bridge',
        async undo() {
          writeFileSync(system.bridgeClockFile, '0');
          await sleep(limits.clockReadMs);
          system.chronicle.note({ what: 'joined', ip: '*', reason: 'clock of the bridge' });
          off.delete(system);
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
