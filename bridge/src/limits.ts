/** Every limit of the bridge. The messages' limits are in contract, those of discovery and push in fan-out. */
export const limits = {
  /** From acceptance: after this an event's report is final, whatever the pods have answered. */
  eventBudgetMs: 60_000,
  /** A look at DNS this long after acceptance sees what a cache of 30 s hid before, with a margin. */
  secondLookMs: 35_000,
  /** Discovery is asked again this often while an event is not final. */
  lookAgainMs: 5_000,
  /** A pod that asked for catch-up this recently is live, listed in DNS or not. */
  leaseMs: 60_000,
  /** A pod is asked to wait this long before it says how far it has settled; then it is asked again. */
  settledWaitMs: 10_000,
  /** From the start of one such question to the next, where it brought nothing. */
  settledAgainMs: 1_000,
  /** Pods that are asked at one moment; the others tell as they ask for catch-up. */
  settledQuestionsAtOnce: 1_000,
  /** Makes under way over all pods, events and bridges that share a journal, where nothing else is set, and at most. */
  makesAtOnce: 4,
  makesAtOnceMost: 100,
  /** A page that takes longer was made by a WordPress that has enough to do: then half as many are made at once, and one more for each that did not. */
  makeSlowMs: 500,
  /** A pod may take so long for one page. */
  makeWaitMs: 12_000,
  /** With the time that a pod and its connection may take, a place among the visits of all bridges ends so much later. */
  placeSpareMs: 1_000,
  /** A bridge that waits for one keeps its turn for so long after it has asked; it asks at each sweep. */
  placesInLineMs: 500,
  /** From acceptance: what has not had its turn by then is left to visitors, and how often is looked for it. */
  grantWithinMs: 10_000,
  grantSweepMs: 100,
  /** Pages beside the subjects' own wait so long: a save is followed by the editor's own questions, and by visitors. */
  otherPagesAfterMs: 1_000,
  /** For each that may be under way: with 20 ms a page, more would not have their turn in time, and are left to visitors at once. */
  otherPagesWaiting: 500,
  /** Pages named in a report, over all its pods, each of which has its subject's own in any case: some 200 bytes for each. */
  visitLinesPerReport: 400,
  /** Discovery is asked this often while there is no event. */
  listedLookMs: 30_000,
  /** Catch-up by build time looks back this much further, for clocks that disagree. */
  lookBackMs: 900_000,
  /** More distinct targets than this raise the journal's floor. */
  journalTargets: 100_000,
  /** Targets that Valkey looks at in one go for those that vanish. */
  vanishingPage: 5_000,
  /** Numbers that a journal leaves out at each start, one in Valkey with each epoch (docs/decisions/a-journal-jumps-ahead-in-each-life.md). */
  gapLeast: 2 ** 19,
  gapMost: 2 ** 20,
  gapsRemembered: 100,
  /** With the heads at which they were left, by a journal in Valkey. */
  formerEpochsRemembered: 200,
  /** Journals that were broken, and as many that had gone back, kept for a person to look at. */
  journalsSetAside: 3,
  /** Of 4,096 bytes: a gigabyte. A journal that wants more forgets its oldest events, as on a full disk. */
  journalPages: 262_144,
  /** With less room than this on its disk, a journal sees to it that it can go on: no copies, no long write-ahead log. */
  shortOfRoomBytes: 32 * 2 ** 20,
  /** Of the disk, or an eighth of a small one, which the journal does not grow into: forgetting needs room too. */
  roomReservedBytes: 4 * 2 ** 20,
  /** By how much a journal grows at a time where room is short. */
  pagesGrownAtOnce: 256,
  /** What growing needs for itself. */
  growthOwnPages: 4,
  /** Before each page in SQLite's write-ahead log. */
  walFrameHeadBytes: 24,
  /** Free pages wanted when a journal that can't grow forgets its oldest events, or a quarter of a small one. */
  pagesFreedAtOnce: 1_000,
  /** Above the limit of its size, for nothing but forgetting. */
  pagesToForgetWith: 16,
  /** The write-ahead log is written back once it has this many. */
  writeBackPages: 1_000,
  eventsKept: 20_000,
  eventsKeptMs: 7 * 24 * 3_600_000,
  /** Appends between two rounds of forgetting, of which none takes long. */
  forgetEvery: 500,
  eventsForgottenAtOnce: 1_000,
  /** Events whose reports may still change; more than this finish the oldest early. */
  openEvents: 5_000,
  /** Their pods, each once for each event, at some 350 bytes; more than this finish the oldest early, too. */
  openLines: 200_000,
  /** Pods and targets of final reports that could not be kept yet; more than this give up the oldest. */
  unkeptLines: 100_000,
  /** A report that could not be kept is tried again after this long. */
  keepReportAgainMs: 5_000,
  /** With as many held renders named as there may be, each of whose characters JSON may write as six bytes. */
  catchUpBodyBytes: 36_864,
  podsRemembered: 10_000,
  podMemoryMs: 3_600_000,
  /** A pod that heard a bridge says no sooner that it had none: two thirds of the shortest lease, with a margin. */
  aloneAgainMs: 5_000,
  catchUpIdsRemembered: 200_000,
  /** Of these, one pod's: more than twice what it asks in the time for which they count, at two probes a second. */
  catchUpIdsPerPod: 2_500,
  /** Between two looks into a WordPress outbox, give or take a quarter, where nothing else is set. */
  outboxEveryMs: 60_000,
  outboxMostSeconds: 3_600,
  outboxDeadlineMs: 8_000,
  /** Full answers fetched in one look. */
  outboxRounds: 20,
  secretCheckMs: 1_000,
  /** It travels in a URL. */
  plainSecretCharacters: 512,
  /** Addresses that one log line names. */
  podsNamedInLog: 100,
  /** A write waits this long for another process, a backup for instance, and is tried again this often. */
  sqliteBusyMs: 2_000,
  sqliteBusyRetryMs: 20,
  /** A larger journal is checked apart when it is opened: this much takes some 20 ms, or ten times that from a cold disk. */
  checkedAtOnceBytes: 4 * 2 ** 20,
  valkeyConnectMs: 2_000,
  /** A command that is not answered by then fails, and the connection is made anew. */
  valkeyCommandMs: 2_000,
  /** Before the first attempt to connect again; it doubles up to the most. */
  valkeyReconnectMs: 50,
  valkeyReconnectMostMs: 1_000,
  /** A bridge that starts waits this long for Valkey; then it listens, and is not ready. */
  valkeyStartMs: 3_000,
  /** Valkey's settings are looked at again this often, and on each new connection. */
  valkeySettingsMs: 5_000,
  /** A bridge that Valkey has not heard from for this long has its events taken over by another. */
  followerLeaseMs: 5_000,
  takeOverEveryMs: 1_500,
  /** What changes in a report, and what a pod says, reaches the other bridges this soon. */
  shareEveryMs: 250,
  /** Read or written together: of a thousand pods each has some 200 kB. */
  reportsAtOnce: 16,
  podNewsAtOnce: 1_000,
  /** Between two attempts at what has to wait for the journal. */
  journalRetryMs: 1_000,
  /** A request's head, and the whole of it: Node's own are 60 s and 300 s. */
  requestHeadMs: 5_000,
  requestMs: 10_000,
  idleConnectionMs: 5_000,
  connectionCheckMs: 1_000,
  /** The answer to the last of them closes the connection; who sends more without waiting for it is cut off. */
  requestsPerConnection: 100,
  /** Between two warnings of one route and one cause for which messages are not trusted. */
  distrustWarnMs: 60_000,
  /** What is in flight at SIGTERM gets this long. */
  stopMs: 8_000,
} as const;

export type Limits = { readonly [name in keyof typeof limits]: number };
