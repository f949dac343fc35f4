/** The value in the middle; the mean of the two in the middle when there is an even number of them. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  const pair = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return pair.reduce((sum, value) => sum + value, 0) / pair.length;
}

/**
 * By how much the others are more, each compared with its neighbour in time: what a machine is slower by for a while falls
 * on both.
 * @param others of the same rounds as the values
 */
export function medianExcess(others: readonly number[], values: readonly number[]): number {
  // The index is inside: there are no more values than others here.
  return median(values.slice(0, others.length).map((value, at) => (others[at] ?? Number.NaN) - value));
}

/**
 * The smallest value that at least this part of all values does not exceed.
 * @param part between 0 and 1: 0.99 for the 99th percentile
 */
export function percentile(values: readonly number[], part: number): number {
  if (!(part > 0 && part <= 1)) throw new RangeError(`A part is above 0 and at most 1; ${part} is not.`);
  const sorted = ascending(values);
  // The index is inside: there is at least one value, and the part is at most 1.
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}

/** How many times the baseline; null where there is nothing to divide by. */
export function ratio(value: number, baseline: number): number | null {
  return baseline > 0 ? value / baseline : null;
}

function ascending(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError('There is no middle of no values.');
  return [...values].sort((one, other) => one - other);
}
