/**
 * Milliseconds of the machine's monotonic clock, which all processes share and no fault skews.
 * Every time in a chronicle is one of these.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
