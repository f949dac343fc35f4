import type { Station } from './stations.ts';

export type Place = Station & { x: number };

/**
 * Puts stations on a line. Milliseconds and minutes stand on the same one, so lengths grow with the logarithm of the time
 * between; what comes at once keeps a gap, or its mark could not be told from the next.
 */
export function placesOf(
  stations: readonly Station[],
  { width, gap }: { width: number; gap: number },
): Place[] {
  const lengths = stations.slice(1).map(({ ms }, at) => Math.log1p(ms - (stations[at]?.ms ?? 0)));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const spare = width - lengths.length * gap;
  let x = 0;
  return stations.map((station, at) => {
    const share = total === 0 ? 0 : (lengths[at - 1] ?? 0) / total;
    if (at > 0) x += gap + spare * share;
    return { ...station, x };
  });
}
