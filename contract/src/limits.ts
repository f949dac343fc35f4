/** Every limit of the messages. PHP mirrors the ones it needs; the golden fixtures hold both to them. */
export const limits = {
  eventBodyBytes: 64_000,
  /** What every bridge takes: wider ones go to those that speak the third protocol. */
  plainEventBytes: 20_000,
  plainEventTargets: 1_000,
  /** What one event can be about; a change of more is told by several. */
  subjectsPerEvent: 200,
  /**
   * The most calls that a slice has, each for the longest path, and tags for the rest of it and the event that ends it, each of whose
   * characters JSON may write as six bytes.
   */
  catchUpAnswerBytes: 28_000_000,
  pushBodyBytes: 1_000_000,
  pushAnswerBytes: 65_536,
  /** Targets that vanished, named beside everything; as many of the longest as fit into the answer to a catch-up. */
  vanishingBesideEverything: 2_000,
  /** Events in one answer of a WordPress outbox. */
  outboxEvents: 50,
  /** That many of the largest, each quoted once more as JSON. */
  outboxAnswerBytes: 13_000_000,
  targetsPerEvent: 4_000,
  /** Next.js warns and does nothing above these two (docs/facts.md). */
  pathCharacters: 1_024,
  tagCharacters: 256,
  topicCharacters: 128,
  /** For paths, of a pod that takes what it has missed in one piece, as 0.1.0 does; tags count alike there. */
  callsInOnePiece: 1_000,
  /** More calls than this at once block the event loop: what they cost grows with the square (docs/facts.md). */
  callsPerSlice: 2_500,
  /** An image that is some thousand edits old is behind by two calls for each. */
  callsBeforeEverything: 10_000,
  /** Tags are counted apart from all other calls: keys come in great number, and each is one short call. */
  tagsBeforeEverything: 20_000,
  /**
   * More than so many tags and calls come in slices, each up to the end of the event in which it reaches this number: four hold
   * all tags that are not yet everything. A probe is answered within 500 ms, and what one slice takes of them stands in docs/facts.md.
   */
  tagsPerSlice: 5_000,
  signatureToleranceSeconds: 300,
  /**
   * Twice the tolerance, in which a captured message could be sent again; a second because a signature holds to the end
   * of its last, and one for clocks that count differently.
   */
  replayMemorySeconds: 602,
  signaturesPerMessage: 8,
  secretBytes: 24,
  /** Of whom it is known in what form they sign answers. */
  peersRemembered: 10_000,
  waitSeconds: 30,
  /** The longest that a pod is asked to wait before it says how far it has settled. */
  settledWaitMs: 30_000,
  /** Renders that are named where a pod did not wait for them any longer, and how much of a path names one. */
  heldRenders: 20,
  heldPathCharacters: 256,
  /** Paths of one event that are visited on each pod: its first ones, of which the subject's own is the first. */
  visitPaths: 20,
  /** Of them, those that a report names. */
  visitLines: 20,
  /** Pages that a pod names in one answer, with so many of their tags. */
  servedPagesAtOnce: 500,
  tagsPerServedPage: 50,
  servedPagesBytes: 16_000_000,
  /** Tags that one question may have. */
  whyTags: 100,
  /** All that may serve one path; with as much as one page can go by, each. */
  whyEntries: 100,
  whyNames: 2_000,
  whyBytes: 16_000_000,
  /**
   * Targets that one question for a CDN's tags may have, and its characters: Node.js takes 16 kB of all headers. What a pod has to say of
   * the largest has each hashed for each secret.
   */
  cdnTargets: 1_000,
  cdnQuestionCharacters: 6_000,
  cdnTagsAtMost: 100_000,
  cdnTagsBytes: 4_000_000,
  cdnTagCharacters: 128,
  cdnHeaderCharacters: 64,
  /** The longest, from the moment at which an event was accepted, that visitors get a page as it was while it is made anew. */
  keepMs: 10_000,
  /** The longest that a pod takes to make one page. */
  makeWaitMs: 30_000,
  /** Words in one run of evidence, and runs. */
  evidenceWords: 8,
  evidenceRuns: 4,
  /**
   * The largest sequence number that a message may name, far below 2^53, up to which JavaScript counts exactly. A
   * journal jumps ahead by 2^20 at most in each life, and in each epoch that a pod brings about, one in a minute: so
   * 2^28 of them fit, some 510 years of nothing else, beside 2^27 events or more in each.
   */
  seqMost: 2 ** 48,
} as const;
