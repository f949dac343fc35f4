/** Every limit of the pod. Those of the messages stand in `@everypod/contract`. */
export const limits = {
  /** A signature tells its time by the second: what was sent this lately may be in time. */
  signedWithinMs: 1_000,
  /** Kubelet is answered within 500 ms whatever the bridge does: this is the wait, the rest is for answering. */
  probeWaitMs: 400,
  /** By then a probe applies what it has: early enough for the probe one settling delay later to find it due in time. */
  probeApplyMs: 350,
  /** What bridge or origin was asked this lately counts for every probe: less than kubelet's shortest period. */
  answerSharedForMs: 900,
  /** Connect, head and body of one catch-up together: less than a probe period, so that no probe waits for an old one. */
  catchUpDeadlineMs: 4_000,
  /** Without a bridge at start: after this the pod invalidates everything and becomes ready. */
  startLimitSeconds: 30,
  startLimitSecondsAtMost: 3_600,
  /** How long a pod may go without a word from a bridge. */
  leaseSeconds: 60,
  leaseSecondsAtLeast: 10,
  leaseSecondsAtMost: 86_400,
  /** The last part of a pod's first lease, in which its own end lies. Never later: the guarantee counts a whole lease. */
  leaseSpreadShare: 1 / 3,
  /** Longer than a probe period, so that what is seen is known when the lease is over. */
  originLookAheadMs: 10_000,
  /** As long, so that a look of the probe before counts where this one's is not over in time. */
  originSeenForMs: 10_000,
  originDeadlineMs: 2_000,
  /** One that answers within this is slow, and not down: what is being made from it may have it busy for longer than a visitor waits. */
  originHungMs: 10_000,
  /** Answered so lately, it is taken to be there. */
  originUpForMs: 250,
  /** One that is down is looked at as often, by pods whose pages are asked for. */
  originLookAgainMs: 1_000,
  /** So many times as long as a look takes it is not looked again, up to a limit. */
  originLookShare: 20,
  originLookAgainMostMs: 5_000,
  /** Where one app's content comes from. */
  originsAtMost: 20,
  /** A wrong EVERYPOD_ORIGIN_URL looks like an origin that never comes back. */
  leasesToWaitForOrigin: 10,
  /** The longest render, and so how long after an application the same is applied again. */
  settleSeconds: 10,
  settleSecondsAtMost: 3_600,
  /** What is applied within this part of the delay shares one settling pass. */
  wavesPerDelay: 20,
  /** A few more than a delay can open; beyond that they are overdue, and merged. */
  wavesAtMost: 24,
  /** Within which the framework has mostly heard of what was applied behind an answer. */
  heardByMs: 250,
  /** More applications than are ever under way at once: each is looked for in the ledger by a tag of its own. */
  witnesses: 1_000,
  /** As many as a bridge may still ask about. */
  settledStepsRemembered: 200,
  /** Renders that a cap was reached by are named up to this number, the rest are counted. */
  heldRendersNamed: 20,
  /** Questions that wait for `settled`: one for each bridge, with a few that nobody hears any more. */
  settledQuestionsAtOnce: 8,
  /** About 150 bytes each. */
  ledgerTagsAtMost: 100_000,
  /** About 110 bytes each, with a short name. */
  ledgerKeysAtMost: 100_000,
  /** The last part of a ledger's room, in which each pod has an end of its own. */
  ledgerSpreadShare: 1 / 3,
  /** For so long a read or a store of an entry waits for a store that is under way: much longer than a disk takes that works. */
  entryTurnMs: 1_000,
  /** By so much a file's time may lie before the moment at which it was written. */
  fileTimeBehindMs: 50,
  /** Of a store that pods share, and that answers later, it isn't known what it has been told. */
  storeAskedWithinMs: 200,
  /** Longer than any pod is late with what the others have applied. */
  storeNoteSeconds: 3_600,
  /** Renders that are followed at once. */
  makingsAtMost: 10_000,
  /** For so long after an invalidation an answer may be of a render that began before it, as far as caches in front are told. */
  oldAnswersForMs: 60_000,
  /** Those who have waited for a render are answered this soon behind its end. */
  oldAnswersBehindMs: 1_000,
  /** Times that a page is asked for anew: a render that is joined began before, and so did, at worst, one that waited. */
  remakesAtMost: 3,
  /** One page that is visited: as often, and for as long together. */
  makeTries: 3,
  makeMs: 12_000,
  /** Before a page is made once more that WordPress answered with its former version: it may take a moment to have the new one. */
  makeAgainAfterMs: 200,
  /** WordPress's own limit, and the wildcards behind which it goes. */
  keysHeaderBytes: 4_100,
  /** So many pages without anything read say that something is read that can't be heard. */
  makingsUnheard: 10,
  /** What a page was made from is named one by one up to here; with about ten bytes each. */
  keysPerPage: 1_000,
  /** As many as Akamai takes: 1,663 bytes with what stands between, beside whatever else fits into nginx's 4 kB of headers. */
  cdnTagsPerAnswer: 128,
  /** Hex digits of a hash: of 100,000 names hardly two share one, and then one page goes too often. */
  cdnTagCharacters: 12,
  /** About 100 bytes each. */
  cdnHashesKept: 20_000,
  visitAnswerBytes: 4_000_000,
  visitPathCharacters: 1_024,
  /** Of a page, looked through for what is new. */
  evidenceCharacters: 2_000_000,
  /** Of one `<meta>`, far above those that name a version. */
  metaCharacters: 1_000,
  /** Given as they were while they are made anew; about 150 bytes each. */
  pagesKept: 2_000,
  eventsVisitedRemembered: 200,
  /** By their public paths, about 300 bytes each. */
  pagesKnown: 2_000,
  /** Of several sites at one address, say; anyone can make up the name of another. */
  pagesOfOnePathKnown: 100,
  /** Next.js's own limit, which it leaves to whoever sets a cache handler. */
  fetchBytesAtMost: 2 * 1024 * 1024,
  awakeTickMs: 100,
  /** A tick that comes later than this was kept back: the process did not run. */
  awakePerTickAtMostMs: 500,
  /** Less than the shortest settling delay, whose second application makes good for a clock set back by less. */
  clockSetBackMs: 500,
  /** Above what two readings of the same moment are apart by rounding. */
  clockLeftBehindMs: 2,
  /** How old a page becomes whose file had a time that was still to come. */
  buildTimeSetBackMs: 1_000,
  /** A topic's handler that has not come back by then has failed. */
  topicDeadlineMs: 5_000,
  /** One pod that is told by another: connect, head and body together, by however many calls. */
  relayDeadlineMs: 5_000,
  relaysAtOnce: 64,
  relayAnswerBytes: 65_536,
  /** Of what came from outside. */
  loggedCharacters: 200,
  targetsNamedInLog: 5,
  /** Ten of the longest targets fit into what the contract lets an answer weigh. */
  cannotPerAnswer: 10,
  cannotRemembered: 1_000,
  reasonCharacters: 500,
  /** Of an event that is sent: as often where nobody takes it, and after each as much longer as there were. */
  sendAttempts: 3,
  sendAgainAfterMs: 500,
  /** Beside what the bridge was asked to wait. */
  sendDeadlineMs: 10_000,
  /** How long the command has the bridge wait for the pods where nothing else is said. */
  sendWaitSeconds: 10,
  /** A thousand pods, each with a reason as long as a reason gets. */
  reportBytes: 4_000_000,
} as const;
