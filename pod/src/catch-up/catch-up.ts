import type { CatchUp, CatchUpAnswer, Cursor, Secret } from '@everypod/contract';
import { beyondCursor } from '../cursor/move.ts';
import { lookBeforeCatchUp } from '../cursor/shared-store.ts';
import { keeping } from '../keep/origin.ts';
import { keyless } from '../keys/keyless.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { howToldAsking } from '../settling/ways.ts';
import { ask } from './ask.ts';
import { take } from './take.ts';

/** One question to the bridge. Whichever request is open when the answer is there may apply it; one does, once. */
export type CatchUpUnderWay = {
  /** From where it asks, which is where the cursor stood or the slices behind it; and when. */
  readonly from: Cursor | null;
  readonly askedAtMs: number;
  /** Null when the bridge did not answer; why not is then remembered as what stands in the way. */
  readonly answered: Promise<CatchUpAnswer | null>;
  standing: 'open' | 'answered' | 'unanswered';
  /** Null until a request has begun to. */
  applied: Promise<void> | null;
};

export type CatchUpOptions = {
  bridgeUrl: string;
  secrets: readonly Secret[];
  ip: string;
  name: string;
  /** Whoever has the pod secret may have the bridge asked at any time. */
  signed: boolean;
};

/**
 * Asks, or joins the question of another probe that has not been answered yet; one older than that may never be.
 * Anyone may probe, so what is not signed asks no bridge that was asked a moment ago: null where that is over and done.
 */
export function startCatchUp(life: Life, options: CatchUpOptions): CatchUpUnderWay | null {
  const { catchUp: one, askedAtMs } = life.state;
  if (one !== null && one.applied !== null) return one;
  const agoMs = askedAtMs === null ? Number.POSITIVE_INFINITY : life.clock.monotonicMs() - askedAtMs;
  if (one !== null && agoMs <= limits.probeWaitMs) return one;
  if (!options.signed && agoMs < limits.answerSharedForMs) return one;
  return askAnew(life, options);
}

/**
 * Applies the answer if it is there and nobody else has begun to; else one that an earlier probe had to keep, which
 * tells less. Done when it is applied.
 */
export async function applyAnswer(one: CatchUpUnderWay | null, life: Life): Promise<void> {
  const { kept } = life.state;
  if (one?.standing === 'answered') await applyOnce(one, life);
  // The framework would wait for a settling pass that starts here before it applied what may come behind it.
  else if (kept !== null) await applyOnce(kept, { ...life, background: null });
}

/**
 * To be called when the probe must be answered: what is not there yet is applied in the background of its request.
 * A request that has invalidated anything itself keeps it for the next probe: the framework may drop what the same
 * request invalidates again behind its answer, or wait with it until all of its background is over.
 */
export function leaveToBackground(one: CatchUpUnderWay, life: Life): void {
  if (one.applied !== null || one.standing === 'unanswered') return;
  if (life.hasInvalidated()) {
    void one.answered.then(() => keep(one, life));
    return;
  }
  life.background?.(async () => {
    await one.answered;
    // The framework would wait for a settling pass that starts here, and apply neither before both are over.
    await applyOnce(one, { ...life, background: null });
  });
}

function keep(one: CatchUpUnderWay, life: Life): void {
  if (one.applied !== null || one.standing === 'unanswered') return;
  life.state.kept = one;
  release(one, life);
}

function askAnew(life: Life, { ip, name, bridgeUrl, secrets }: CatchUpOptions): CatchUpUnderWay {
  const { state } = life;
  const { cursor, settled, instance, withoutBridge, bridgeSpeaksSecond } = state;
  // A bridge that went back to 0.1.0 refuses what it does not know; its answer covers all from the cursor on.
  const inOnePiece = bridgeSpeaksSecond && state.inOnePiece;
  const goesOn = bridgeSpeaksSecond && !inOnePiece;
  const slicesUpTo = goesOn ? beyondCursor(cursor, state.slicesUpTo) : null;
  const question: CatchUp = {
    pod: { ip, name, instance },
    cursor,
    settled,
    builtAt: life.builtAt(),
    ...(withoutBridge !== null && { withoutBridge }),
    ...(slicesUpTo !== null && { slicesUpTo }),
    ...(inOnePiece && { inOnePiece }),
    ...(bridgeSpeaksSecond && { ...howToldAsking(state), ...keeping(life), ...keyless(life) }),
  };
  const { answers } = state;
  const answered = ask(question, { bridgeUrl, secrets, answers, nowMs: life.nowMs }).then(async (asked) => {
    if (asked.state === 'answered') await lookBeforeCatchUp(asked.answer, life);
    one.standing = asked.state;
    if (asked.speaksSecond !== undefined) state.bridgeSpeaksSecond = asked.speaksSecond;
    if (asked.state === 'answered') {
      state.settledSteps.toldAsking = settled;
      return asked.answer;
    }
    release(one, life);
    // One that was asked later may have been answered before.
    const heardSince = state.heardAtMs !== null && state.heardAtMs > one.askedAtMs;
    if (!heardSince) life.trouble('catch-up', asked.reason);
    return null;
  });
  const one: CatchUpUnderWay = {
    from: slicesUpTo ?? cursor,
    askedAtMs: life.clock.monotonicMs(),
    answered,
    standing: 'open',
    applied: null,
  };
  state.catchUp = one;
  state.askedAtMs = one.askedAtMs;
  return one;
}

function applyOnce(one: CatchUpUnderWay, life: Life): Promise<void> {
  one.applied ??= apply(one, life);
  return one.applied;
}

async function apply(one: CatchUpUnderWay, life: Life): Promise<void> {
  const answer = await one.answered;
  if (answer === null) return;
  life.state.kept = null;
  try {
    life.trouble('catch-up', await take(answer, one, life));
  } catch (error) {
    life.trouble('catch-up', `A catch-up could not be applied: ${String(error)}`);
  } finally {
    release(one, life);
  }
}

function release(one: CatchUpUnderWay, { state }: Life): void {
  if (state.catchUp === one) state.catchUp = null;
}
