import { createHash, timingSafeEqual } from 'node:crypto';
import { json, problemAnswer } from '../answers.ts';
import { applyTargets } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { applyMarked } from '../settling/mark.ts';
import { settleLater } from '../settling/settle.ts';
import { type Others, ownLine, tellOthers } from './primary.ts';
import { type Parameters, parametersOf, readQuestion } from './question.ts';
import type { Told } from './relay.ts';
import { say } from './said.ts';

/**
 * `GET …?secret=…&slug=…`, as one route in every pod has long been called. Whoever gets it without `fanout` is the
 * primary. Nothing is taken where no secret for it is set.
 */
export async function answerWellKnown(request: Request, life: Life): Promise<Response> {
  const { shared } = life.fanOut();
  if (shared === null) {
    return problemAnswer(
      'unknown-route',
      'Send a signed message with POST. For calls with ?secret= and ?slug=, set REVALIDATE_SECRET.',
    );
  }
  const parameters = parametersOf(new URL(request.url).search);
  const given = parameters.get('secret') ?? [];
  if (given.length > 1) return problemAnswer('bad-request', 'Give secret once.');
  if (!isOneOf(shared.secrets, given[0] ?? null)) {
    life.log(
      'warn',
      ['A call without the right secret was not taken.', shared.trouble ?? ''].join(' ').trim(),
    );
    return problemAnswer('unauthorized', 'Give the REVALIDATE_SECRET that this pod has as secret.');
  }
  return answerQuestion(parameters, life);
}

async function answerQuestion(parameters: Parameters, life: Life): Promise<Response> {
  const question = readQuestion(parameters);
  if ('wrong' in question) return problemAnswer('bad-request', question.wrong);
  const { target, named, fanout, waits } = question;
  const { ip: pod, name } = life.configuration();
  say.received(life.log, { pod, fanout, named: [named] });
  const start = life.clock.monotonicMs();
  const { applied, marked } = await applyMarked(life, { everything: false, targets: [target] }, () =>
    applyTargets(life.applying, [target]),
  );
  const own = ownLine(applied, Math.round(life.clock.monotonicMs() - start), life);
  const settle = () => settleLater(life, marked);
  const answer = { pod, fanout, instance: life.state.instance, name };
  const ofOwn = own.reason === undefined ? {} : { reason: own.reason };
  if (fanout || !waits) {
    settle();
    if (!fanout) inBackground(async () => void (await tellOthers([target], life)), life);
    return json(200, JSON.stringify({ ok: applied.whole, ...answer, ...ofOwn }));
  }
  const others = await tellOthers([target], life);
  // The framework hears of the application with the answer, and the delay counts from there.
  settle();
  const pods = [own, ...others.told].map(lineOf);
  return json(200, JSON.stringify({ ...verdictOf(own, others), ...answer, pods }));
}

function verdictOf(own: Told, { told, reason }: Others): { ok: boolean; reason?: string } {
  const missed = [own, ...told].filter(({ state }) => state !== 'told' && state !== 'gone');
  const said = [
    ...missed.map((one) => `${one.ip} was not told: ${one.reason ?? one.state}`),
    ...(reason === null ? [] : [reason]),
  ].join(' ');
  return said === '' ? { ok: true } : { ok: false, reason: said.slice(0, limits.reasonCharacters) };
}

function lineOf({ ip, name, state, ms, status, reason }: Told) {
  return {
    ip,
    ...(name !== '' && { name }),
    state,
    ms,
    ...(status !== undefined && { status }),
    ...(reason !== undefined && { reason }),
  };
}

function inBackground(work: () => Promise<void>, { background }: Life): void {
  if (background === null) void work();
  else background(work);
}

/** In constant time: digests are of one length, whatever was given. */
function isOneOf(secrets: readonly string[], given: string | null): boolean {
  if (given === null) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const asked = digest(given);
  return secrets.reduce((found, secret) => timingSafeEqual(digest(secret), asked) || found, false);
}
