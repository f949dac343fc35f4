import { setTimeout as sleep } from 'node:timers/promises';
import type { Arguments } from '../arguments.ts';
import { judgeRun } from '../checker/judge.ts';
import { stalledShareOf } from '../checker/stalled.ts';
import type { Verdict } from '../checker/verdict.ts';
import { injections } from '../injections/table.ts';
import { limits } from '../limits.ts';
import { buildApps } from '../next/apps.ts';
import { planOf } from '../seed/plan.ts';
import { createRandom } from '../seed/random.ts';
import { startSystem } from '../system/system.ts';
import { runCycle, untilReady } from './cycle.ts';

/** Seeded faults for some minutes, and the judgement afterwards. */
export async function runSeeded(given: Arguments, folder: string): Promise<Verdict[]> {
  const { seed, minutes, only } = given;
  const plan = planOf(createRandom(`${seed}/plan`), {
    totalMs: minutes * 60_000,
    burstMs: limits.burstMs,
    quietMs: limits.quietMs,
    faultsPerSecond: limits.faultsPerSecond,
    names: injections.map(({ name }) => name).filter((name) => name.includes(only)),
  });
  const system = await startSystem({
    folder,
    seed,
    pods: given.pods,
    hosts: given.hosts,
    articles: 400,
    savesPerSecond: given.rate,
    probePeriodMs: limits.probePeriodMs,
    boundMs: limits.boundMs,
    boundWithoutBridgeMs: limits.boundWithoutBridgeMs,
    longRenderMs: limits.longRenderMs,
    deliveryDeadlineMs: limits.deliveryDeadlineMs,
    smallDisk: true,
    bridgeEnvironment: {},
    hostEnvironment: {},
    podEnvironment: () => ({}),
    nextApps: await buildApps(),
  });
  try {
    await untilReady(system);
    system.sender.start();
    await sleep(limits.samplePeriodMs);
    for (const [index, cycle] of plan.entries()) {
      console.log(
        `Burst ${index + 1} of ${plan.length}: ${cycle.steps.length} faults on ${system.pods.all().length} pods`,
      );
      await runCycle(system, cycle, injections);
    }
  } finally {
    await system.stop();
  }
  const { sender, pods } = system.secrets;
  const { evidence, verdicts } = await judgeRun(
    { chronicles: system.chronicles, logs: system.programs.logs, journal: system.journalAtEnd },
    [...sender.used(), ...pods.used()],
    limits,
  );
  return [...verdicts, stalledShareOf(evidence)];
}
