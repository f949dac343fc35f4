import { setTimeout as sleep } from 'node:timers/promises';
import type { NextPod } from '../next/next-pod.ts';
import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';
import { type Injection, NotPossible } from './injection.ts';

function freePod({ nextPods }: System, random: Random): NextPod {
  const free = nextPods.filter((pod) => pod.instance() !== '' && !pod.frozen());
  if (free.length === 0) throw new NotPossible('No Next.js pod runs free of faults.');
  return random.pick(free);
}

/** What happens to real Next.js pods. */
export const nextInjections: Injection[] = [
  {
    name: 'Next.js: frozen',
    async inject(system, random) {
      const pod = freePod(system, random);
      pod.signal('SIGSTOP');
      return { on: pod.name, undo: async () => pod.signal('SIGCONT') };
    },
  },
  {
    name: 'Next.js: killed, and restarted from its image',
    async inject(system, random) {
      const pod = freePod(system, random);
      await pod.kill();
      await sleep(random.whole(0, 1_000));
      const started = pod.start();
      return { on: pod.name, undo: () => started };
    },
  },
];
