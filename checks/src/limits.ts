export const limits = {
  /** A suite that hangs is ended and counts as failed. Those of Next.js and of Playwright take the longest, side by side. */
  suiteDeadlineMs: 30 * 60_000,
  /** One that yields may have to wait until those beside it have ended. */
  yieldingSuiteDeadlineMs: 40 * 60_000,
  probeDeadlineMs: 20_000,
  /** Enough of a tool's output to find its tally at the end. */
  keptOutputCharacters: 2_000_000,
  /** Of a suite's output, repeated at the end where it names no failure. */
  lastLines: 40,
} as const;
