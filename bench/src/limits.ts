/** Every limit of the bench. */
export const limits = {
  /** On a machine so busy that this is over, what is left is not begun. */
  beginWithinMs: 165_000,

  /** A program has to say that it listens by then. */
  programStartMs: 20_000,
  programStopMs: 10_000,
  /** How often a condition of another process is looked at. */
  lookAgainMs: 50,
  /** At rest: less than this part of one core for this long. */
  restMs: 150,
  restMicrosPerMs: 80,
  /** What a slice of load set in motion has to be over by then. */
  idleMs: 20_000,

  /** Pods pushed to, and how many rounds of each: fewer where a round takes longer. */
  push: [
    { pods: 2, rounds: 200, mostMs: 8_000 },
    { pods: 100, rounds: 25, mostMs: 10_000 },
    { pods: 1_000, rounds: 7, mostMs: 20_000 },
  ],
  /** The bridge answers its event's report within this. */
  pushReportMs: 30_000,

  ingestConnections: 64,
  ingestEventBytes: 2_048,
  ingestEventsPerSlice: 4_000,
  ingestRounds: 6,
  ingestMostMs: 40_000,
  /** Pods that the bridges push to meanwhile. */
  ingestPods: 3,
  /** Distinct posts that the events are about. */
  ingestPosts: 100,
  ingestTerms: 200,

  catchUpPods: 50,
  /** Kubelet's period in the manifests. */
  catchUpPeriodMs: 5_000,
  catchUpPacedMs: 15_000,
  catchUpIdleMs: 2_000,
  catchUpBusyProbes: 1_500,
  journalEvents: 5_000,
  /** Longer ago than any event's budget. */
  journalAgeMs: 3_600_000,
  probeDeadlineMs: 5_000,
  answerBytes: 4_000_000,

  applyTargets: [1, 100, 1_000],
  applyRounds: 40,
  applyWarmUpRounds: 8,
  applyMostMs: 2_000,
  /** Calls timed together, so that one sample is not shorter than the clock can tell. */
  applyTargetsPerSample: 1_000,

  guardPages: 1_000,
  /** What a page was made from that shows a long list. */
  guardKeysPerPage: 50,
  guardRounds: 60,
  guardWarmUpRounds: 10,
  guardMostMs: 3_000,
  guardKept: 50_000,

  answersRounds: 200,
  answersWarmUpRounds: 10,
  answersMostMs: 20_000,

  savesRounds: 150,
  savesWarmUpRounds: 10,
  savesMostMs: 30_000,

  /** 29 is about what fits into one UDP answer; above, the question is asked again over TCP. */
  discoveryRecords: [2, 29, 100, 1_000],
  /** RFC 1035: without EDNS a longer answer has to be asked for over TCP. */
  udpAnswerBytes: 512,
  discoveryRounds: 60,
  discoveryWarmUpRounds: 5,
  discoveryMostMs: 2_000,

  visitsPods: 200,
  visitsEventsPerSecond: 20,
  /** What a page takes to be made, and how many may be made at one moment where nothing else is set. */
  visitsMakeMs: 100,
  visitsAtOnce: 4,
  /** With and without visits in turn. */
  visitsSlices: 5,
  visitsSliceMs: 6_000,
  visitsWarmUpMs: 1_500,
  /** One save in so many waits for the pods' first answers; one in so many has a panel, which asks after these times. */
  visitsWaitingOneIn: 2,
  visitsWaitSeconds: 5,
  visitsPanelOneIn: 4,
  visitsPollsMs: [250, 250, 500, 1_000, 2_000],
  visitsSaveDeadlineMs: 10_000,
  madeOn: [
    { pods: 3, rounds: 20 },
    { pods: 20, rounds: 8 },
    { pods: 100, rounds: 4 },
  ],
  /** Later than what the bridge leaves to visitors. */
  madeDeadlineMs: 15_000,

  /** What `--quick` divides rounds, durations and counts by. */
  quickDivisor: 5,
} as const;
