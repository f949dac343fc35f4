import { setTimeout as sleep } from 'node:timers/promises';
import type { Bridge } from '../bridges/bridge.ts';
import { limits } from '../limits.ts';
import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';
import { type Begun, type Injection, NotPossible, nothingToUndo } from './injection.ts';

/** One disturbance of bridges and journal at a time. @throws {NotPossible} */
export function whileTaken(work: (system: System, random: Random) => Promise<Begun>): Injection['inject'] {
  return async (system, random) => {
    if (taken.has(system)) throw new NotPossible('The bridge has a fault on it already.');
    taken.add(system);
    try {
      const begun = await work(system, random);
      if (begun.undo === nothingToUndo) taken.delete(system);
      else return { on: begun.on, undo: () => begun.undo().finally(() => taken.delete(system)) };
      return begun;
    } catch (error) {
      taken.delete(system);
      throw error;
    }
  };
}
const taken = new WeakSet<System>();

export async function startAgain(bridge: Bridge): Promise<void> {
  if (!(await bridge.start())) throw new Error(`${bridge.name} did not start again.`);
}

/** Of several bridges one dies, and the other has to do. */
function killed(afterAcceptanceMs: (random: Random) => number): Injection['inject'] {
  return whileTaken(async (system, random) => {
    const bridge = random.pick(system.bridges);
    await Promise.race([system.nextAccepted(), sleep(limits.killMomentMs)]);
    await sleep(afterAcceptanceMs(random));
    await bridge.kill();
    return {
      on: bridge.name,
      async undo() {
        await sleep(random.whole(0, 2_000));
        await startAgain(bridge);
      },
    };
  });
}

export const bridgeInjections: Injection[] = [
  { name: 'bridge: killed between accept and push', inject: killed(() => 0) },
  { name: 'bridge: killed during pushes', inject: killed((random) => random.whole(1, 40)) },
  { name: 'bridge: killed between push and settling', inject: killed((random) => random.whole(500, 4_000)) },
  {
    name: 'bridge: killed, and started at once',
    inject: whileTaken(async ({ bridges }, random) => {
      const bridge = random.pick(bridges);
      await bridge.kill();
      await startAgain(bridge);
      return { on: bridge.name, undo: nothingToUndo };
    }),
  },
  {
    name: 'bridge: asked to stop, as by a rollout',
    inject: whileTaken(async ({ bridges }, random) => {
      const bridge = random.pick(bridges);
      await bridge.stop();
      return { on: bridge.name, undo: () => startAgain(bridge) };
    }),
  },
  {
    name: 'bridge: frozen',
    inject: whileTaken(async ({ bridges }, random) => {
      const bridge = random.pick(bridges);
      bridge.signal('SIGSTOP');
      return { on: bridge.name, undo: async () => bridge.signal('SIGCONT') };
    }),
  },
  {
    // Its pushes arrive late, and so after newer ones of another bridge.
    name: 'bridge: slow',
    inject: whileTaken(async ({ bridges }, random) => {
      const bridge = random.pick(bridges);
      let over = false;
      const stuttering = stutter(bridge, () => over);
      return {
        on: bridge.name,
        async undo() {
          over = true;
          await stuttering;
        },
      };
    }),
  },
];

async function stutter(bridge: Bridge, isOver: () => boolean) {
  while (!isOver()) {
    bridge.signal('SIGSTOP');
    await sleep(limits.slowBridgeStopsMs);
    bridge.signal('SIGCONT');
    await sleep(limits.slowBridgeRunsMs);
  }
}
