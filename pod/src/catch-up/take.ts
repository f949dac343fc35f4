import type { CatchUpAnswer, Cursor } from '@everypod/contract';
import { applyEverything, applyTargets } from '../apply/apply.ts';
import { afterCatchUp, meansEverything } from '../cursor/move.ts';
import { heardFromBridge } from '../lease/lease.ts';
import type { Life } from '../life.ts';
import { settleLater } from '../settling/settle.ts';

/** Applies an answer, then moves the cursor. Returns why it did not; then the same is asked for again. */
export async function take(
  answer: CatchUpAnswer,
  { cursor: askedWith, askedAtMs }: { cursor: Cursor | null; askedAtMs: number },
  life: Life,
): Promise<string | null> {
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
