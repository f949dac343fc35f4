/** Every limit of the screens. */
export const limits = {
  /** The first waits between asking how far a change has got. */
  firstPollsMs: [250, 250, 500, 1_000, 2_000],
  /** And every wait after those. */
  pollMs: 5_000,
  /** "Revalidate now" and "Take down now" work once each in this time for a post; PHP holds the same limit. */
  revalidateMs: 5_000,
  deliveriesPerPage: 20,
  /** A pod that answered its push only after this was not there at once. */
  lateMs: 1_000,
  /** So many late pods are named in a summary; the others are counted. */
  latePodsNamed: 3,
  /** So many pages that a pod did not wait for are named in a sentence; the others are counted. */
  heldNamed: 3,
  /** So many pages that a pod could not make are named beneath its line; the others are counted. */
  failedVisitsNamed: 3,
  /** So many pods that never asked are named; the others are counted. */
  silentPodsNamed: 5,
  /** As much of an instance as tells two lives of a pod apart. */
  instanceCharacters: 8,
} as const;
