import type { CatchUpAnswer, Cursor, Secret } from '@everypod/contract';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { ask } from './ask.ts';
import { take } from './take.ts';

/** One question to the bridge. Whichever request is open when the answer is there may apply it; one does, once. */
export type CatchUpUnderWay = {
  /** Where the cursor stood, and when. */
  readonly cursor: Cursor | null;
  readonly askedAtMs: number;
  /** Null when the bridge did not answer; why not is then remembered as what stands in the way. */
  readonly answered: Promise<CatchUpAnswer | null>;
  over: boolean;
  applied: Promise<void> | null;
};

export type CatchUpOptions = { bridgeUrl: string; secrets: readonly Secret[]; ip: string; name: string };

/** Asks, or joins the question of another probe that has not been answered yet; one older than that may never be. */
export function startCatchUp(life: Life, options: CatchUpOptions): CatchUpUnderWay {
  const { state, clock } = life;
  const one = state.catchUp;
  if (one !== null) {
    const applying = one.applied !== null;
    if (applying || clock.monotonicMs() - one.askedAtMs <= limits.probeWaitMs) return one;
  }
  return askAnew(life, options);
}

/** Applies the answer if it is there and nobody else has begun to. Done when it is applied. */
export async function applyAnswer(one: CatchUpUnderWay, life: Life): Promise<void> {
  if (one.over) one.applied ??= applyOnce(one, life);
  await one.applied;
}

/** To be called when the probe must be answered: what is not there yet is applied in the background of its request. */
export function leaveToBackground(one: CatchUpUnderWay, life: Life): void {
  if (one.applied !== null) return;
  life.background?.(async () => {
    await one.answered;
    // The framework would wait for a settling pass that starts here, and apply neither before both are over.
    await applyAnswer(one, { ...life, background: null });
  });
}

function askAnew(life: Life, { ip, name, bridgeUrl, secrets }: CatchUpOptions): CatchUpUnderWay {
  const { state } = life;
  const { cursor, settled, instance } = state;
  const question = { pod: { ip, name, instance }, cursor, settled, builtAt: life.builtAt() };
  const answered = ask(question, { bridgeUrl, secrets, nowMs: life.nowMs }).then((asked) => {
    one.over = true;
    if (asked.state === 'answered') return asked.answer;
    one.applied = Promise.resolve();
    release(one, life);
    // One that was asked later may have been answered before.
    const heardSince = state.heardAtMs !== null && state.heardAtMs > one.askedAtMs;
    if (!heardSince) life.trouble('catch-up', asked.reason);
    return null;
  });
  const one: CatchUpUnderWay = {
    cursor,
    askedAtMs: life.clock.monotonicMs(),
    answered,
    over: false,
    applied: null,
  };
  state.catchUp = one;
  return one;
}

async function applyOnce(one: CatchUpUnderWay, life: Life): Promise<void> {
  const answer = await one.answered;
  if (answer === null) return;
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
