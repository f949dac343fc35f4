import { tellOfOrigin } from '../keep/origin.ts';
import type { Life } from '../life.ts';
import { within } from '../within.ts';
import { byDraining } from './drain.ts';
import { echoLater, echoWhatIsDue } from './echo.ts';
import type { Marked } from './mark.ts';
import { bySecondPass, passWhatIsDue, untilPassIsDue } from './second-pass.ts';
import { drained, moveSettled, secondPass } from './settled.ts';
import { takeSettled } from './steps.ts';
import type { Part } from './way.ts';

/** The surest first. */
const ways = [byDraining(settle), bySecondPass(settle)];

/**
 * To be told of all that was applied, once the cursor has moved, and within the same request: until nothing older can be
 * stored or served any more, it is not settled.
 */
export function settleLater(life: Life, applied: Marked): void {
  const { steps } = life.state;
  const { cursor } = life.state;
  tellOfOrigin(life);
  const newest = steps.at(-1);
  if (!applied.everything && applied.targets.length === 0) {
    // Nothing was applied on the way here, so this far is settled together with what was applied before.
    if (newest === undefined) moveSettled(life, cursor, life.guarding()?.whole ? drained : secondPass);
    else newest.reached = cursor;
    return;
  }
  const parts = ways.map((way) => way.begin(applied, life)).filter((part): part is Part => part !== null);
  steps.push({ reached: cursor, parts: new Set(parts) });
  echoLater(applied, life);
}

export { untilPassIsDue as untilSettlingIsDue };

/** The pass of every probe: what is due, or will be before the probe must be answered. */
export async function settleWithin(waitMs: number, life: Life): Promise<void> {
  const until = life.clock.monotonicMs() + waitMs;
  const left = () => Math.max(0, until - life.clock.monotonicMs());
  settle(life);
  if (life.state.steps.length > 0) {
    await within(left() / 2, life.guarding()?.guard.keeping.origins.looked() ?? Promise.resolve());
    settle(life);
  }
  let due = false;
  const looked = untilPassIsDue(waitMs, life).then((is) => {
    due = is;
  });
  // Never after the answer: the framework would hear none of it, and `settled` would move all the same.
  if ((await within(waitMs, looked)) && due) {
    await within(
      left(),
      passWhatIsDue(life).then(() => settle(life)),
    );
  }
  if (left() > 0) await within(left(), echoWhatIsDue(life));
}

/** Moves `settled` as far as it is. It may be called at any time: what is not seen yet is not believed. */
export function settle(life: Life): void {
  const { state } = life;
  // One at a time: whoever looks meanwhile goes on behind what has been moved.
  for (let step = takeSettled(state.steps); step !== null; step = takeSettled(state.steps)) {
    const { reached, way } = step;
    moveSettled(life, reached, way);
    const upTo = state.settled === null ? '' : ` up to ${state.settled.seq}`;
    const { held, heldBeside } = way;
    const names = held.map(({ path, forMs }) => `${path} (${forMs} ms)`).join(', ');
    const but = held.length === 0 ? '' : `, all but ${held.length + heldBeside} renders that hang: ${names}`;
    life.log('info', `Settled${upTo}: ${way.how}${but}.`);
  }
}
