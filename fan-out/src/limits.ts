/** Every limit of discovery and push. The messages' own limits are in contract. */
export const limits = {
  /** One attempt at one pod: connecting, waiting and reading together. */
  pushDeadlineMs: 5_000,
  /** Attempts under way at one moment, over all pods, and beside them those that their pods let wait. */
  pushesAtOnce: 64,
  slowPushesAtOnce: 256,
  /** An attempt that takes longer counts as one of those. */
  slotPatienceMs: 10,
  /** For so long the work on answers goes on in one turn of the event loop, and then for what was begun. */
  turnMs: 2,
  podsInDoubtRemembered: 10_000,
  retryFirstMs: 250,
  retryMostMs: 8_000,
  /** A pod may ask for patience, but not for more than this. */
  retryAfterMostMs: 10_000,
  /** A silent DNS server costs 25 s with Node's defaults (docs/facts.md). */
  dnsTimeoutMs: 1_000,
  dnsTries: 1,
  /** One question, the second attempt over TCP included. */
  dnsOverallMs: 2_500,
  /** How long the last good addresses stand in for a DNS that does not answer. */
  lastGoodMs: 300_000,
  /** A discovery that is younger than this serves the events that come meanwhile. */
  discoveryReuseMs: 1_000,
  addressesNamedInReason: 10,
} as const;
