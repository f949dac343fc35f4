/** Every limit of the demo, with its unit in the name. */
export const limits = {
  /** As a Kubernetes readiness probe: period, time-out, and how many failures take a pod out of the Service. */
  probePeriodMs: 5_000,
  probePeriodUntilReadyMs: 1_000,
  probeTimeoutMs: 3_000,
  probeFailuresUntilNotReady: 3,
  /** Stock CoreDNS: `ttl 30` in the kubernetes plugin. */
  dnsTtlSeconds: 30,
  /** Of native PHP. A usual host has more; with one, WordPress answers nobody while it waits for somebody. */
  wordpressWorkers: 4,
  wordpressWorkersAtMost: 64,
  cronPeriodMs: 15_000,
  cronTimeoutMs: 60_000,
  databaseStartMs: 30_000,
  databaseLookMs: 50,
  wordpressStartMs: 120_000,
  wordpressLookMs: 100,
  wordpressLookTimeoutMs: 5_000,
  /** Under Playground, installing and seeding take a few seconds each on a slow machine. */
  wordpressInstallMs: 180_000,
  bridgeStartMs: 20_000,
  bridgeLookMs: 50,
  bridgeLookTimeoutMs: 1_000,
  /** As a Deployment's first back-off, shortened. */
  bridgeRestartMs: 1_000,
  firstReadyMs: 120_000,
  balancerTimeoutMs: 30_000,
  /** What the load balancer's webhook of old may take; it holds up a save in WordPress. */
  oldWebhookTimeoutMs: 3_000,
  everypodOnTimeoutMs: 10_000,
  /** From SIGTERM to SIGKILL, for a process group. */
  stopGraceMs: 8_000,
  /** Between two looks at whether a process group is gone. */
  groupLookMs: 20,
  /** A pod that has not caught up this long after what it heals from is no longer watched for that. */
  healingWatchMs: 120_000,
  healingPollMs: 250,
  standingsTimeoutMs: 2_000,
  answerBytes: 32_000_000,
  oldWebhookBodyBytes: 100_000,
  shownLogLines: 15,
  shownAnswerCharacters: 2_000,
  buildsKept: 3,
  podsAtMost: 50,
  portAttempts: 50,
  /** The wall looks once a second at most, however many browsers show it, and only while one does. */
  wallLookPeriodMs: 900,
  wallLookTimeoutMs: 15_000,
  /** A page of the wall waits this long for pods to answer, then shows what it knows. */
  wallPatienceMs: 500,
  /** How often a browser asks for the part that changes, what that may take, and its pause after no answer. */
  wallRefreshMs: 1_000,
  wallRefreshTimeoutMs: 10_000,
  wallRefreshUnansweredMs: 5_000,
  wallPageListPeriodMs: 4_000,
  wallPagesRemembered: 8,
  wallVisitsShown: 8,
  wallPathCharacters: 1_024,
} as const;
