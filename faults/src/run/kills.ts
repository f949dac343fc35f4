import { setTimeout as sleep } from 'node:timers/promises';
import type { Arguments } from '../arguments.ts';
import { checkedOnTheSpot } from '../checker/checked.ts';
import { judgeRun } from '../checker/judge.ts';
import type { Verdict } from '../checker/verdict.ts';
import { monotonicMs } from '../chronicle/clock.ts';
import { startAgain } from '../injections/bridge.ts';
import { limits } from '../limits.ts';
import { type System, startSystem } from '../system/system.ts';
import { untilReady } from './cycle.ts';
import { noteStanding } from './standing.ts';

const name = 'accepted and killed';

/** SIGKILL at random moments under load; after each one, every event that was accepted before has to be there. */
export async function runKills({ kills, seed }: Arguments, folder: string): Promise<Verdict[]> {
  const system = await startSystem({
    folder,
    seed,
    pods: 6,
    hosts: 2,
    articles: 400,
    savesPerSecond: 15,
    probePeriodMs: limits.probePeriodMs,
    boundMs: limits.boundMs,
    boundWithoutBridgeMs: limits.boundWithoutBridgeMs,
    longRenderMs: limits.longRenderMs,
    deliveryDeadlineMs: limits.deliveryDeadlineMs,
    journal: { in: 'sqlite', smallDisk: false },
    bridgeEnvironment: {},
    hostEnvironment: {},
    guarded: () => true,
    podEnvironment: () => ({}),
    nextApps: [],
  });
  try {
    await untilReady(system);
    system.sender.start();
    const random = system.random.fork('kills');
    const all: string[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      await sleep(random.whole(1, limits.killAfterMs));
      await system.bridge.kill();
      const accepted = system.acceptedIds();
      all.push(...accepted);
      await startAgain(system.bridge);
      await Promise.all(accepted.map((id) => lookFor(system, id, kill)));
      if (kill % 20 === 0) console.log(`  ${kill} of ${kills} kills`);
    }
    system.sender.order({ do: 'rest' });
    await sleep(limits.quietMs);
    // Once more at the end: a later kill must not have taken what an earlier one had left.
    for (const id of all) await lookFor(system, id, kills);
    await noteStanding(system);
    await system.readers.readAll(system.changedPages());
  } finally {
    await system.stop();
  }
  const { evidence, verdicts } = await judgeRun(
    { chronicles: system.chronicles, logs: system.programs.logs, journal: system.journalAtEnd },
    [...system.secrets.sender.used(), ...system.secrets.pods.used()],
    limits,
  );
  const lost = checkedOnTheSpot(evidence, name, `No accepted event is lost by ${kills} kills of the bridge`);
  // Nobody forges, repeats or withholds anything here, and no pod is born.
  const notPartOfThis = new Set(['repeated event', 'fetched', 'forged', 'first ready']);
  return [lost, ...verdicts.filter((verdict) => !notPartOfThis.has(verdict.name))];
}

/** Asks until the bridge says yes or no: no answer at all is no proof of anything. */
async function lookFor({ client, chronicle }: System, id: string, kill: number) {
  const giveUpAt = monotonicMs() + limits.readyWithinMs;
  let status = 0;
  while (status !== 200 && status !== 404 && monotonicMs() < giveUpAt) {
    ({ status } = await client.get(`/v1/events/${id}`));
    if (status !== 200) await sleep(limits.reachPeriodMs);
  }
  const detail = `${id} was accepted before kill ${kill}; asked for it, the bridge answered ${status}.`;
  chronicle.note({ what: 'checked', name, ok: status === 200, detail });
}
