import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { type Bridge, startBridge } from '../bridge/bridge.ts';
import { limits } from '../limits.ts';
import type { Bench } from '../measurement.ts';
import { expectAccepted } from '../outbound.ts';
import { revalidateRoute } from '../pods/pods.ts';
import { until } from '../programs/until.ts';
import { type Makes, makesSchema } from './makes.ts';

/** A bridge with a durable journal and pods of its own, which take visits; the pods' process is beside it. */
export type Cluster = {
  name: string;
  bridge: Bridge;
  secret: string;
  /** What the pods have made; resolves once it is so much. */
  makes(made?: number): Promise<Makes>;
  /** Resolves once the bridge is at rest, and nothing is made any more. */
  rest(): Promise<void>;
  stop(): Promise<unknown>;
};

export async function startCluster(
  bench: Bench,
  { name, pods, environment = {} }: { name: string; pods: number; environment?: Record<string, string> },
): Promise<Cluster> {
  const podSecret = newSecret();
  const secret = newSecret();
  const program = bench.programs.start(new URL('program.ts', import.meta.url), {
    BENCH_PODS: String(pods),
    BENCH_POD_SECRET: podSecret,
    BENCH_MAKE_MS: String(limits.visitsMakeMs),
  });
  const [teller = '', ...urls] = await program.listening();
  const bridge = await startBridge(bench, {
    pods: urls.map((url) => url + revalidateRoute),
    secret,
    podSecret,
    journal: `sqlite:${join(bench.folder, `visits-${name.replaceAll(' ', '-')}-${pods}.db`)}`,
    environment,
  });
  async function makes(made = 0) {
    const asked = { deadlineMs: limits.madeDeadlineMs };
    const answer = await expectAccepted(`${teller}/?made=${made}`, asked);
    return makesSchema.parse(JSON.parse(answer.toString('utf8')));
  }
  async function rest() {
    let before = -1;
    await until('A fleet at rest', async () => {
      await bridge.idle();
      const { made, underWay } = await makes();
      const isOver = made === before && underWay === 0;
      before = made;
      return isOver;
    });
  }
  const stop = () => Promise.all([bridge.program.stop(), program.stop()]);
  return { name, bridge, secret, makes, rest, stop };
}
