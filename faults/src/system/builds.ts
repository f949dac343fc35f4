import { monotonicMs } from '../chronicle/clock.ts';
import type { createOriginClient } from '../origin/client.ts';

/** An image: the pages as they were when it was built. */
export type Build = {
  baked: Record<string, number>;
  /** By the clock of the machine that built it. */
  builtAt: string | null;
  contentFrom: number;
};

export async function takeBuild(
  origin: ReturnType<typeof createOriginClient>,
  clockSkewMs: number,
): Promise<Build> {
  const contentFrom = monotonicMs();
  const builtAt = new Date(Date.now() + clockSkewMs).toISOString();
  return { contentFrom, builtAt, baked: await origin.versions() };
}
