/** Every limit of the topology, with its unit in the name. */
export const limits = {
  commandMs: 20_000,
  answerMs: 15_000,
  /** A program that was started answers within this. */
  startMs: 30_000,
  /** What a program has written stands in its log. */
  logMs: 10_000,
  lookMs: 50,
  probePeriodMs: 1_000,
  /** How long a report may take to be final. */
  reportMs: 20_000,
} as const;
