import type { Life } from '../life.ts';
import { limits } from '../limits.ts';
import type { Application } from './waves.ts';

/** Stands for one application in the guard's ledger: named beside what was invalidated, it is there when that is. */
export type Mark = { readonly tag: string; readonly before: number };

/**
 * To be made of each application by itself, in the request that has just made it and before anything is waited for: where a
 * topic takes longer than the request, the framework hears nothing any more. Null without a guard, or of nothing.
 */
export function markApplication(life: Life, { everything, targets }: Application): Mark | null {
  const guarding = life.guarding();
  if (guarding === null || (!everything && targets.length === 0)) return null;
  const { state, applying } = life;
  state.applications += 1;
  const mark = {
    tag: `everypod:heard:${state.applications % limits.witnesses}`,
    before: guarding.guard.tick,
  };
  applying.invalidator.tag(mark.tag);
  return mark;
}

/** Applies, whose first half calls the framework before it gives way, and marks that. */
export async function applyMarked<Outcome>(
  life: Life,
  application: Application,
  apply: () => Promise<Outcome>,
): Promise<{ applied: Outcome; marked: Marked }> {
  const applying = apply();
  const mark = markApplication(life, application);
  return { applied: await applying, marked: { ...application, mark } };
}

/** What was applied, and by what it is seen that the framework has heard of it. */
export type Marked = Application & { readonly mark: Mark | null };
