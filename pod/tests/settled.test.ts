import { describe, expect, it } from 'vitest';
import { moveSettled, secondPass, stepThatSettled } from '../src/settling/settled.ts';
import { epoch, startPod } from './surroundings/pod.ts';

const at = (seq: number, of = epoch) => ({ epoch: of, seq });

/** A life whose cursor is at 9, and settled at 5. */
function lifeAtNine() {
  const { state } = startPod();
  state.cursor = at(9);
  const life = { state, background: null, hasInvalidated: () => false };
  moveSettled(life, at(5), secondPass);
  return { life, state };
}

describe('who asks for a position that was settled', () => {
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
