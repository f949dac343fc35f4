import {
  type HowSettled,
  limits as messageLimits,
  type Push,
  type PushAnswer,
  pushSchema,
  readJson,
  signAnswer,
  speaksSecond,
  type Target,
  verify,
} from '@everypod/contract';
import { json, notUnderstood, problemAnswer } from '../answers.ts';
import { type Applied, type Applying, applyEverything, applyTargets, noteVanished } from '../apply/apply.ts';
import { afterPush } from '../cursor/move.ts';
import { storeBeforePush } from '../cursor/shared-store.ts';
import { isFanOut, receiveEvent, receiveRelay, type Trusted } from '../fan-out/receive.ts';
import { namesOf, say } from '../fan-out/said.ts';
import { keeping } from '../keep/origin.ts';
import { keepWhileMade } from '../keep/pages.ts';
import { isOfGiver } from '../keys/key.ts';
import { keyless } from '../keys/keyless.ts';
import { heardFromBridge } from '../lease/lease.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { isQuestion, receiveQuestion } from '../settling/asked.ts';
import { applyMarked } from '../settling/mark.ts';
import { settleLater } from '../settling/settle.ts';
import { howSince } from '../settling/ways.ts';
import { isGrant, receiveGrant, whatToVisit } from '../visits/make.ts';
import { readBody } from './body.ts';

/**
 * What comes signed: a push of the bridge, what another pod relays, or an event where a load balancer stands in front
 * of the pods. Verified first; what it is, is asked of no one who can't sign.
 */
export async function receiveSigned(request: Request, life: Life): Promise<Response> {
  const body = await readBody(request, messageLimits.pushBodyBytes);
  if (body === null) {
    return problemAnswer(
      'too-large',
      `A push has at most ${messageLimits.pushBodyBytes} bytes; send everything instead.`,
    );
  }
  const { secrets, troubles } = life.configuration();
  const verified = verify(secrets, request.headers, body, life.nowMs());
  const events = life.fanOut().eventSecrets;
  const ofEvents = verify(events?.secrets ?? [], request.headers, body, life.nowMs());
  const signature = ofEvents.trusted ? ofEvents : verified;
  if (!signature.trusted) {
    const all = events?.trouble ? [...troubles, events.trouble] : troubles;
    life.log('warn', ['A push was not trusted:', `${signature.cause}.`, ...all].join(' '));
    return problemAnswer(
      'unauthorized',
      'Sign the push with a pod secret that this pod has, and check both clocks.',
    );
  }
  const read = readJson(body);
  if ('wrong' in read) return problemAnswer('bad-request', read.wrong);
  const { id, timestamp } = signature;
  const trusted = { request, id, signedAtMs: timestamp * 1000, body, message: read.json, secrets };
  // Where both secrets are one, only an event has a type.
  const isEvent = ofEvents.trusted && (!verified.trusted || hasType(read.json));
  if (isEvent) return receiveEvent({ ...trusted, secrets: events?.secrets ?? [] }, life);
  if (isFanOut(request)) return receiveRelay(trusted, life);
  life.state.bridgeSpeaksSecond = speaksSecond(request.headers);
  if (isGrant(read.json)) return receiveGrant(trusted, life);
  if (isQuestion(read.json)) return receiveQuestion(trusted, life);
  return receivePush(trusted, life);
}

/** Bridge to pod: apply, move the cursor, say how far this pod has got. */
async function receivePush(
  { request, id, signedAtMs, message, secrets }: Trusted,
  life: Life,
): Promise<Response> {
  const push = pushSchema.safeParse(message);
  if (!push.success) return notUnderstood('push', push.error);

  sayWhatCame(push.data, life);
  learnGiver(push.data, life);
  const { announcement } = await storeBeforePush(push.data, life);
  keepWhileMade(push.data, signedAtMs, life);
  if (push.data.everything) noteVanished(life.applying, vanishingIn(push.data, life));
  const { everything = false, targets } = push.data;
  const { applied, marked } = await applyMarked(life, { everything, targets }, () =>
    apply(push.data, { ...life.applying, announcement }),
  );
  if (applied.whole) moveCursor(push.data, life);
  settleLater(life, marked);
  if (applied.whole) life.log('info', `${id}: applied ${applied.summary}.`);
  else life.log('warn', `${id}: not applied whole. ${applied.reason}`);
  const question = { id, headers: request.headers };
  const said = {
    ...answerOf(applied, life.configuration(), life),
    ...howSettled(push.data, question, life),
    ...(speaksSecond(request.headers) && {
      ...keeping(life),
      ...keyless(life),
      ...whatToVisit(push.data, life),
    }),
  };
  const answer = JSON.stringify(said);
  return json(200, answer, signAnswer(secrets, question, life.nowMs(), answer));
}

/** What WordPress calls itself, where its events say that it gives keys: what it has not said them with is then known to lack them. */
function learnGiver({ event, targets }: Push, life: Life): void {
  const gives = targets.some((target) => 'tag' in target && isOfGiver(target.tag));
  if (gives && event?.site !== undefined) life.guarding()?.guard.givers.learn(event.site);
}

/** In the same words as without a bridge, so that one grep finds it on every pod. */
function sayWhatCame({ everything, targets }: Push, life: Life): void {
  const named = everything ? [{ name: 'everything', value: 'true' }] : namesOf(targets);
  if (named.length > 0) say.received(life.log, { pod: life.configuration().ip, fanout: true, named });
}

function hasType(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message;
}

/** Only a push that moves the cursor tells how far the bridge is: an old one, or one after a gap, does not. */
function moveCursor(push: Push, life: Life): void {
  const before = life.state.cursor;
  life.state.cursor = afterPush(before, push);
  if (life.state.cursor !== before) heardFromBridge(life, life.clock.monotonicMs());
}

/** What vanished before the number from which a push goes on is not known to a pod that was not there yet. */
function vanishingIn({ epoch, after, vanishing }: Push, { state: { cursor } }: Life): Target[] | null {
  const follows = cursor?.epoch === epoch && cursor.seq >= after;
  return follows ? (vanishing ?? null) : null;
}

function apply(push: Push, applying: Applying): Promise<Applied> {
  return push.everything ? applyEverything(applying, push.targets) : applyTargets(applying, push.targets);
}

function answerOf(applied: Applied, { ip, name }: { ip: string; name: string }, life: Life): PushAnswer {
  const { instance, cursor, settled } = life.state;
  const cannot = applied.cannot.slice(0, limits.cannotPerAnswer);
  return {
    ok: applied.whole,
    pod: { ip, name, instance, builtAt: life.builtAt() },
    cursor,
    settled,
    ...(cannot.length > 0 && { cannot: cannot.map((one) => ({ ...one, reason: clipped(one.reason) })) }),
    ...(!applied.whole && { reason: clipped(applied.reason) }),
  };
}

/** Of a push whose answer was lost, and that has settled since. */
function howSettled({ epoch, after }: Push, { headers }: { headers: Headers }, { state }: Life): HowSettled {
  return speaksSecond(headers) ? howSince(state.settledSteps, { epoch, seq: after + 1 }) : {};
}

function clipped(reason: string): string {
  return reason.slice(0, limits.reasonCharacters);
}
