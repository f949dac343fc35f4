import { type Cursor, type Held, type HowSettled, limits, type SettledWay } from '@everypod/contract';
import type { PodState } from '../state.ts';
import type { SettledStep, SettledSteps } from './settled.ts';

/** The least sure of the ways by which `settled` has got to this position and beyond. */
export function howSince({ steps }: SettledSteps, { epoch, seq }: Cursor): HowSettled {
  const since = steps.filter(({ reached }) => reached.epoch === epoch && reached.seq >= seq);
  const how = leastSure.find((way) => since.some((step) => step.how === way));
  if (how === undefined) return {};
  const held = heldBy(since);
  return held === undefined ? { how } : { how, held };
}

/** What a catch-up has to tell of how `settled` moved since the last that was answered. */
export function howToldAsking({ settled, settledSteps }: PodState): HowSettled {
  if (settled === null) return {};
  const { toldAsking: told } = settledSteps;
  const from = told?.epoch === settled.epoch ? told.seq + 1 : 0;
  return howSince(settledSteps, { epoch: settled.epoch, seq: from });
}

const leastSure: readonly SettledWay[] = ['capped', 'second pass', 'drained'];

/** Each path once, those that were held longest first. */
function heldBy(some: readonly SettledStep[]): Held | undefined {
  const longest = new Map<string, number>();
  for (const { path, forMs } of some.flatMap(({ held }) => held)) {
    const named = path.slice(0, limits.heldPathCharacters);
    longest.set(named, Math.max(Math.round(forMs), longest.get(named) ?? 0));
  }
  if (longest.size === 0) return undefined;
  const all = [...longest].map(([path, forMs]) => ({ path, forMs })).sort((a, b) => b.forMs - a.forMs);
  const renders = all.slice(0, limits.heldRenders);
  const more = some.reduce((sum, { heldBeside }) => sum + heldBeside, all.length - renders.length);
  return more > 0 ? { renders, more } : { renders };
}
