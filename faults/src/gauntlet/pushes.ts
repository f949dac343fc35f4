import { setTimeout as sleep } from 'node:timers/promises';
import type { Push } from '@everypod/contract';
import { limits } from '../limits.ts';
import { articleTag } from '../origin/site.ts';
import type { Pod } from '../system/pods.ts';
import type { System } from '../system/system.ts';
import type { Four } from './four.ts';
import { pushByHand } from './handmade-push.ts';
import { save } from './save.ts';

export async function everyPodIsTold(system: System) {
  await save(system, 1);
}

/** Pushes never reach this pod again; only by asking can it learn of anything. */
export async function aPushIsMissedForGood(system: System, { missing }: Four) {
  await system.pods.wire(missing, { kind: 'accept nothing', scope: 'pushes', amount: 0 });
  await save(system, 2);
}

/** Nor can this pod ask meanwhile, so whatever the report says of it was said by the other service. */
export async function anotherServiceAnswers(system: System, { answeredFor }: Four) {
  await system.pods.cutOff(answeredFor, 'impostor');
  await system.pods.wire(answeredFor, {
    kind: 'another service',
    scope: 'pushes',

    amount: 0,
  });
  await save(system, 3);
  // Until the sender has read the report.
  await sleep(limits.reportReadsMs[0] + limits.measuringMs);
  await system.pods.wire(answeredFor, null);
  await system.pods.join(answeredFor, 'impostor');
}

export async function anOldPushComesAgain(system: System, { reborn }: Four) {
  const { epoch } = await position(system);
  await pushTo(system, reborn, { epoch, after: 0, upTo: 1, targets: [{ tag: articleTag(1) }] });
}

/** This pod has heard of nothing after its cursor, and is then told only of the last event. */
export async function aPushLeavesAGap(system: System, { gapped }: Four) {
  await system.pods.cutOff(gapped, 'gap');
  await system.pods.wire(gapped, { kind: 'refuse', scope: 'pushes', amount: 0 });
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
export async function aNewbornPodIsPushedTo(system: System, { reborn }: Four) {
  const { epoch, head } = await position(system);
  system.kubelet.forget(reborn.ip);
  await system.pods.kill(reborn);
  await system.pods.restart(reborn, system.firstBuild);
  await pushTo(system, reborn, { epoch, after: head - 1, upTo: head, targets: [{ tag: articleTag(5) }] });
  system.kubelet.watch(reborn.ip);
  await sleep(2 * limits.probePeriodUntilReadyMs);
}

async function position({ client }: System): Promise<{ epoch: string; head: number }> {
  const known = await client.pods();
  if (!known) throw new Error('The bridge did not tell where its journal is.');
  return known;
}

async function pushTo({ network, secrets, chronicle }: System, { ip }: Pod, push: Push) {
  const answer = await pushByHand(`http://${ip}:${network.podPort}`, secrets.pods.current(), push);
  const { pod, cursor, settled } = answer;
  chronicle.note({ what: 'answered', instance: pod.instance, cursor, settled });
}
