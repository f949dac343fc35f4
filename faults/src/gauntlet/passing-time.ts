import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../chronicle/clock.ts';
import { limits } from '../limits.ts';
import { slowPage } from '../origin/site.ts';
import type { System } from '../system/system.ts';
import type { Four } from './four.ts';
import { save } from './save.ts';

/** The settling pass of an `everything` would make good whatever goes wrong until then. */
export async function everythingSettles({ options }: System) {
  await sleep(options.boundMs + limits.measuringMs);
}

/** Nothing reaches this pod, and it reaches no bridge: only its lease tells it that it may have missed something. */
export async function aPodIsAlone(system: System, { gapped }: Four) {
  await system.pods.cutOff(gapped, 'alone');
  await system.pods.wire(gapped, { kind: 'accept nothing', scope: 'pushes', amount: 0 });
  await save(system, 8);
  const savedAt = monotonicMs();
  return {
    async over() {
      const overAt = savedAt + system.options.boundWithoutBridgeMs + 2 * limits.measuringMs;
      await sleep(Math.max(0, overAt - monotonicMs()));
    },
    async end() {
      await system.pods.wire(gapped, null);
      await system.pods.join(gapped, 'alone');
    },
  };
}

/** The render has read the content before it changed, and stores it after the invalidation. */
export async function aRenderIsInFlight(system: System, { answeredFor }: Four) {
  await save(system, 0);
  void system.readers.read(answeredFor.ip, [slowPage]);
  await sleep(limits.measuringMs / 4);
  await save(system, 0);
}
