import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../chronicle/clock.ts';
import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';
import type { Valkey } from '../valkey/valkey.ts';
import { whileTaken } from './bridge.ts';
import { type Begun, type Injection, NotPossible, nothingToUndo } from './injection.ts';
import { takePod } from './victim.ts';

function onValkey(
  work: (valkey: Valkey, system: System, random: Random) => Promise<Begun>,
): Injection['inject'] {
  return whileTaken((system, random) => {
    if (system.journal.valkey === null) throw new NotPossible('The journal is not in Valkey.');
    return work(system.journal.valkey, system, random);
  });
}

async function rollBack(valkey: Valkey, { chronicle }: System, random: Random) {
  const since = monotonicMs();
  await valkey.kill();
  valkey.snapshot();
  await valkey.start();
  await sleep(random.whole(1_000, 4_000));
  await valkey.kill();
  valkey.rollBack();
  chronicle.note({ what: 'gone back', since });
  await valkey.start();
}

/** What happens to the server that the bridges share. */
export const valkeyInjections: Injection[] = [
  {
    name: 'Valkey: killed, and started again',
    inject: onValkey(async (valkey, _, random) => {
      await valkey.kill();
      await sleep(random.whole(0, 1_500));
      await valkey.start();
      return { on: 'Valkey', undo: nothingToUndo };
    }),
  },
  {
    name: 'Valkey: rolled back to an older snapshot',
    inject: onValkey(async (valkey, system, random) => {
      await rollBack(valkey, system, random);
      return { on: 'Valkey', undo: nothingToUndo };
    }),
  },
  {
    name: 'Valkey: rolled back while one bridge sleeps, which still knows the old epoch',
    inject: onValkey(async (valkey, system, random) => {
      const bridge = random.pick(system.bridges);
      bridge.signal('SIGSTOP');
      try {
        await rollBack(valkey, system, random);
      } finally {
        bridge.signal('SIGCONT');
      }
      return { on: `Valkey and ${bridge.name}`, undo: nothingToUndo };
    }),
  },
  {
    name: 'Valkey: lost',
    inject: onValkey(async (valkey) => {
      await valkey.kill();
      valkey.lose();
      await valkey.start();
      return { on: 'Valkey', undo: nothingToUndo };
    }),
  },
  {
    name: 'Valkey: lost, and a pod born from the oldest build',
    inject: onValkey(async (valkey, system, random) => {
      const { pod, release } = takePod(system, random);
      await valkey.kill();
      valkey.lose();
      await system.pods.kill(pod);
      await valkey.start();
      await system.pods.restart(pod, system.firstBuild);
      release();
      return { on: pod.name, undo: nothingToUndo };
    }),
  },
  {
    name: 'Valkey: frozen',
    inject: onValkey(async (valkey) => {
      valkey.signal('SIGSTOP');
      return { on: 'Valkey', undo: async () => valkey.signal('SIGCONT') };
    }),
  },
];
