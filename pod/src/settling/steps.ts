import type { Cursor } from '@everypod/contract';
import type { Way } from './settled.ts';
import type { Part } from './way.ts';

/** One application on the way to being settled, and what it waits for. */
export type Step = {
  /** Where the cursor stood after it, or after what came behind it without anything to apply. */
  reached: Cursor | null;
  /** The surest first. */
  readonly parts: Set<Part>;
};

/** The oldest first. */
export type Steps = Step[];

/** In which way a step is settled, if it is: all parts together, or one that suffices alone. */
export function wayOf({ parts }: Step): Way | null {
  const enough = [...parts].find((part) => part.suffices());
  if (enough !== undefined) for (const part of parts) if (part !== enough) leave(part, parts);
  const ways = [...parts].filter((part) => part.counts()).map((part) => part.way());
  const known = ways.filter((way) => way !== null);
  if (known.length < ways.length) return null;
  return known.find(({ how }) => how === 'capped') ?? known.at(-1) ?? null;
}

/** Takes away the step at the front, if that is settled. */
export function takeSettled(steps: Steps): { reached: Cursor | null; way: Way } | null {
  const [first] = steps;
  if (first === undefined) return null;
  const way = wayOf(first);
  // To look gives up renders that nobody waits for any more, and whoever hears of their end looks as well, meanwhile.
  if (steps[0] !== first) return takeSettled(steps);
  if (way === null) return null;
  steps.shift();
  for (const part of first.parts) leave(part, first.parts);
  return { reached: first.reached, way };
}

function leave(part: Part, parts: Set<Part>): void {
  parts.delete(part);
  part.leave();
}
