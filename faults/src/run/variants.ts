import { join } from 'node:path';
import { judgeRun } from '../checker/judge.ts';
import { outcomeOf, type Verdict } from '../checker/verdict.ts';
import { alonePod } from '../gauntlet/four.ts';
import { runGauntlet } from '../gauntlet/gauntlet.ts';
import { throughGuarded } from '../guarded/guarded.ts';
import { limits } from '../limits.ts';
import { startSystem } from '../system/system.ts';
import { type Variant, variants } from '../variants/table.ts';
import { untilReady } from './cycle.ts';

const unbroken: Variant = { name: '', edits: [], found: [] };
const unbrokenGuard: Variant = { ...unbroken, guarded: true };
const mutate = new URL('../variants/mutate.mjs', import.meta.url).href;

type Options = {
  folder: string;
  /** Those whose names contain it. */
  only: string;
  /** As many broken ones as find each verdict once, instead of all. */
  oneForEachVerdict?: boolean;
};

/** The unbroken code through the gauntlet, then broken variants: the checker must pass the one and find the others. */
export async function runVariants({ folder, only, oneForEachVerdict = false }: Options): Promise<Verdict[]> {
  const broken = oneForEachVerdict ? withSomethingNew(variants) : variants;
  const wanted = [unbroken, unbrokenGuard, ...broken].filter((variant) => titleOf(variant).includes(only));
  if (wanted.length === 0) throw new Error(`No variant's name contains "${only}".`);
  const verdicts: Verdict[] = [];
  let next = 0;
  // A few at a time: more would only take the processor from each other.
  await Promise.all(
    Array.from({ length: limits.variantsAtOnce }, async () => {
      for (let index = next++; index < wanted.length; index = next++) {
        const variant = wanted[index];
        if (!variant) break;
        const verdict = await judgeVariant(variant, join(folder, `variant-${index}`));
        verdicts[index] = verdict;
        console.log(`  ${verdict.name}: ${outcomeOf(verdict)}`);
      }
    }),
  );
  return verdicts;
}

/** Those by which a verdict fails that fails by none before them. */
function withSomethingNew(all: readonly Variant[]): Variant[] {
  const known = new Set<string>();
  return all.filter(({ found }) => {
    const isNew = found.some((name) => !known.has(name));
    for (const name of found) known.add(name);
    return isNew;
  });
}

async function judgeVariant(variant: Variant, folder: string): Promise<Verdict> {
  const name = titleOf(variant);
  const assertion = variant.name
    ? `The checker finds the broken variant "${variant.name}"`
    : 'The checker passes the unbroken code through the same gauntlet';
  const verdict = { name, assertion, judged: 1, figures: [] as string[] };
  let found: Verdict[];
  try {
    found = variant.guarded
      ? await throughGuardedUntilFound(variant)
      : await throughGauntlet(variant, folder);
  } catch (error) {
    return { ...verdict, faults: [`The gauntlet broke off: ${String(error)}. See ${folder}.`] };
  }
  const failing = found.filter((one) => outcomeOf(one) === 'failed');
  const figures = failing.map((one) => `${one.name}: ${one.faults[0] ?? 'nothing was judged'}`);
  if (variant.name === '')
    return { ...verdict, faults: figures, figures: [`${found.length} assertions hold`] };
  const faults = isFound(variant, found)
    ? []
    : [`Neither ${variant.found.join(' nor ')} failed. See ${folder}.`];
  return { ...verdict, faults, figures };
}

/** What is broken shows where two renders meet, which they do at will: a run without it proves nothing yet. */
async function throughGuardedUntilFound(variant: Variant): Promise<Verdict[]> {
  const most = variant.name === '' ? 1 : limits.guardedTries;
  let found: Verdict[] = [];
  for (let tries = 0; tries < most && !isFound(variant, found); tries += 1) {
    found = await throughGuarded(environmentOf(variant));
  }
  return found;
}

function isFound(variant: Variant, verdicts: Verdict[]): boolean {
  return verdicts.some((one) => outcomeOf(one) === 'failed' && variant.found.includes(one.name));
}

function titleOf({ name, guarded }: Variant): string {
  if (name !== '') return name;
  return guarded ? 'unbroken guard' : 'unbroken';
}

function environmentOf({ name }: Variant): Record<string, string> {
  return { EVERYPOD_FAULTS_VARIANT: name, NODE_OPTIONS: `--import ${mutate}` };
}

async function throughGauntlet(variant: Variant, folder: string): Promise<Verdict[]> {
  const environment = environmentOf(variant);
  const settlingDelayMs = limits.gauntletSettleSeconds * 1_000;
  const boundMs = 2 * limits.gauntletProbePeriodMs + settlingDelayMs;
  const boundWithoutBridgeMs = boundMs + limits.gauntletLeaseSeconds * 1_000;
  const system = await startSystem({
    folder,
    seed: 'gauntlet',
    pods: 4,
    hosts: 1,
    articles: 10,
    savesPerSecond: 0,
    probePeriodMs: limits.gauntletProbePeriodMs,
    boundMs,
    boundWithoutBridgeMs,
    longRenderMs: limits.gauntletLongRenderMs,
    deliveryDeadlineMs: limits.patientDeliveryDeadlineMs,
    journal: { in: 'sqlite', smallDisk: false },
    bridgeEnvironment: environment,
    hostEnvironment: environment,
    // The settling pass is among what is broken; the guard has a gauntlet of its own.
    guarded: () => false,
    podEnvironment: (pod) => ({
      EVERYPOD_SETTLE_SECONDS: String(limits.gauntletSettleSeconds),
      // The others keep theirs for longer than the gauntlet lasts, or it would stand in for what was broken.
      ...(pod === alonePod && { EVERYPOD_LEASE_SECONDS: String(limits.gauntletLeaseSeconds) }),
    }),
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
    { boundMs, boundWithoutBridgeMs, settlingDelayMs },
  );
  return verdicts;
}
