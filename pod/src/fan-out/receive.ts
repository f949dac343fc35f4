import {
  type Event,
  eventSchema,
  limits as messageLimits,
  type RelayAnswer,
  type Report,
  relaySchema,
  signAnswer,
} from '@everypod/contract';
import { json, notUnderstood, problemAnswer } from '../answers.ts';
import { applyTargets } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { applyMarked } from '../settling/mark.ts';
import { settleLater } from '../settling/settle.ts';
import { type Others, ownLine, tellOthers } from './primary.ts';
import type { Told } from './relay.ts';
import { namesOf, say } from './said.ts';

/** A message whose signature holds, and the secrets that its answer is to be signed with. */
export type Trusted = {
  request: Request;
  id: string;
  /** By the second. */
  signedAtMs: number;
  body: Uint8Array;
  message: unknown;
  secrets: Parameters<typeof signAnswer>[0];
};

/** Whether it comes from another pod: then nobody else is called, whatever the message. */
export function isFanOut(request: Request): boolean {
  return new URL(request.url).searchParams.has('fanout');
}

/** Another pod was told something, and tells it on. Moves no cursor: there is no journal that it would stand in. */
export async function receiveRelay(trusted: Trusted, life: Life): Promise<Response> {
  const parsed = relaySchema.safeParse(trusted.message);
  if (!parsed.success) return notUnderstood('relay', parsed.error);
  const { targets } = parsed.data;
  const { ip, name } = life.configuration();
  say.received(life.log, { pod: ip, fanout: true, named: namesOf(targets) });
  const { applied, marked } = await applyMarked(life, { everything: false, targets }, () =>
    applyTargets(life.applying, targets),
  );
  settleLater(life, marked);
  const { reason } = ownLine(applied, 0, life);
  const answer: RelayAnswer = {
    ok: applied.whole,
    pod: { ip, name, instance: life.state.instance, builtAt: life.builtAt() },
    ...(reason !== undefined && { reason }),
  };
  return signed(answer, trusted, life);
}

/** An event came through a load balancer: this pod is the primary, and what each pod answered is the report. */
export async function receiveEvent(trusted: Trusted, life: Life): Promise<Response> {
  if (trusted.body.byteLength > messageLimits.eventBodyBytes) {
    return problemAnswer('too-large', `An event has at most ${messageLimits.eventBodyBytes} bytes.`);
  }
  const parsed = eventSchema.safeParse(trusted.message);
  if (!parsed.success) return notUnderstood('event', parsed.error);
  const { targets } = parsed.data.data;
  const fanout = isFanOut(trusted.request);
  const { ip: pod } = life.configuration();
  const acceptedAt = new Date(life.nowMs()).toISOString();
  say.received(life.log, { pod, fanout, named: namesOf(targets) });
  const start = life.clock.monotonicMs();
  const { applied, marked } = await applyMarked(life, { everything: false, targets }, () =>
    applyTargets(life.applying, targets),
  );
  const own = ownLine(applied, Math.round(life.clock.monotonicMs() - start), life);
  const others: Others = fanout ? { told: [], discovery: [], reason: null } : await tellOthers(targets, life);
  // The framework hears of the application with the answer, and the delay counts from there.
  settleLater(life, marked);
  return signed(reportOf({ id: trusted.id, acceptedAt, event: parsed.data, own, others }), trusted, life);
}

function reportOf({
  id,
  acceptedAt,
  event,
  own,
  others,
}: {
  id: string;
  acceptedAt: string;
  event: Event;
  own: Told;
  others: Others;
}): Report {
  const pods = [own, ...others.told].map(({ status: _, ...line }) => ({
    ...line,
    name: line.name || line.ip,
  }));
  const count = (state: Told['state']) => pods.filter((pod) => pod.state === state).length;
  const [told, gone] = [count('told'), count('gone')];
  const all = pods.length - gone;
  const sentences = [
    `Told ${told} of ${all} pods directly. Without a bridge nobody catches up, so this mode has no guarantee.`,
    ...(told < all ? ['Pods that were not told keep their old pages.'] : []),
    ...(others.reason === null ? [] : [others.reason]),
  ];
  return {
    id,
    state: 'accepted',
    final: true,
    seq: 0,
    acceptedAt,
    targets: event.data.targets,
    discovery: others.discovery,
    pods,
    counts: {
      pods: pods.length,
      asked: 0,
      applied: 0,
      behind: 0,
      refused: count('refused'),
      failed: count('failed'),
      unreachable: count('unreachable'),
      starting: 0,
      gone,
      settled: 0,
      told,
    },
    reason: sentences.join(' '),
  };
}

function signed(answer: RelayAnswer | Report, { request, id, secrets }: Trusted, life: Life): Response {
  const text = JSON.stringify(answer);
  return json(200, text, signAnswer(secrets, { id, headers: request.headers }, life.nowMs(), text));
}
