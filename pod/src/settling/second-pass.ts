import { applyEverything, applyTargets } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { secondPass } from './settled.ts';
import {
  addToWaves,
  endWave,
  isOver,
  leaveTopics,
  leaveWave,
  standsFor,
  takeDue,
  type Wave,
} from './waves.ts';
import type { Settling } from './way.ts';

/**
 * A render in flight during an application stores the old page as new, so the same is applied again when the longest of
 * them is over. `settle` is called whenever a pass has been.
 */
export function bySecondPass(settle: (life: Life) => void): Settling {
  return {
    begin(applied, life) {
      const { state, clock, background } = life;
      const times = { nowMs: clock.awakeMs(), delayMs: life.configuration().settleMs };
      const { wave, opened } = addToWaves(state.waves, applied, times);
      if (opened && background !== null && life.hearsAgain()) {
        background(async () => {
          await passOnceDue(wave, life);
          settle({ ...life, background: null });
        });
      }
      return {
        way: () => (isOver(wave) ? secondPass : null),
        counts: () => true,
        suffices: () => false,
        leave: () => leaveWave(state.waves, wave),
      };
    },
  };
}

/** Done when a pass is due; at once when none will be within `waitMs`. */
export async function untilPassIsDue(waitMs: number, { state, clock }: Life): Promise<boolean> {
  const soonest = state.waves.find(({ standing }) => standing === 'waiting');
  if (soonest === undefined || soonest.dueAtMs - clock.awakeMs() > waitMs) return false;
  return clock.untilAwake(soonest.dueAtMs);
}

async function passOnceDue(wave: Wave, life: Life): Promise<void> {
  // Its due moment moves on while applications still join it.
  while (wave.standing === 'waiting' && wave.dueAtMs > life.clock.awakeMs()) {
    if (!(await life.clock.untilAwake(wave.dueAtMs))) return;
  }
  if (standsFor(wave).standing === 'over') return;
  await passWhatIsDue(life);
}

/** Applies once more what is due, if anything is. */
export async function passWhatIsDue(life: Life): Promise<void> {
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
  if (applied.whole) endWave(state.waves, wave);
  else wave.standing = 'waiting';
}
