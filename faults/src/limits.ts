/** Every limit of the fault suite: the guarantee's own figures first, then the pace of a run, then what a run may use. */
export const limits = {
  /** The guarantee: two probe periods and the settling delay. */
  boundMs: 20_000,
  /** The guarantee where no bridge can be reached: one lease more. */
  boundWithoutBridgeMs: 80_000,
  /** What the suite's own measuring may be off by on a busy machine; added to both bounds. */
  measuringMs: 1_000,
  settlingDelayMs: 10_000,
  /** The readiness route answers within this, whatever the bridge does. */
  probeAnswerMs: 500,

  probePeriodMs: 5_000,
  probePeriodUntilReadyMs: 1_000,
  probeDeadlineMs: 3_000,
  probesUntilNotReady: 3,

  /** An event loop that came back this late counts as a process that did not run. */
  stallMs: 250,
  heartbeatMs: 50,
  /** More than this share of a run spent in stalls, and the run proves nothing. */
  stalledShare: 0.25,

  visitsPerPodPerMinute: 40,
  pagesPerVisit: 12,
  pagesPerSweep: 100,
  savesRememberedMs: 120_000,
  readDeadlineMs: 12_000,
  longRenderMs: 6_000,

  answerBytes: 8_000_000,
  deliveryDeadlineMs: 2_000,
  /** Longer than SQLite waits for a lock. */
  patientDeliveryDeadlineMs: 5_000,
  deliveriesAtOnce: 24,
  redeliverFirstMs: 500,
  redeliverMostMs: 5_000,
  /** Between two looks of the bridge into the sender's outbox. */
  outboxEverySeconds: 5,
  /** A look, a quarter more, and what the look takes. */
  fetchedWithinMs: 9_000,
  /** When an event's report is read, counted from its acceptance; the last one is after the bridge's budget. */
  reportReadsMs: [1_500, 14_000, 30_000, 66_000],
  reportDeadlineMs: 5_000,

  reachPeriodMs: 200,
  reachDeadlineMs: 400,
  headPeriodMs: 500,
  /** Numbers that a journal leaves out before the first event of each of its lives: the bridge's `gapLeast`. */
  journalJumpsLeast: 2 ** 19,
  /** The short form: two bursts of faults, and two quiet windows. */
  shortMinutes: 1.7,
  dnsTtlSeconds: 1,
  /** About what fits into one answer without EDNS; for more, the question is asked again over TCP. */
  dnsRecordsOverUdp: 29,
  dripMs: 300,
  /** No answer to a SYN within this: on loopback it was dropped. */
  blackHoleSilentMs: 200,
  /** Connections, after which a queue that takes one should long be full. */
  blackHoleQueue: 16,
  /** A clock that is off by more than a signature may be old. */
  clockOffMs: 600_000,
  /** Within what a signature may be off by. */
  clockAheadMs: 250_000,
  /** Too old, or too new, for whoever's clock is off as well. */
  forgedOffMs: 1_800_000,
  /** Each with so many requests as the bridge answers on one, and as many again. */
  strangersConnections: 8,
  strangersRequests: 200,
  strangersPathBytes: 8_000,
  /** As often as so many ask at once. */
  visitorsQuestions: 100,
  visitorsAtOnce: 4,
  claimRounds: 2,
  /** A journal leaves out fewer numbers than this where an epoch begins, and gives fewer in a burst. */
  headJumpsMost: 2 ** 22,
  /** For how long a backup has the journal. */
  lockedLeastMs: 1_000,
  lockedMostMs: 3_000,
  /** Beside the good pods in DNS. */
  hangingAddresses: 40,
  refusingAddresses: 40,
  /** Everybody has looked at a changed file of secrets by then. */
  secretsSeenMs: 1_500,
  /** How long a kill waits for the acceptance that it is to follow. */
  killMomentMs: 2_000,
  samplePeriodMs: 1_000,
  clockReadMs: 300,
  servicePeriodMs: 500,
  slowBridgeStopsMs: 350,
  slowBridgeRunsMs: 100,
  journalDiskMegabytes: 64,
  burstMs: 20_000,
  /** Of a burst: how long one fault on bridge or journal may keep the others from them. */
  exclusiveShare: 0.15,
  /** Longer than the bound without a bridge, in which a pod may be alone. */
  longBurstMs: 105_000,
  longBurstEveryMs: 420_000,
  articles: 400,
  /** One model pod of so many has no guard. */
  unguardedPodOf: 4,
  savesPerSecond: 3,
  /** More than ten thousand events in half an hour, of which the quiet windows take more than half. */
  savesPerSecondInLongRuns: 16,
  longRunMinutes: 5,
  valkeyMinutes: 1.62,
  valkeyPods: 12,
  /** Counted from when nothing waits in the outbox any more. */
  quietMs: 28_000,
  deliveredWithinMs: 60_000,
  faultsPerSecond: 1.6,
  readyWithinMs: 30_000,
  gauntletProbePeriodMs: 1_000,
  gauntletSettleSeconds: 4,
  gauntletLeaseSeconds: 10,
  gauntletLongRenderMs: 2_500,
  inFlightTries: 3,
  bridgeDownMs: 2_500,
  /** For this long a bridge goes on with an event. */
  eventBudgetMs: 60_000,
  journalLockedMs: 4_000,
  variantsAtOnce: 5,
  /** A fault of the plan that cannot be injected or undone within this is a fault of the suite. */
  injectionMs: 15_000,
  programStartMs: 20_000,
  programStopMs: 10_000,

  /** What the Deployment allows (k8s/base/bridge/deployment.yaml), and the heap that Node.js takes in such a container. */
  bridgeMemoryBytes: 536_870_912,
  bridgeHeapMegabytes: 256,
  bridgeDescriptors: 2_000,
  bridgeSockets: 1_500,
  journalBytes: 60_000_000,
  /** It keeps twenty thousand events with their reports, in a log that may double before it is written anew. */
  valkeyBytes: 400_000_000,
  hostDescriptors: 2_000,
  hostSockets: 1_500,
  hostMemoryBytes: 900_000_000,
  nextMemoryBytes: 900_000_000,
  nextPagesPerVisit: 5,

  /** The guard's own gauntlet: pages, who reads them, the longest render, and by what steps its wall clock goes. */
  guardedPages: 30,
  guardedReaders: 40,
  /** As many as a pod lets wait for settled. */
  guardedWriters: 8,
  /** Pages that are made anew by visits, one at a time each, and how many at once. */
  guardedUntaggedPages: 12,
  guardedMakers: 4,
  guardedMakeMs: 5_000,
  guardedRunMs: 8_000,
  guardedWaitMs: 500,
  /** Longer than the pod takes to say that it has settled, were nothing kept. */
  guardedKeepMs: 1_500,
  guardedKeptPages: 6,
  guardedSettleRounds: 40,
  guardedAwayRounds: 4,
  guardedRenderMs: 60,
  guardedClockStandsMs: 250,
  guardedMostMs: 60_000,
  /** Of a broken variant, until it is found. */
  guardedTries: 3,

  faultsNamed: 12,
  tracedEvents: 25,
  /** Between two kills, at most. */
  killAfterMs: 900,
} as const;
