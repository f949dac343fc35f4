import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../chronicle/clock.ts';
import { type Begun, type Injection, NotPossible } from '../injections/injection.ts';
import { limits } from '../limits.ts';
import type { Cycle, Step } from '../seed/plan.ts';
import type { Random } from '../seed/random.ts';
import type { System } from '../system/system.ts';
import { checkInTheQuiet } from './quiet-checks.ts';
import { noteStanding } from './standing.ts';

/** Faults at their moments, each undone by the end of the burst; then quiet, and a look at what stands. */
export async function runCycle(
  system: System,
  cycle: Cycle,
  injections: readonly Injection[],
): Promise<void> {
  const { chronicle, sender, readers } = system;
  const beganAt = monotonicMs();
  sender.order({ do: 'resume' });
  await Promise.all(cycle.steps.map((step) => runStep(system, step, beganAt, cycle, injections)));

  chronicle.note({ what: 'quiet', phase: 'begins' });
  sender.order({ do: 'rest' });
  await untilDelivered(system);
  await checkInTheQuiet(system);
  await sleep(cycle.quietMs);
  await noteStanding(system);
  await readers.readAll(system.changedPages());
  chronicle.note({ what: 'quiet', phase: 'ends' });
}

async function runStep(
  system: System,
  { atMs, name, durationMs }: Step,
  beganAt: number,
  { burstMs }: Cycle,
  injections: readonly Injection[],
) {
  const { chronicle } = system;
  await sleep(Math.max(0, beganAt + atMs - monotonicMs()));
  const injection = injections.find((one) => one.name === name);
  if (!injection) throw new Error(`No injection is called "${name}".`);
  const random = system.random.fork(`${name} at ${atMs}`);
  const begun = await begin(injection, system, random, beganAt + burstMs);
  if (begun === null) return;
  const { on, from } = begun;
  chronicle.note({ what: 'fault', name, phase: 'begins', on, from });
  const mostMs = injection.exclusive ? burstMs * limits.exclusiveShare : burstMs;
  await sleep(Math.max(0, Math.min(durationMs, mostMs, beganAt + burstMs - monotonicMs())));
  const endsFrom = monotonicMs();
  try {
    await begun.undo();
  } catch (error) {
    const reason = `It could not be undone: ${String(error)}`;
    chronicle.note({ what: 'not injected', name, reason, broken: true });
    console.error(`${name} could not be undone: ${String(error)}`);
  }
  chronicle.note({ what: 'fault', name, phase: 'ends', on, from: endsFrom });
}

/** Waits for a victim until the burst is over; null when there was none. */
async function begin(
  injection: Injection,
  system: System,
  random: Random,
  until: number,
): Promise<(Begun & { from: number }) | null> {
  for (;;) {
    const from = monotonicMs();
    try {
      return { ...(await injection.inject(system, random)), from };
    } catch (error) {
      const mayYet = error instanceof NotPossible && monotonicMs() < until;
      if (mayYet) {
        await sleep(limits.reachPeriodMs);
        continue;
      }
      const broken = !(error instanceof NotPossible);
      system.chronicle.note({ what: 'not injected', name: injection.name, reason: String(error), broken });
      if (broken) console.error(`${injection.name}: ${String(error)}`);
      return null;
    }
  }
}

/** What the faults have held up is delivered first, since the bound counts from acceptance. */
async function untilDelivered({ sender }: System) {
  const giveUpAt = monotonicMs() + limits.deliveredWithinMs;
  do await sleep(limits.redeliverFirstMs);
  while (sender.waiting() > 0 && monotonicMs() < giveUpAt);
}

/** Waits until every pod is ready. @throws when they are not in time */
export async function untilReady({ pods, nextPods, kubelet }: System): Promise<void> {
  const giveUpAt = monotonicMs() + limits.readyWithinMs;
  const wanted = pods.all().length + nextPods.length;
  while (kubelet.readyIps().length < wanted) {
    if (monotonicMs() > giveUpAt) {
      throw new Error(`Only ${kubelet.readyIps().length} of ${wanted} pods became ready in time.`);
    }
    await sleep(limits.reachPeriodMs);
  }
}
