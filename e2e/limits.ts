export const limits = {
  /** With nothing built yet: WordPress is installed, the blog is built, three pods start. */
  systemStartMs: 10 * 60_000,
  systemStopMs: 30_000,
  browserStartMs: 30_000,
  scenarioMs: 4 * 60_000,
  /** One condition of a scenario, such as a line of the panel; Playground answers in seconds, not milliseconds. */
  conditionMs: 45_000,
  /** A retry that nobody asks for: the next tick of cron, or the outbox's own wait. */
  unattendedMs: 2 * 60_000,
  /** The event's budget of 60 s, and a poll of the panel. */
  eventEndMs: 75_000,
  /** Whether something has opened. */
  glanceMs: 1_000,
  podAnswerMs: 30_000,
  /** From the save's answer to three applied lines in the panel, the median of ten. */
  saveToReportMs: { native: 1_000, playground: 5_000 },
  /** From the save's answer to *fresh* in the panel, whose own looks take Playground seconds; the median of ten. */
  saveToFreshMs: { native: 2_000, playground: 15_000 },
  /** From the save's answer to the post's own page, seen on every pod; the median of ten. */
  saveToSeenMs: { native: 2_000, playground: 15_000 },
} as const;
