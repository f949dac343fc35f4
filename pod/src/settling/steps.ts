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

/** Takes away what is settled at the front, in order. */
export function takeSettled(steps: Steps): { reached: Cursor | null; way: Way }[] {
  const settled: { reached: Cursor | null; way: Way }[] = [];
  for (let [first] = steps; first !== undefined; [first] = steps) {
    const way = wayOf(first);
    if (way === null) break;
    for (const part of first.parts) leave(part, first.parts);
    settled.push({ reached: first.reached, way });
    steps.shift();
  }
  return settled;
}

function leave(part: Part, parts: Set<Part>): void {
  parts.delete(part);
  part.leave();
}
