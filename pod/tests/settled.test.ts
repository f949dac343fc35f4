import { describe, expect, it } from 'vitest';
import { moveSettled, secondPass, stepThatSettled, untilSettled } from '../src/settling/settled.ts';
import { epoch, startPod } from './surroundings/pod.ts';

const at = (seq: number, of = epoch) => ({ epoch: of, seq });

/** A life whose cursor is at 9, and settled at 5. */
function lifeAtNine() {
  const { state, clock } = startPod();
  state.cursor = at(9);
  const life = { state, clock: clock.process };
  moveSettled(life, at(5), secondPass);
  return { life, state, clock };
}

describe('who waits for a position to be settled', () => {
  it('is told at once where it is, and in which way', async () => {
    const { life } = lifeAtNine();
    expect(await untilSettled(life, at(4), 1_000)).toMatchObject({ how: 'second pass', reached: at(5) });
  });

  it('is told when it is', async () => {
    const { life } = lifeAtNine();
    const waits = untilSettled(life, at(8), 1_000);
    moveSettled(life, at(7), secondPass);
    const held = [{ path: '/x', forMs: 10_000 }];
    moveSettled(life, at(9), { how: 'capped', held, heldBeside: 0 });
    expect(await waits).toEqual({ reached: at(9), how: 'capped', held, heldBeside: 0 });
    expect(life.state.settledSteps.waiting.size).toBe(0);
  });

  it('is told nothing when the time is over', async () => {
    const { life, clock } = lifeAtNine();
    const waits = untilSettled(life, at(8), 1_000);
    clock.nowMs += 1_000;
    expect(await waits).toBeNull();
    expect(life.state.settledSteps.waiting.size).toBe(0);
  });

  it('is told nothing of a position in another epoch', () => {
    const { life } = lifeAtNine();
    expect(stepThatSettled(life, at(1, 'epoch-two'))).toBeNull();
  });

  it('learns the way of the very step that settled it, among a bounded number of them', () => {
    const { life, state } = lifeAtNine();
    state.cursor = at(1_000);
    for (let seq = 6; seq <= 500; seq += 1) {
      moveSettled(life, at(seq), seq % 2 ? secondPass : { how: 'drained', held: [], heldBeside: 0 });
    }
    expect(stepThatSettled(life, at(498))?.how).toBe('drained');
    expect(stepThatSettled(life, at(499))?.how).toBe('second pass');
    expect(state.settledSteps.steps.length).toBe(200);
  });
});
