import type { Cursor, Secret } from '@everypod/contract';
import { applyEverything, applyTargets } from '../apply/apply.ts';
import { afterCatchUp, meansEverything } from '../cursor/move.ts';
import { heardFromBridge } from '../lease/lease.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import { settleLater } from '../settling/settle.ts';
import { within } from '../within.ts';
import { type Asked, ask } from './ask.ts';

export type CatchUpOptions = {
  bridgeUrl: string;
  secrets: readonly Secret[];
  ip: string;
  name: string;
  /** How long the caller can wait; what is not done by then goes on in the background of its request. */
  waitMs: number;
};

/** Starts a catch-up, or joins the one under way. */
export async function catchUp(life: Life, options: CatchUpOptions): Promise<void> {
  const { state } = life;
  const underWay = state.catchUp;
  if (underWay !== null && life.clock.monotonicMs() - underWay.startedAtMs < limits.catchUpSlotMs) {
    await within(options.waitMs, underWay.done);
    return;
  }
  let finished = () => {};
  const done = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const mine = { startedAtMs: life.clock.monotonicMs(), done };
  state.catchUp = mine;

  const until = performance.now() + options.waitMs;
  const { ip, name, bridgeUrl, secrets } = options;
  const cursor = state.cursor;
  const pod = { ip, name, instance: state.instance };
  const question = { pod, cursor, settled: state.settled, builtAt: life.builtAt() };
  const asked = ask(question, { bridgeUrl, secrets, nowMs: life.nowMs });
  const askedAtMs = mine.startedAtMs;
  const finish = async (background: Life['background']) => {
    try {
      life.trouble('catch-up', await take(await asked, { cursor, askedAtMs }, { ...life, background }));
    } catch (error) {
      life.trouble('catch-up', `A catch-up could not be applied: ${String(error)}`);
    } finally {
      if (state.catchUp === mine) state.catchUp = null;
      finished();
    }
  };
  // The framework hears an invalidation only from an open request, or from what runs in its background.
  if (await within(options.waitMs, asked)) void finish(life.background);
  else life.background?.(() => finish(null));
  await within(Math.max(0, until - performance.now()), done);
}

/** Applies an answer, then moves the cursor. Returns why it did not; then the same is asked for again. */
async function take(
  asked: Asked,
  { cursor: askedWith, askedAtMs }: { cursor: Cursor | null; askedAtMs: number },
  life: Life,
): Promise<string | null> {
  if (asked.state === 'unanswered') return asked.reason;
  const { answer } = asked;
  const all = meansEverything(askedWith, answer);
  const targets = 'targets' in answer ? answer.targets : [];
  const applied = await (all
    ? applyEverything(life.applying, targets)
    : applyTargets(life.applying, targets));
  if (applied.whole) life.state.cursor = afterCatchUp(life.state.cursor, answer);
  settleLater(life, { everything: all, targets });
  // As far as the bridge was when it was asked; its answer may have been long on the way.
  heardFromBridge(life, askedAtMs);
  if (!applied.whole) return applied.reason;
  if (all || targets.length > 0) life.log('info', `Caught up to ${answer.upTo}: applied ${applied.summary}.`);
  life.state.readyBy = 'catch-up';
  return null;
}
