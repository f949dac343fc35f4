import type { Visited } from './visitors.ts';
import type { Answered } from './wordpress.ts';

/** A line for each thing that WordPress was asked, and one for the visitors of its pods. */
export function figuresOf(answers: readonly Answered[], visited: readonly Visited[]): string[] {
  const named = [...answers, ...visited.map(({ ms }) => ({ what: 'pages that no pod had', ms }))];
  return [...Map.groupBy(named, ({ what }) => what)].map(([what, all]) => {
    const sorted = all.map(({ ms }) => Math.round(ms)).toSorted((one, other) => one - other);
    return `${what}: ${all.length}, median ${sorted[sorted.length >> 1]} ms, longest ${sorted.at(-1)} ms`;
  });
}
