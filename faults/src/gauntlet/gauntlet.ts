import { rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Push } from '@everypod/contract';
import { monotonicMs } from '../chronicle/clock.ts';
import { startAgain } from '../injections/bridge.ts';
import { partsOf } from '../injections/journal.ts';
import { limits } from '../limits.ts';
import { articleTag, slowPage } from '../origin/site.ts';
import { noteStanding } from '../run/standing.ts';
import type { Pod } from '../system/pods.ts';
import type { System } from '../system/system.ts';
import { pushByHand } from './handmade-push.ts';

/** The number of the pod that is left alone until its lease is over. */
export const alonePod = 2;

type Four = { missing: Pod; answeredFor: Pod; gapped: Pod; reborn: Pod };

/**
 * One of each situation that some broken variant of the code fails in, in an order in which none makes good what
 * another has spoilt. The unbroken code passes through all of it.
 */
export async function runGauntlet(system: System): Promise<void> {
  const four = fourOf(system);
  await everythingSettles(system);
  await everyPodIsTold(system);
  await aPushIsMissedForGood(system, four);
  await anotherServiceAnswers(system, four);
  await anOldPushComesAgain(system, four);
  await aPushLeavesAGap(system, four);
  await aNewbornPodIsPushedTo(system, four);
  await theJournalIsLost(system, four);
  await everythingSettles(system);
  const alone = await aPodIsAlone(system, four);
  await theJournalCannotBeWritten(system);
  await aRenderIsInFlight(system, four);
  await theBridgeDiesBeforeSettling(system);
  await sleep(system.options.boundMs + 2 * limits.measuringMs);
  await alone.over();
  await system.readers.readAll(system.changedPages());
  await alone.end();
  await everythingSettles(system);
  await noteStanding(system);
}

function fourOf({ pods }: System): Four {
  const [missing, answeredFor, gapped, reborn] = pods.all();
  if (!missing || !answeredFor || !gapped || !reborn) throw new Error('The gauntlet needs four pods.');
  return { missing, answeredFor, gapped, reborn };
}

/** Resolves once the bridge has accepted it. */
async function save({ sender, nextAccepted }: System, article: number): Promise<void> {
  const accepted = nextAccepted();
  sender.order({ do: 'save', paths: [`/a/${article}`], tags: [articleTag(article)] });
  await inTime(accepted, `the acceptance of article ${article}`);
  await sleep(limits.heartbeatMs);
}

async function inTime(work: Promise<unknown>, what: string): Promise<void> {
  const late = sleep(limits.injectionMs, 'late', { ref: false });
  if ((await Promise.race([work, late])) === 'late') throw new Error(`Waited in vain for ${what}.`);
}

async function position({ client }: System): Promise<{ epoch: string; head: number }> {
  const known = await client.pods();
  if (!known) throw new Error('The bridge did not tell where its journal is.');
  return known;
}

/** The settling pass of an `everything` would make good whatever goes wrong until then. */
async function everythingSettles({ options }: System) {
  await sleep(options.boundMs + limits.measuringMs);
}

async function everyPodIsTold(system: System) {
  await save(system, 1);
}

/** Pushes never reach this pod again; only by asking can it learn of anything. */
async function aPushIsMissedForGood(system: System, { missing }: Four) {
  await system.pods.wire(missing, { kind: 'accept nothing', scope: 'pushes', retryAfter: null, amount: 0 });
  await save(system, 2);
}

/** Nor can this pod ask meanwhile, so whatever the report says of it was said by the other service. */
async function anotherServiceAnswers(system: System, { answeredFor }: Four) {
  await system.pods.cutOff(answeredFor, 'impostor');
  await system.pods.wire(answeredFor, {
    kind: 'another service',
    scope: 'pushes',
    retryAfter: null,
    amount: 0,
  });
  await save(system, 3);
  // Until the sender has read the report.
  await sleep(limits.reportReadsMs[0] + limits.measuringMs);
  await system.pods.wire(answeredFor, null);
  await system.pods.join(answeredFor, 'impostor');
}

async function anOldPushComesAgain(system: System, { reborn }: Four) {
  const { epoch } = await position(system);
  await pushTo(system, reborn, { epoch, after: 0, upTo: 1, targets: [{ tag: articleTag(1) }] });
}

/** This pod has heard of nothing after its cursor, and is then told only of the last event. */
async function aPushLeavesAGap(system: System, { gapped }: Four) {
  await system.pods.cutOff(gapped, 'gap');
  await system.pods.wire(gapped, { kind: 'refuse', scope: 'pushes', retryAfter: null, amount: 0 });
  await save(system, 4);
  await save(system, 5);
  const { epoch, head } = await position(system);
  system.bridge.signal('SIGSTOP');
  await system.pods.wire(gapped, null);
  await pushTo(system, gapped, { epoch, after: head - 1, upTo: head, targets: [{ tag: articleTag(5) }] });
  await sleep(2 * system.options.probePeriodMs);
  system.bridge.signal('SIGCONT');
  await system.pods.join(gapped, 'gap');
}

/** Born from the oldest image, and told of the last event before it could ask for the others. */
async function aNewbornPodIsPushedTo(system: System, { reborn }: Four) {
  const { epoch, head } = await position(system);
  system.kubelet.forget(reborn.ip);
  await system.pods.kill(reborn);
  await system.pods.restart(reborn, system.firstBuild);
  await pushTo(system, reborn, { epoch, after: head - 1, upTo: head, targets: [{ tag: articleTag(5) }] });
  system.kubelet.watch(reborn.ip);
  await sleep(2 * limits.probePeriodUntilReadyMs);
}

async function pushTo({ network, secrets, chronicle }: System, { ip }: Pod, push: Push) {
  const answer = await pushByHand(`http://${ip}:${network.podPort}`, secrets.pods.current(), push);
  const { pod, cursor, settled } = answer;
  chronicle.note({ what: 'answered', instance: pod.instance, cursor, settled });
}

/** An event that only the lost journal and the other pods knew. */
async function theJournalIsLost(system: System, { missing }: Four) {
  await system.pods.cutOff(missing, 'lost journal');
  await save(system, 6);
  await system.bridge.kill();
  for (const part of partsOf(system.journal.file)) rmSync(part);
  await startAgain(system.bridge);
  await system.pods.join(missing, 'lost journal');
  await sleep(2 * system.options.probePeriodMs);
}

/** Nothing reaches this pod, and it reaches no bridge: only its lease tells it that it may have missed something. */
async function aPodIsAlone(system: System, { gapped }: Four) {
  await system.pods.cutOff(gapped, 'alone');
  await system.pods.wire(gapped, { kind: 'accept nothing', scope: 'pushes', retryAfter: null, amount: 0 });
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

/** As with a full disk: a commit fails, and the event must not count as accepted. */
async function theJournalCannotBeWritten(system: System) {
  const lock = new DatabaseSync(system.journal.file);
  lock.exec('BEGIN IMMEDIATE');
  const saved = save(system, 7);
  await sleep(limits.journalLockedMs);
  lock.exec('ROLLBACK');
  lock.close();
  await saved;
}

/** The render has read the content before it changed, and stores it after the invalidation. */
async function aRenderIsInFlight(system: System, { answeredFor }: Four) {
  await save(system, 0);
  void system.readers.read(answeredFor.ip, [slowPage]);
  await sleep(limits.measuringMs / 4);
  await save(system, 0);
}

/**
 * It stays away for long enough that every pod notices. By the clock of the one that comes back the events' time is
 * over, so it does not push them again, which would stand in for a settling pass.
 */
async function theBridgeDiesBeforeSettling(system: System) {
  await sleep(limits.heartbeatMs);
  await system.bridge.kill();
  await sleep(limits.bridgeDownMs);
  writeFileSync(system.bridgeClockFile, String(limits.eventBudgetMs + limits.bridgeDownMs));
  await startAgain(system.bridge);
}
