import { applyEverything, applyTargets } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { within } from '../within.ts';
import { moveSettled, secondPass } from './settled.ts';
import { type Application, addToWaves, leaveTopics, takeDue, takeSettled, type Wave } from './waves.ts';

/**
 * To be told of all that was applied, once the cursor has moved: a render in flight meanwhile stores the old page as
 * new, so the same is applied again when the longest of them is over.
 */
export function settleLater(life: Life, applied: Omit<Application, 'reached'>): void {
  const { state, clock, background } = life;
  const newest = state.waves.at(-1);
  if (!applied.everything && applied.targets.length === 0) {
    // Nothing was applied on the way here, so this far is settled together with what was applied before.
    if (newest === undefined) moveSettled(life, state.cursor, secondPass);
    else newest.reached = state.cursor;
    return;
  }
  const delayMs = life.configuration().settleMs;
  const opened = addToWaves(
    state.waves,
    { ...applied, reached: state.cursor },
    { nowMs: clock.awakeMs(), delayMs },
  );
  if (opened === null || background === null || !life.hearsAgain()) return;
  background(() => settleOnceDue(opened, life));
}

/** Done when a pass is due; at once when none will be within `waitMs`. */
export async function untilSettlingIsDue(waitMs: number, { state, clock }: Life): Promise<boolean> {
  const soonest = state.waves.find(({ standing }) => standing === 'waiting');
  if (soonest === undefined || soonest.dueAtMs - clock.awakeMs() > waitMs) return false;
  return clock.untilAwake(soonest.dueAtMs);
}

/** The pass of every probe: what is due, or will be before the probe must be answered. */
export async function settleWithin(waitMs: number, life: Life): Promise<void> {
  const until = life.clock.monotonicMs() + waitMs;
  let due = false;
  const looked = untilSettlingIsDue(waitMs, life).then((is) => {
    due = is;
  });
  // Never after the answer: the framework would hear none of it, and `settled` would move all the same.
  if ((await within(waitMs, looked)) && due) {
    await within(Math.max(0, until - life.clock.monotonicMs()), settleDue(life));
  }
}

async function settleOnceDue(wave: Wave, life: Life): Promise<void> {
  // Its due moment moves on while applications still join it.
  while (wave.standing === 'waiting' && wave.dueAtMs > life.clock.awakeMs()) {
    if (!(await life.clock.untilAwake(wave.dueAtMs))) return;
  }
  await settleDue(life);
}

async function settleDue(life: Life): Promise<void> {
  const { state, applying, clock } = life;
  // An old page may outlive this pass too, so it stays due until none can.
  if (life.hindrance() !== null) return;
  const wave = takeDue(state.waves, clock.awakeMs());
  if (wave === null) return;
  const targets = [...wave.targets.values()];
  const applied = await (wave.everything
    ? applyEverything(applying, targets)
    : applyTargets(applying, targets));
  life.trouble('settling', applied.whole ? null : applied.reason);
  // What could not be applied is due again at the next probe; the pages need not pay for a topic.
  if (!applied.whole && applied.topicsLeft !== null) leaveTopics(wave, applied.topicsLeft);
  wave.standing = applied.whole ? 'over' : 'waiting';
  for (const reached of takeSettled(state.waves)) moveSettled(life, reached, secondPass);
  if (!applied.whole) return;
  const upTo = state.settled === null ? '' : ` up to ${state.settled.seq}`;
  life.log('info', `Settled${upTo}: applied ${applied.summary} again.`);
}
