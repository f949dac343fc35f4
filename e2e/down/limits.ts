export const limits = {
  minutes: 5,
  /** Pods keep for ten leases what they had: with some room, so that a late look at WordPress ends nothing early. */
  leaseShareOfOutage: 0.13,
  /** Longer than it takes to change all articles: a pod that misses its bridge forgets everything once per lease. */
  leaseSecondsAtLeast: 20,
  /** The bridge is away for as much longer than a lease. */
  bridgeAwayBeyondLeaseMs: 5_000,
  /** WordPress is ended at these moments after a save's answer, which is when visits make its pages. */
  suddenEndsAfterMs: [0, 60, 250],
  suddenOutageMs: 4_000,
  /** Until a pod has seen that WordPress is away, readers who join a visit's render are given its error. */
  suddenWindowMs: 3_000,
  controlOutageMs: 20_000,
  readers: 6,
  /** Between two reads of one reader. */
  readPauseMs: 150,
  readMs: 15_000,
  /** How often a page is asked for that is not new yet. */
  newAgainMs: 100,
  standingsEveryMs: 500,
  /** A pod in reach of a bridge has applied an event by then. */
  boundMs: 10_000,
  /** From WordPress's first answer to new content on each page of each pod. */
  newMs: 30_000,
  settledMs: 60_000,
  callMs: 30_000,
  shownWrong: 12,
} as const;
