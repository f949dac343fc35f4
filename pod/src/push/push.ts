import {
  limits as messageLimits,
  type Push,
  type PushAnswer,
  pushSchema,
  readJson,
  signAnswer,
  verify,
} from '@everypod/contract';
import { json, problemAnswer } from '../answers.ts';
import { type Applied, applyEverything, applyTargets } from '../apply/apply.ts';
import { afterPush } from '../cursor/move.ts';
import { heardFromBridge } from '../lease/lease.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { settleLater } from '../settling/settle.ts';
import { readBody } from './body.ts';

/** Bridge to pod: verify, apply, move the cursor, say how far this pod has got. */
export async function receivePush(request: Request, life: Life): Promise<Response> {
  if (request.method !== 'POST') {
    return problemAnswer('method-not-allowed', 'Send a signed push with POST.', { allow: 'POST' });
  }
  const body = await readBody(request, messageLimits.pushBodyBytes);
  if (body === null) {
    return problemAnswer(
      'too-large',
      `A push has at most ${messageLimits.pushBodyBytes} bytes; send everything instead.`,
    );
  }
  const { secrets, troubles, ...configuration } = life.configuration();
  const verified = verify(secrets, request.headers, body, life.nowMs());
  if (!verified.trusted) {
    life.log('warn', ['A push was not trusted:', `${verified.cause}.`, ...troubles].join(' '));
    return problemAnswer(
      'unauthorized',
      'Sign the push with a pod secret that this pod has, and check both clocks.',
    );
  }
  const push = parsePush(body);
  if (!push.success) return problemAnswer('bad-request', push.error);

  const applied = await apply(push.data, life);
  if (applied.whole) moveCursor(push.data, life);
  settleLater(life, { everything: push.data.everything ?? false, targets: push.data.targets });
  if (applied.whole) life.log('info', `${verified.id}: applied ${applied.summary}.`);
  else life.log('warn', `${verified.id}: not applied whole. ${applied.reason}`);
  const answer = JSON.stringify(answerOf(applied, configuration, life));
  const question = { id: verified.id, headers: request.headers };
  return json(200, answer, signAnswer(secrets, question, life.nowMs(), answer));
}

/** Only a push that moves the cursor tells how far the bridge is: an old one, or one after a gap, does not. */
function moveCursor(push: Push, life: Life): void {
  const before = life.state.cursor;
  life.state.cursor = afterPush(before, push);
  if (life.state.cursor !== before) heardFromBridge(life, life.clock.monotonicMs());
}

function apply(push: Push, life: Life): Promise<Applied> {
  return push.everything
    ? applyEverything(life.applying, push.targets)
    : applyTargets(life.applying, push.targets);
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

function clipped(reason: string): string {
  return reason.slice(0, limits.reasonCharacters);
}

function parsePush(body: Uint8Array): { success: true; data: Push } | { success: false; error: string } {
  const read = readJson(body);
  if ('wrong' in read) return { success: false, error: read.wrong };
  const parsed = pushSchema.safeParse(read.json);
  if (parsed.success) return parsed;
  const [issue] = parsed.error.issues;
  return { success: false, error: `${issue?.path.join('.') || 'The push'}: ${issue?.message}.` };
}
