/** One way to do what is measured. */
export type Way = {
  name: string;
  run: () => Promise<unknown>;
};

export type Pace = {
  rounds: number;
  /** Nothing is begun later than this, once every way has run. */
  mostMs: number;
  warmUpRounds?: number;
  /** Runs that one sample is the mean of. */
  runsPerSample?: number;
};

/**
 * Runs every way once per round, each round beginning with another one, so that whatever else the machine does
 * falls on all of them alike.
 * @returns for each way, in the given order, the milliseconds of each round
 */
export async function inTurn(
  ways: readonly Way[],
  { rounds, mostMs, warmUpRounds = 1, runsPerSample = 1 }: Pace,
): Promise<number[][]> {
  const samples: number[][] = ways.map(() => []);
  const endsAt = performance.now() + mostMs;
  const firstIsDone = () => samples.every(({ length }) => length > 0);
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (let turn = 0; turn < ways.length; turn += 1) {
      if (firstIsDone() && performance.now() > endsAt) return samples;
      const at = (turn + round + warmUpRounds) % ways.length;
      const way = ways[at];
      if (!way) continue;
      const startedAt = performance.now();
      for (let run = 0; run < runsPerSample; run += 1) await way.run();
      const ms = (performance.now() - startedAt) / runsPerSample;
      if (round >= 0) samples[at]?.push(ms);
    }
  }
  return samples;
}
