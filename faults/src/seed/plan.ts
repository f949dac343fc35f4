import type { Random } from './random.ts';

/** One fault to come. */
export type Step = { atMs: number; name: string; durationMs: number };

/** Faults, then a time without any. */
export type Cycle = { burstMs: number; quietMs: number; steps: Step[] };

type Options = {
  totalMs: number;
  burstMs: number;
  /** Longer than the bound, or nothing can be judged. */
  quietMs: number;
  faultsPerSecond: number;
  names: readonly string[];
};

/** All follows from the seed: which faults, when, and for how long. Every kind comes before any comes again. */
export function planOf(random: Random, options: Options): Cycle[] {
  const { totalMs, burstMs, quietMs, faultsPerSecond, names } = options;
  const count = Math.max(1, Math.floor(totalMs / (burstMs + quietMs)));
  const bag = createBag(random, names);
  return Array.from({ length: count }, () => {
    const faults = Math.round((burstMs / 1_000) * faultsPerSecond);
    const steps = Array.from({ length: faults }, () => {
      const atMs = random.whole(0, burstMs);
      // Squared: most faults are short, a few last as long as there is time.
      const durationMs = Math.round(200 + random.next() ** 2 * Math.max(0, burstMs - atMs - 200));
      return { atMs, name: bag(), durationMs };
    });
    return { burstMs, quietMs, steps: steps.sort((one, other) => one.atMs - other.atMs) };
  });
}

function createBag(random: Random, names: readonly string[]): () => string {
  let left: string[] = [];
  return () => {
    if (left.length === 0) left = [...names];
    const name = random.pick(left);
    left.splice(left.indexOf(name), 1);
    return name;
  };
}
