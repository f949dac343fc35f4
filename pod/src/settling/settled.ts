import type { Cursor, SettledWay } from '@everypod/contract';
import { afterSettling } from '../cursor/move.ts';
import type { Life } from '../life.ts';
import { limits } from '../limits.ts';

/**
 * In which way a step was settled. `drained`: every render that began before has ended. `capped`: but for some that hung
 * for longer than `EVERYPOD_SETTLE_SECONDS`. `second pass`: the same was applied once more after that time.
 */
export type How = SettledWay;

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
  /** How far is settled of which the framework has heard all that it rests on. */
  tellable: Cursor | null;
  /** Where `settled` stood in the last catch-up that was answered. */
  toldAsking: Cursor | null;
  /** Woken by each move of `tellable`. */
  readonly waiting: Set<() => void>;
};

export const drained: Way = { how: 'drained', held: [], heldBeside: 0 };
export const secondPass: Way = { how: 'second pass', held: [], heldBeside: 0 };

export function newSettledSteps(): SettledSteps {
  return { steps: [], tellable: null, toldAsking: null, waiting: new Set() };
}

/** Whoever moves `settled`: what is left out of a life is not needed for it. */
export type Mover = Pick<Life, 'state' | 'background' | 'hasInvalidated'>;

/** The only place that moves `settled`. */
export function moveSettled(life: Mover, reached: Cursor | null, way: Way): void {
  const { state } = life;
  const before = state.settled;
  const after = afterSettling(before, reached, state.cursor);
  state.settled = after;
  if (after === null || after === before) return;
  const same = before?.epoch === after.epoch && before.seq === after.seq;
  if (same) return;
  const { steps } = state.settledSteps;
  steps.push({ reached: after, ...way });
  if (steps.length > limits.settledStepsRemembered) steps.shift();
  afterThisRequest(life, () => tell(state.settledSteps, after));
}

/**
 * The framework hears of what a request has invalidated as that ends, and who waits must not hear of it sooner. Behind a
 * request there is no background: what was invalidated there is heard as soon as that is over.
 */
function afterThisRequest({ background, hasInvalidated }: Mover, work: () => void): void {
  if (!hasInvalidated()) {
    work();
    return;
  }
  try {
    if (background !== null) {
      background(async () => work());
      return;
    }
  } catch {
    // The request has ended meanwhile, and the framework takes nothing more for it.
  }
  setImmediate(work);
}

function tell(settled: SettledSteps, reached: Cursor): void {
  const { tellable, waiting } = settled;
  const isFurther = tellable?.epoch !== reached.epoch || tellable.seq < reached.seq;
  if (isFurther) settled.tellable = reached;
  for (const wake of [...waiting]) wake();
}

/** The step by which a position was settled; null where it is not. */
export function stepThatSettled({ state }: Pick<Life, 'state'>, at: Cursor): SettledStep | null {
  const { settled, settledSteps } = state;
  if (settled?.epoch !== at.epoch || settled.seq < at.seq) return null;
  const covers = ({ reached }: SettledStep) => reached.epoch === at.epoch && reached.seq >= at.seq;
  return settledSteps.steps.find(covers) ?? null;
}
