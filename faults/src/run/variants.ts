import { join } from 'node:path';
import { judgeRun } from '../checker/judge.ts';
import { outcomeOf, type Verdict } from '../checker/verdict.ts';
import { runGauntlet } from '../gauntlet/gauntlet.ts';
import { limits } from '../limits.ts';
import { startSystem } from '../system/system.ts';
import { type Variant, variants } from '../variants/table.ts';
import { untilReady } from './cycle.ts';

const unbroken: Variant = { name: '', edits: [], found: [] };
const mutate = new URL('../variants/mutate.mjs', import.meta.url).href;

type Options = { folder: string; lane: number; only: string };

/** The unbroken code through the gauntlet, then each broken variant: the checker must pass the one and find the others. */
export async function runVariants({ folder, lane, only }: Options): Promise<Verdict[]> {
  const wanted = [unbroken, ...variants].filter(({ name }) => (name || 'unbroken').includes(only));
  const verdicts: Verdict[] = [];
  let next = 0;
  // A few at a time: more would only take the processor from each other.
  await Promise.all(
    Array.from({ length: limits.variantsAtOnce }, async () => {
      for (let index = next++; index < wanted.length; index = next++) {
        const variant = wanted[index];
        if (!variant) break;
        const verdict = await judgeVariant(variant, join(folder, `variant-${index}`), lane + index);
        verdicts[index] = verdict;
        console.log(`  ${verdict.name}: ${outcomeOf(verdict)}`);
      }
    }),
  );
  return verdicts;
}

async function judgeVariant(variant: Variant, folder: string, lane: number): Promise<Verdict> {
  const name = variant.name || 'unbroken';
  const assertion = variant.name
    ? `The checker finds the broken variant "${variant.name}"`
    : 'The checker passes the unbroken code through the same gauntlet';
  const verdict = { name, assertion, judged: 1, figures: [] as string[] };
  let found: Verdict[];
  try {
    found = await throughGauntlet(variant, folder, lane);
  } catch (error) {
    return { ...verdict, faults: [`The gauntlet broke off: ${String(error)}. See ${folder}.`] };
  }
  const failing = found.filter((one) => one.faults.length > 0);
  const figures = failing.map((one) => `${one.name}: ${one.faults[0]}`);
  if (variant.name === '')
    return { ...verdict, faults: figures, figures: [`${found.length} assertions hold`] };
  const asMeant = failing.some((one) => variant.found.includes(one.name));
  const faults = asMeant ? [] : [`Neither ${variant.found.join(' nor ')} failed. See ${folder}.`];
  return { ...verdict, faults, figures };
}

async function throughGauntlet(variant: Variant, folder: string, lane: number): Promise<Verdict[]> {
  const environment = {
    EVERYPOD_FAULTS_VARIANT: variant.name,
    NODE_OPTIONS: `--import ${mutate}`,
  };
  const settlingDelayMs = limits.gauntletSettleSeconds * 1_000;
  const boundMs = 2 * limits.gauntletProbePeriodMs + settlingDelayMs;
  const system = await startSystem({
    folder,
    seed: 'gauntlet',
    lane,
    pods: 4,
    hosts: 1,
    articles: 10,
    savesPerSecond: 0,
    probePeriodMs: limits.gauntletProbePeriodMs,
    boundMs,
    longRenderMs: limits.gauntletLongRenderMs,
    deliveryDeadlineMs: limits.patientDeliveryDeadlineMs,
    smallDisk: false,
    bridgeEnvironment: environment,
    hostEnvironment: environment,
    podEnvironment: { EVERYPOD_SETTLE_SECONDS: String(limits.gauntletSettleSeconds) },
    nextApps: [],
  });
  try {
    await untilReady(system);
    system.sender.start();
    await runGauntlet(system);
  } finally {
    await system.stop();
  }
  const { verdicts } = await judgeRun(
    { chronicles: system.chronicles, logs: system.programs.logs, journal: system.journalAtEnd },
    [...system.secrets.sender.used(), ...system.secrets.pods.used()],
    { boundMs, boundWithoutBridgeMs: limits.boundWithoutBridgeMs, settlingDelayMs },
  );
  return verdicts;
}
