import { applyEverything, applyTargets } from '../apply/apply.ts';
import type { Life } from '../life.ts';
import { type Application, addToWaves, endWave, takeDue } from './waves.ts';

/**
 * What a content API gave just after a change may have been old: one that lags, behind a replica or a cache of its own. So
 * the same is applied once more a while later, where that is asked for. It holds nothing back, since nobody can know.
 */
export function echoLater(applied: Application, life: Life): void {
  const { echoMs } = life.configuration();
  if (echoMs === 0) return;
  const { state, clock, background } = life;
  const times = { nowMs: clock.awakeMs(), delayMs: echoMs };
  const { wave, opened } = addToWaves(state.echoes, applied, times);
  if (!opened || background === null || !life.hearsAgain()) return;
  background(async () => {
    while (wave.standing === 'waiting' && wave.dueAtMs > clock.awakeMs()) {
      if (!(await clock.untilAwake(wave.dueAtMs))) return;
    }
    await echoWhatIsDue(life);
  });
}

/** Applies what is due, within a request or its background. */
export async function echoWhatIsDue(life: Life): Promise<void> {
  const { state, applying, clock } = life;
  const wave = takeDue(state.echoes, clock.awakeMs());
  if (wave === null) return;
  const targets = [...wave.targets.values()];
  const applied = await (wave.everything
    ? applyEverything(applying, targets)
    : applyTargets(applying, targets));
  // A page that could not be invalidated is tried again at the next probe.
  if (applied.whole || applied.topicsLeft !== null) endWave(state.echoes, wave);
  else wave.standing = 'waiting';
  life.log('info', `Echo: applied ${applied.summary} once more.`);
}
