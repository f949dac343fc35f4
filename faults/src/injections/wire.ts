import type { Random } from '../seed/random.ts';
import { type WireFault, type WireFaultKind, wireFaultKinds } from '../wire/fault.ts';
import type { Injection } from './injection.ts';
import { takePod } from './victim.ts';

/** What goes wrong between bridge and pod. */
export const wireInjections: Injection[] = wireFaultKinds.map((kind) => ({
  name: `wire: ${kind}`,
  async inject(system, random) {
    const { pod, release } = takePod(system, random);
    await system.pods.wire(pod, wireFault(kind, random));
    return {
      on: pod.name,
      async undo() {
        release();
        if (pod.runs) await system.pods.wire(pod, null);
      },
    };
  },
}));

function wireFault(kind: WireFaultKind, random: Random): WireFault {
  return {
    kind,
    scope: random.chance(0.7) ? 'pushes' : 'all',
    amount: kind === 'slow' ? random.whole(500, 4_500) : random.whole(1, 4),
  };
}
