import type { Cursor } from '@everypod/contract';
import { afterSettling } from '../cursor/move.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';

/**
 * In which way a step was settled. `drained`: every render that began before has ended. `capped`: but for some that hung
 * for longer than `EVERYPOD_SETTLE_SECONDS`. `second pass`: the same was applied once more after that time.
 */
export type How = 'drained' | 'capped' | 'second pass';

/** A render that had not ended when the cap was reached. */
export type HeldRender = { path: string; forMs: number };

/** One move of `settled`. */
export type SettledStep = {
  readonly reached: Cursor;
  readonly how: How;
  /** Only of a capped one: the longest first. */
  readonly held: readonly HeldRender[];
  /** How many more there were. */
  readonly heldBeside: number;
};

/** The way of a step, before it is known how far it reached. */
export type Way = Omit<SettledStep, 'reached'>;

export type SettledSteps = {
  /** The newest last, and a bounded number. */
  readonly steps: SettledStep[];
  /** Woken by each move. */
  readonly waiting: Set<() => void>;
};

export const drained: Way = { how: 'drained', held: [], heldBeside: 0 };
export const secondPass: Way = { how: 'second pass', held: [], heldBeside: 0 };

export function newSettledSteps(): SettledSteps {
  return { steps: [], waiting: new Set() };
}

/** The only place that moves `settled`. */
export function moveSettled({ state }: Pick<Life, 'state'>, reached: Cursor | null, way: Way): void {
  const before = state.settled;
  state.settled = afterSettling(before, reached, state.cursor);
  if (state.settled === null || state.settled === before) return;
  const { steps, waiting } = state.settledSteps;
  const same = before?.epoch === state.settled.epoch && before.seq === state.settled.seq;
  if (same) return;
  steps.push({ reached: state.settled, ...way });
  if (steps.length > limits.settledStepsRemembered) steps.shift();
  for (const wake of [...waiting]) wake();
}

/** The step by which a position was settled; null where it is not. */
export function stepThatSettled({ state }: Pick<Life, 'state'>, at: Cursor): SettledStep | null {
  const { settled, settledSteps } = state;
  if (settled?.epoch !== at.epoch || settled.seq < at.seq) return null;
  const covers = ({ reached }: SettledStep) => reached.epoch === at.epoch && reached.seq >= at.seq;
  return settledSteps.steps.find(covers) ?? null;
}

/** Waits until a position is settled, at most `waitMs`, and no longer than the process is meant to run. */
export async function untilSettled(
  life: Pick<Life, 'state' | 'clock'>,
  at: Cursor,
  waitMs: number,
): Promise<SettledStep | null> {
  const { waiting } = life.state.settledSteps;
  const now = stepThatSettled(life, at);
  if (now !== null || waitMs <= 0) return now;
  return new Promise((resolve) => {
    const end = () => {
      waiting.delete(wake);
      resolve(stepThatSettled(life, at));
    };
    const wake = () => {
      if (stepThatSettled(life, at) !== null) end();
    };
    waiting.add(wake);
    void life.clock.untilAwake(life.clock.awakeMs() + waitMs).then(end);
  });
}
