import { setTimeout as sleep } from 'node:timers/promises';
import { faultsWereInjected } from '../checker/injected.ts';
import { judgeRun } from '../checker/judge.ts';
import { stalledShareOf } from '../checker/stalled.ts';
import type { Verdict } from '../checker/verdict.ts';
import { diskInjections } from '../injections/disk.ts';
import { injectionsFor } from '../injections/table.ts';
import { limits } from '../limits.ts';
import { buildApps } from '../next/apps.ts';
import { type Cycle, planOf } from '../seed/plan.ts';
import { createRandom } from '../seed/random.ts';
import type { JournalKind } from '../system/journal.ts';
import { startSystem } from '../system/system.ts';
import { runCycle, untilReady } from './cycle.ts';

export type Seeded = {
  seed: string;
  minutes: number;
  pods: number;
  hosts: number;
  savesPerSecond: number;
  /** Only faults whose names contain this. */
  only: string;
  journal: JournalKind;
};

/** Seeded faults for some minutes, and the judgement afterwards. */
export async function runSeeded(given: Seeded, folder: string): Promise<Verdict[]> {
  const { seed, journal } = given;
  const injections = injectionsFor(journal.in).filter(({ name }) => name.includes(given.only));
  const names = injections.map(({ name }) => name);
  const plan = planFor(given, names);
  const system = await startSystem({
    folder,
    seed,
    pods: given.pods,
    hosts: given.hosts,
    articles: limits.articles,
    savesPerSecond: given.savesPerSecond,
    probePeriodMs: limits.probePeriodMs,
    boundMs: limits.boundMs,
    boundWithoutBridgeMs: limits.boundWithoutBridgeMs,
    longRenderMs: limits.longRenderMs,
    deliveryDeadlineMs: limits.deliveryDeadlineMs,
    journal,
    bridgeEnvironment: bridgeInAContainer,
    hostEnvironment: {},
    // The others are as pods are whose users keep a cache handler of their own.
    guarded: (pod) => pod % limits.unguardedPodOf !== 0,
    podEnvironment: () => ({}),
    nextApps: await buildApps(),
  });
  try {
    await untilReady(system);
    system.sender.start();
    await sleep(limits.samplePeriodMs);
    for (const [index, cycle] of plan.entries()) {
      const { length } = system.pods.all();
      const where = system.bridges.length > 1 ? 'two bridges with Valkey' : 'one bridge with SQLite';
      console.log(
        `Burst ${index + 1} of ${plan.length}: ${cycle.steps.length} faults on ${length} pods, ${where}`,
      );
      await runCycle(system, cycle, injections);
    }
  } finally {
    await system.stop();
  }
  const { sender, pods } = system.secrets;
  const password = system.journal.valkey?.password;
  const { evidence, verdicts } = await judgeRun(
    { chronicles: system.chronicles, logs: system.programs.logs, journal: system.journalAtEnd },
    [...sender.used(), ...pods.used(), ...(password === undefined ? [] : [password])],
    limits,
  );
  const canFill = journal.in !== 'sqlite' || system.journal.disk !== null;
  const possible = canFill ? names : names.filter((name) => !diskInjections.some((one) => one.name === name));
  const wanted = given.minutes < limits.longRunMinutes ? [] : possible;
  return [
    faultsWereInjected(evidence, wanted),
    ...verdicts,
    stalledShareOf(evidence),
    ...(canFill ? [] : [noFullDisk]),
  ];
}

/** Node.js takes a part of a container's memory for its heap; here there is no container to tell it. */
const bridgeInAContainer = { NODE_OPTIONS: `--max-old-space-size=${limits.bridgeHeapMegabytes}` };

const noFullDisk: Verdict = {
  name: 'disk full',
  assertion: 'A full disk refuses events with a reason, and loses nothing',
  judged: 0,
  faults: [],
  figures: [],
  skipped: 'mounting a small disk takes root',
};

/** Now and then a burst is longer than the bound without a bridge, so that a pod can be alone for that long. */
function planFor({ seed, minutes }: Seeded, names: readonly string[]): Cycle[] {
  const random = createRandom(`${seed}/plan`);
  const bursts = Math.max(1, Math.floor((minutes * 60_000) / (limits.burstMs + limits.quietMs)));
  // So many that each kind has its turn, even in the short form.
  const enoughPerSecond = names.length / ((bursts * limits.burstMs) / 1_000);
  const usual = {
    burstMs: limits.burstMs,
    quietMs: limits.quietMs,
    faultsPerSecond: Math.max(limits.faultsPerSecond, enoughPerSecond),
    names,
  };
  const longMs = limits.longBurstMs + limits.quietMs;
  const long = Math.floor((minutes * 60_000) / limits.longBurstEveryMs);
  const cycles = planOf(random, { ...usual, totalMs: minutes * 60_000 - long * longMs });
  if (long === 0) return cycles;
  const longCycles = planOf(random.fork('long'), {
    ...usual,
    totalMs: long * longMs,
    burstMs: limits.longBurstMs,
  });
  const every = Math.max(1, Math.floor(cycles.length / longCycles.length));
  return cycles.flatMap((cycle, index) => {
    const due = (index + 1) % every === 0 ? longCycles.shift() : undefined;
    return due ? [cycle, due] : [cycle];
  });
}
