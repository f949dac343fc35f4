import { join } from 'node:path';
import { newSecret } from '@everypod/contract';
import { type Bridge, startBridge } from '../bridge/bridge.ts';
import { limits } from '../limits.ts';
import type { Bench } from '../measurement.ts';
import { expectAccepted } from '../outbound.ts';
import { revalidateRoute } from '../pods/pods.ts';
import { type Makes, makesSchema } from './makes.ts';

/** A bridge with a durable journal and pods of its own, which take visits; the pods' process is beside it. */
export type Cluster = { name: string; bridge: Bridge; secret: string; makes(): Promise<Makes> };

export async function startCluster(
  bench: Bench,
  { name, environment }: { name: string; environment: Record<string, string> },
): Promise<Cluster> {
  const podSecret = newSecret();
  const secret = newSecret();
  const program = bench.programs.start(new URL('program.ts', import.meta.url), {
    BENCH_PODS: String(bench.size(limits.visitsPods)),
    BENCH_POD_SECRET: podSecret,
    BENCH_MAKE_MS: String(limits.visitsMakeMs),
  });
  const [teller = '', ...urls] = await program.listening();
  const bridge = await startBridge(bench, {
    pods: urls.map((url) => url + revalidateRoute),
    secret,
    podSecret,
    journal: `sqlite:${join(bench.folder, `visits-${name.replaceAll(' ', '-')}.db`)}`,
    environment,
  });
  const makes = async () => makesSchema.parse(JSON.parse((await expectAccepted(teller)).toString('utf8')));
  return { name, bridge, secret, makes };
}
