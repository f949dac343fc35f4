import type { Action } from './actions/action.ts';
import { actions, shortActions } from './actions/table.ts';
import type { Arguments } from './arguments.ts';
import { type Round, readAgain, readRound } from './copies/round.ts';
import { createSender, type Sender } from './deliveries/bridge.ts';
import { createDeliveries } from './deliveries/deliveries.ts';
import { refresh } from './deliveries/refresh.ts';
import { limits } from './limits.ts';
import { writeMatrix } from './report/matrix.ts';
import { type Outcome, printOutcome } from './report/print.ts';
import { openWordPress } from './site/wordpress.ts';
import type { System } from './system/start.ts';
import { judge } from './verdict/verdict.ts';

export function chosenActions({ only, short }: Arguments): readonly Action[] {
  const wanted = only.split('|');
  return (short ? shortActions : actions).filter(({ of, name, way }) =>
    wanted.some((text) => `${of}: ${name} (${way})`.includes(text)),
  );
}

/** Does each action in turn, and looks at every page on every pod before and after it. */
export async function runActions(system: System, given: Arguments): Promise<Outcome[]> {
  const site = await openWordPress(system);
  const sender = createSender(system);
  const deliveries = createDeliveries(site, sender);
  await deliveries.begin();
  const outcomes: Outcome[] = [];
  // The first visit makes each page, the second is given that copy.
  await readRound(system.pods);
  let before = await readRound(system.pods);

  for (const action of chosenActions(given)) {
    if (action.before !== undefined) {
      await action.before(site);
      await deliveries.settled();
      before = await readRound(system.pods);
    }
    const outcome = await runAction(action, before);
    outcomes.push(outcome);
    printOutcome(outcome, given);
    if (given.matrix) await writeMatrix(outcomes, given, system.wordpress.label);
    before = outcome.after;
    if (outcome.verdict.stale.length > 0) {
      before = await mended(system, sender, outcome);
    }
  }
  return outcomes;

  async function runAction(action: Action, from: Round): Promise<Outcome> {
    const beganAtMs = performance.now();
    let failed: string | undefined;
    await action.act(site).catch((error: unknown) => {
      failed = error instanceof Error ? error.message : String(error);
    });
    const actedAtMs = performance.now();
    const delivered = await deliveries.settled();
    const settledAtMs = performance.now();
    // Where nothing was sent, nothing is under way that could still come.
    const after = await readRound(system.pods, delivered.how === 'nothing' ? 0 : limits.copyMs);
    const ms = {
      act: actedAtMs - beganAtMs,
      settle: settledAtMs - actedAtMs,
      read: performance.now() - settledAtMs,
    };
    return { action, delivered, before: from, after, verdict: judge(from, after), failed, ms };
  }
}

async function mended(system: System, sender: Sender, { after, verdict }: Outcome): Promise<Round> {
  await refresh(sender, system.wordpress.url, verdict.stale);
  const round = await readAgain(system.pods, after, verdict.stale);
  const { stale } = judge(round, round);
  if (stale.length > 0) console.log(`  Still old after they were made anew: ${stale.join(' ')}`);
  return round;
}
