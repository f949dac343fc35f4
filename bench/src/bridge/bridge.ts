import { freePort } from '../../../fan-out/tests/free-port.ts';
import type { Bench } from '../measurement.ts';
import { request } from '../outbound.ts';
import type { Program } from '../programs/programs.ts';
import { idle, until } from '../programs/until.ts';

const file = new URL('../../../bridge/bin/everypod-bridge.mjs', import.meta.url);

export type Bridge = {
  url: string;
  program: Program;
  /** Resolves once it no longer works on what it has accepted. */
  idle(): Promise<void>;
};

export type BridgeSettings = {
  /** Where the pods take pushes. */
  pods: readonly string[];
  secret: string;
  podSecret: string;
  /** `EVERYPOD_JOURNAL`: `sqlite:PATH`, with synchronous = FULL; `sqlite::memory:` keeps nothing; or `redis://…`. */
  journal: string;
  environment?: Record<string, string>;
};

/** A real bridge in a process of its own; its log goes nowhere, as fast as a log can. */
export async function startBridge(
  { programs }: Bench,
  { pods, secret, podSecret, journal, environment = {} }: BridgeSettings,
): Promise<Bridge> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = programs.start(file, {
    EVERYPOD_LISTEN: `127.0.0.1:${port}`,
    EVERYPOD_PODS: pods.join(','),
    EVERYPOD_POD_CIDRS: '127.0.0.0/8',
    EVERYPOD_SECRET: secret,
    EVERYPOD_POD_SECRET: podSecret,
    EVERYPOD_JOURNAL: journal,
    ...environment,
  });
  await until('A ready bridge', async () => {
    if (!program.runs()) throw new Error('The bridge ended before it was ready; it says why above.');
    const outcome = await request(`${url}/readyz`);
    return outcome.kind === 'answered' && outcome.status === 200;
  });
  return {
    url,
    program,
    idle: () => idle(program),
  };
}
