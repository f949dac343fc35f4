import { join } from 'node:path';
import { startBridge } from '../bridge/bridge.ts';
import type { Bench } from '../measurement.ts';
import { revalidateRoute } from '../pods/pods.ts';
import type { Program } from '../programs/programs.ts';

export type Server = {
  name: string;
  url: string;
  program: Program;
  /** Resolves once it no longer works on what it has accepted. */
  idle(): Promise<void>;
};

type Options = {
  secret: string;
  podSecret: string;
  pods: readonly string[];
  /** Where a Valkey is; null for none. */
  valkey: string | null;
};

/** From the least that a server can do to the whole bridge, each in a process of its own. */
export async function startServers(
  bench: Bench,
  { secret, podSecret, pods, valkey }: Options,
): Promise<Server[]> {
  const bare = async (name: string, file: string): Promise<Server> => {
    const program = bench.programs.start(new URL(file, import.meta.url), { BENCH_SECRET: secret });
    const [url = ''] = await program.listening();
    return { name, url, program, idle: async () => {} };
  };
  const bridge = async (name: string, journal: string): Promise<Server> => {
    const settings = { pods: pods.map((url) => url + revalidateRoute), secret, podSecret, journal };
    return { name, ...(await startBridge(bench, settings)) };
  };
  return [
    await bare('node:http, reads and answers 202', 'bare-node.ts'),
    await bare('Hono, the same', 'bare-hono.ts'),
    await bare('Hono, verifies and parses as the bridge does', 'checking-hono.ts'),
    await bridge('Everypod bridge, journal in memory', 'sqlite::memory:'),
    await bridge('Everypod bridge, durable journal', `sqlite:${join(bench.folder, 'ingest.db')}`),
    ...(valkey === null ? [] : [await bridge('Everypod bridge, journal in Valkey', valkey)]),
  ];
}
