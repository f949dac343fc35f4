import type { CatchUpAnswer, Cursor, Target } from '@everypod/contract';
import { type Applied, applyEverything, applyTargets, applyTopics, noteVanished } from '../apply/apply.ts';
import { afterCatchUp, meansEverything } from '../cursor/move.ts';
import { storeAfterCatchUp, storeBeforeCatchUp } from '../cursor/shared-store.ts';
import { heardFromBridge } from '../lease/lease.ts';
import type { Life } from '../life.ts';
import { applyMarked } from '../settling/mark.ts';
import { settleLater } from '../settling/settle.ts';
import { coversPages, type TopicsLeft } from './topics-left.ts';

/**
 * Applies an answer, then moves the cursor; with a slice only that to which slices have come, until there is no more.
 * Returns why it did not; then the same is asked for again.
 */
export async function take(
  answer: CatchUpAnswer,
  { from: askedWith, askedAtMs }: { from: Cursor | null; askedAtMs: number },
  life: Life,
): Promise<string | null> {
  const { state } = life;
  const { behind, announcement } = storeBeforeCatchUp(askedWith, answer, life);
  const applying = { ...life.applying, announcement };
  const all = behind || meansEverything(askedWith, answer);
  const targets = 'targets' in answer ? answer.targets : [];
  const left = state.topicsLeft;
  // What was invalidated before something hinders it may have to be once more when that is over.
  const topicsOnly = left !== null && coversPages(left, askedWith, answer, all) && life.hindrance() === null;
  if (all && !topicsOnly) noteVanished(applying, vanishingIn(askedWith, answer));
  const application = topicsOnly
    ? { everything: false, targets: asTargets(left.topics) }
    : { everything: all, targets };
  const { applied, marked } = await applyMarked(life, application, () =>
    topicsOnly
      ? applyTopics(applying, left.topics, left.everything)
      : all
        ? applyEverything(applying, targets)
        : applyTargets(applying, targets),
  );
  const more = 'more' in answer;
  if (more && applied.whole) state.slicesUpTo = { epoch: answer.epoch, seq: answer.upTo };
  else if (applied.whole) state.cursor = afterCatchUp(state.cursor, answer);
  // A topic that fails again and again would keep the pages of the slices behind it old.
  state.inOnePiece = !applied.whole && (more || state.inOnePiece);
  if (!topicsOnly || applied.whole) settleLater(life, marked);
  state.topicsLeft = leftOf(applied, { askedWith, answer, everything: topicsOnly ? left.everything : all });
  if (applied.whole) {
    void storeAfterCatchUp(answer, { askedAtMs, applied: all || targets.length > 0 }, life);
  }
  // As far as the bridge was when it was asked; its answer may have been long on the way.
  heardFromBridge(life, askedAtMs);
  state.withoutBridge = null;
  if (!applied.whole) return applied.reason;
  const rest = more ? ', and more is to come at the next probe' : '';
  if (all || targets.length > 0) {
    life.log('info', `Caught up to ${answer.upTo}: applied ${applied.summary}${rest}.`);
  }
  if (more) return null;
  state.slicesUpTo = null;
  state.readyBy = 'catch-up';
  return null;
}

/** What an answer doesn't name may have vanished, too, where it covers only what lies after a position of another epoch. */
function vanishingIn(askedWith: Cursor | null, answer: CatchUpAnswer): readonly Target[] | null {
  if ('everything' in answer) return answer.vanishing ?? null;
  return meansEverything(askedWith, answer) ? null : [];
}

function asTargets(topics: readonly string[]): Target[] {
  return topics.map((topic) => ({ topic }));
}

function leftOf(
  applied: Applied,
  { askedWith, answer, everything }: { askedWith: Cursor | null; answer: CatchUpAnswer; everything: boolean },
): TopicsLeft | null {
  if (applied.whole || applied.topicsLeft === null) return null;
  const upTo = { epoch: answer.epoch, seq: answer.upTo };
  return { askedWith, upTo, everything, topics: applied.topicsLeft };
}
