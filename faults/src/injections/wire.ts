import type { Random } from '../seed/random.ts';
import { type WireFault, type WireFaultKind, wireFaultKinds } from '../wire/fault.ts';
import { type Injection, numbered } from './injection.ts';
import { takePod } from './victim.ts';

const numbers: { readonly [kind in WireFaultKind]?: string } = {
  mirror: 'A9',
  'a number above all, signed': 'A2',
};

/** What goes wrong between bridge and pod. */
export const wireInjections: Injection[] = wireFaultKinds.map((kind) => ({
  name: numbered(numbers[kind], `wire: ${kind}`),
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
