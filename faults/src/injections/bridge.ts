import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits.ts';
import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';
import { type Begun, type Injection, NotPossible } from './injection.ts';

/** One disturbance of the bridge at a time. @throws {NotPossible} */
export function whileTaken(work: (system: System, random: Random) => Promise<Begun>): Injection['inject'] {
  return async (system, random) => {
    if (taken.has(system)) throw new NotPossible('The bridge has a fault on it already.');
    taken.add(system);
    try {
      const begun = await work(system, random);
      return {
        on: begun.on,
        undo: () => begun.undo().finally(() => taken.delete(system)),
      };
    } catch (error) {
      taken.delete(system);
      throw error;
    }
  };
}
const taken = new WeakSet<System>();

async function killAt(system: System, afterAcceptanceMs: number, downMs: number): Promise<Begun> {
  await Promise.race([system.nextAccepted(), sleep(limits.killMomentMs)]);
  await sleep(afterAcceptanceMs);
  await system.bridge.kill();
  return {
    on: 'bridge',
    async undo() {
      await sleep(downMs);
      await startAgain(system);
    },
  };
}

export async function startAgain({ bridge }: System): Promise<void> {
  if (!(await bridge.start())) throw new Error('The bridge did not start again.');
}

export const bridgeInjections: Injection[] = [
  {
    name: 'bridge: killed between accept and push',
    inject: whileTaken((system, random) => killAt(system, 0, random.whole(0, 2_000))),
  },
  {
    name: 'bridge: killed during pushes',
    inject: whileTaken((system, random) => killAt(system, random.whole(1, 40), random.whole(0, 2_000))),
  },
  {
    name: 'bridge: killed between push and settling',
    inject: whileTaken((system, random) => killAt(system, random.whole(500, 4_000), random.whole(0, 2_000))),
  },
  {
    name: 'bridge: killed, and started at once',
    inject: whileTaken(async (system) => {
      await system.bridge.kill();
      await startAgain(system);
      return { on: 'bridge', undo: async () => {} };
    }),
  },
  {
    name: 'bridge: asked to stop, as by a rollout',
    inject: whileTaken(async (system) => {
      await system.bridge.stop();
      return { on: 'bridge', undo: () => startAgain(system) };
    }),
  },
  {
    name: 'bridge: frozen',
    inject: whileTaken(async ({ bridge }) => {
      bridge.signal('SIGSTOP');
      return { on: 'bridge', undo: async () => bridge.signal('SIGCONT') };
    }),
  },
];
