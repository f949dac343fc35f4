/** Every limit of the crawl, with its unit in the name. */
export const limits = {
  /** An action's events are settled within this, or it is said that they were not. */
  settledMs: 30_000,
  /** For visits that are still under way when all has settled; they would be taken for the next action's. */
  finalMs: 8_000,
  deliveriesLookMs: 150,
  reportLookMs: 50,
  /** A copy that is not what it would be now is read again for so long: who joins a render gets what that began with. */
  copyMs: 3_000,
  copyPauseMs: 250,
  copiesAtOnce: 6,
  truthsAtOnce: 4,
  pageMs: 30_000,
  callMs: 60_000,
  programMs: 120_000,
  programBytes: 10_000_000,
  /** Told before it begins. */
  startSeconds: 40,
  buildSeconds: 60,
  actionSeconds: 5,
  shownPages: 12,
  shownCharacters: 300,
  deliveriesPerLook: 50,
} as const;
