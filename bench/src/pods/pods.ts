import type { Bench } from '../measurement.ts';
import type { Program } from '../programs/programs.ts';

export type Pods = { urls: string[]; program: Program };

/** Real pod handlers, each at a loopback address of its own, all in one process beside the load. */
export async function startPods(
  { programs }: Bench,
  { count, secret, bridgeUrl = '' }: { count: number; secret: string; bridgeUrl?: string },
): Promise<Pods> {
  const program = programs.start(new URL('program.ts', import.meta.url), {
    BENCH_PODS: String(count),
    BENCH_POD_SECRET: secret,
    BENCH_BRIDGE_URL: bridgeUrl,
  });
  return { urls: await program.listening(), program };
}

export const revalidateRoute = '/siteapi/revalidate';
export const readyRoute = '/siteapi/ready';
